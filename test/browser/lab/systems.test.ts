import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listedSystems } from "../../../src/systems/index.ts";
import { full } from "../../support/full.ts";
import { type Lab, openLab, ready } from "./site.ts";

const dist = resolve(import.meta.dirname, "../../../dist/lab");
const names = Object.keys(listedSystems);
const learners = names.filter(name => !["tame", "emergence", "output-distribution"].includes(name));

let lab: Lab;
beforeAll(async () => {
  lab = await openLab();
});
afterAll(() => lab.close());

/** What is said of a system as it opens at rest: the state at step 0 and the prediction. */
const openings: { readonly [system: string]: RegExp } = {
  superposition: /^Paused at weightDecay 0: phase 4\S*; norm of the columns \d\.\d+, predicted 3\.235\.$/,
  modular: /^Paused at weightDecay 0: phase generalised; \|w\|, norm of the weights 5\.066\.$/,
  "deep-linear": /^Paused at weightDecay 0\.3: phase learned; norm s of a layer 2\.254, predicted 0\.8682\.$/,
  "linear-vae":
    /^Paused at beta 0\.5: phase 4 active; \|U W\^T\|, the map from end to end 0\.9902, predicted 2\.335\.$/,
  "linear-ssl": /^Paused at augmentation 1: phase rank 3; \|W\|, length of the encoder 1\.616, predicted 1\.42\.$/,
  "law-of-balance": /^Paused at stepSize 0\.02: phase learned; \|mean of v\|, v = u w 0\.09, predicted 0\.08\.$/,
  "mirror-symmetry":
    /^Paused at weightDecay 0\.5: phase broken; \|O\^T theta\|, distance from the mirror 0\.2028, predicted 1\.$/,
  "collective-learning":
    /^Paused at sigma 20: phase \w+; \|M\|, common mean of the networks 0\.\d+, predicted 0\.4461\.$/,
  embedding: /^Paused at weightDecay 0: phase confused; RQI, share of parallelograms that the embeddings realise 0\.$/,
  relations:
    /^Paused at decoderRate 0\.01: phase confused; closeness of symbols that are alike, relative to all -0\.049/,
  alignment: /^Paused at dy 0\.7071: phase plateau; squared distance of the representations 0\.7902\.$/,
};

const spoken = (page: Page): Promise<string | null> => page.getByRole("status").first().textContent();

/** Waits until what is said is as wanted. */
const says = async (page: Page, wanted: RegExp): Promise<void> => {
  await page.waitForFunction(
    source => new RegExp(source).test(document.querySelector("[role=status]")?.textContent ?? ""),
    wanted.source,
  );
};

describe.each(learners)("%s", name => {
  test("opens at rest, says where it stands, runs, and follows its knob, on a phone in the dark", async () => {
    const { page, context, faults } = await lab.open(`${name}.html`, {
      viewport: { width: 390, height: 844 },
      colorScheme: "dark",
      reducedMotion: "reduce",
    });
    expect(await spoken(page)).toMatch(openings[name]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await page.getByRole("button", { name: "Play" }).click();
    await says(page, /^Running/);
    const slider = page.locator("#knob-slider");
    const before = await page.locator("#knob-number").inputValue();
    await slider.focus();
    await page.keyboard.press("PageUp");
    expect(await page.locator("#knob-number").inputValue()).not.toBe(before);
    await page.waitForFunction(() => Number(document.querySelector<HTMLInputElement>(".scrub input")?.max) >= 5);
    expect(await page.locator(".panel .plot > svg").count()).toBeGreaterThanOrEqual(3);
    expect(faults).toEqual([]);
    await context.close();
  });
});

describe.each(names.filter(name => !learners.includes(name)))("%s", name => {
  test("opens with a closed form that follows its slider", async () => {
    const { page, context, faults } = await lab.open(`${name}.html`, {
      viewport: { width: 390, height: 844 },
      colorScheme: "dark",
    });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    const answer = page.locator(".answer");
    const before = await answer.textContent();
    await page.locator("#form-slider").focus();
    await page.keyboard.press("PageUp");
    expect(await answer.textContent()).not.toBe(before);
    expect(await page.locator(".forms .plot > svg").count()).toBe(1);
    expect(faults).toEqual([]);
    await context.close();
  });
});

test("the front page shows all systems, whole and without scripts too", async () => {
  const { page, context, faults } = await lab.open("", { javaScriptEnabled: false });
  expect(await page.locator(".gallery a").count()).toBe(names.length);
  expect(await page.locator(".gallery .plot > svg").count()).toBe(names.length);
  await page.goto(`${lab.origin}deep-linear.html`);
  expect(await page.locator(".panel .plot > svg").count()).toBeGreaterThanOrEqual(3);
  expect(faults).toEqual([]);
  await context.close();
});

test("a page and the worker that plays it weigh at most 250 kB, compressed; the front page before its small pictures come alive", async () => {
  const weigh = async (path: string): Promise<number> => {
    const { context, page } = await lab.open("model.html", path === "" ? { reducedMotion: "reduce" } : {});
    const asked = new Set<string>();
    const note = (request: { url(): string }) =>
      void asked.add(new URL(request.url()).pathname.slice(1) || "index.html");
    context.on("request", note);
    await page.goto(lab.origin + path);
    await ready(page);
    // What comes a moment later counts too.
    await page.waitForLoadState("networkidle");
    await context.close();
    return [...asked].reduce((sum, file) => sum + gzipSync(readFileSync(join(dist, file))).length, 0);
  };
  for (const name of full ? ["", ...names.map(each => `${each}.html`)] : ["", "deep-linear.html", "superposition.html"])
    expect(await weigh(name), name).toBeLessThanOrEqual(250_000);
});

test("every control is within twelve stops of the tab key", async () => {
  const { page, context } = await lab.open("deep-linear.html", { reducedMotion: "reduce" });
  const stops: string[] = [];
  for (let i = 0; i < 14; i++) {
    await page.keyboard.press("Tab");
    stops.push(
      await page.evaluate(() => {
        const { activeElement: element } = document;
        const bar = element?.closest("[role=toolbar], [role=tablist]");
        return bar?.getAttribute("aria-label") ?? element?.id ?? element?.className ?? "";
      }),
    );
  }
  const within = stops.slice(0, 12);
  expect(within).toEqual(expect.arrayContaining(["knob-slider", "knob-number", "The run", "Experiments", "More"]));
  await context.close();
});
