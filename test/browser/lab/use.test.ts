import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stream } from "../../../src/numerics/stream.ts";
import { full } from "../../support/full.ts";
import { type Lab, openLab } from "./site.ts";

let lab: Lab;
beforeAll(async () => {
  lab = await openLab();
});
afterAll(() => lab.close());

const examples = resolve(import.meta.dirname, "../../../examples/data");
const kept: readonly { readonly link: string; readonly hash: string }[] = JSON.parse(
  readFileSync(resolve(import.meta.dirname, "links.json"), "utf8"),
);

const still = { reducedMotion: "reduce" } as const;

describe("a link in Chromium gives the hash that it gives in Node", () => {
  const live = kept.filter(({ link }) => link.includes("/live?"));
  test.each((full ? live : live.slice(0, 5)).map(({ link, hash }) => [link, hash]))("%s", async (link, hash) => {
    const { page, context, faults } = await lab.open(`index.html${link}`, still);
    // What the page shows is what the link says, and its own link says the same.
    await page.getByRole("tab", { name: "Share" }).click();
    const shown = page.locator('[data-link="live"]');
    expect(await shown.getAttribute("href")).toBe(link);
    await page.getByRole("button", { name: "Content hash" }).first().click();
    const made = page.locator('[data-content-hash="live"]');
    await expect.poll(() => made.textContent(), { timeout: 120_000 }).toBe(hash);
    expect(faults).toEqual([]);
    await context.close();
  });
});

test("a link to a sweep or a map runs it, with the hash of the terminal", async () => {
  for (const { link, hash } of kept.filter(each => /anneal|live-map/.test(each.link))) {
    const { page, context, faults } = await lab.open(`index.html${link}`, still);
    const done = page.locator("[data-hash]").first();
    await done.waitFor({ timeout: 120_000 });
    expect(hash.startsWith((await done.textContent()) ?? "?")).toBe(true);
    expect(faults).toEqual([]);
    await context.close();
  }
});

test("experiments: a slow sweep after a guess, a measurement with its verdict, a map that opens a run, a coefficient", async () => {
  const { page, context, faults } = await lab.open("mirror-symmetry.html", still);
  const button = (name: string) => page.getByRole("button", { name, exact: true });
  const over = page.locator('[data-picture="order-over-control"]');
  expect(await over.locator('[stroke-dasharray="6,4"]').count()).toBeGreaterThan(0);
  await button("Predict first").click();
  // Pictures are drawn when a frame has time.
  await expect.poll(() => over.locator('[data-mark="line"]').count()).toBe(0);
  await page.locator("#knob-number").fill("0.8");
  await page.locator("#knob-number").press("Enter");
  await button("Mark it here").click();
  await page
    .getByText(/You marked 0\.8\. .* Theory says 1\./)
    .first()
    .waitFor({ timeout: 120_000 });
  await button("Measure").click();
  await page.locator(".verdict").waitFor({ timeout: 120_000 });
  await page.waitForFunction(
    () => /4 seeds at each of 1\d values/.test(document.querySelector(".verdict")?.textContent ?? ""),
    null,
    {
      timeout: 120_000,
    },
  );
  await button("Fill the map").click();
  await page.locator('.map [data-mark="cross-hair"]').waitFor();
  await page.locator('[data-hash="map"]').waitFor({ timeout: 120_000 });
  const before = await page.locator("#knob-number").inputValue();
  await page.locator(".map").scrollIntoViewIfNeeded();
  const box = (await page.locator(".map svg").boundingBox())!;
  await page.mouse.click(box.x + 0.7 * box.width, box.y + 0.5 * box.height);
  expect(await page.locator("#knob-number").inputValue()).not.toBe(before);
  await button("Learning coefficient").click();
  await page.getByText("not enough draws yet").first().waitFor();
  await page.locator('[data-enough="yes"]').waitFor({ timeout: 120_000 });
  expect(await page.locator('[data-enough="yes"]').textContent()).toMatch(/^lambda \d.*95 %: .* to /);
  expect(faults).toEqual([]);
  await context.close();
});

test("a tour sets the page, stop by stop", async () => {
  const { page, context, faults } = await lab.open("deep-linear.html", still);
  await page.getByRole("button", { name: "Begin the tour" }).click();
  await page.getByRole("button", { name: "Next" }).click();
  expect(await page.locator("#knob-number").inputValue()).toBe("0.43");
  expect(faults).toEqual([]);
  await context.close();
});

describe("files of one's own", () => {
  const drop = async (page: Page, name: string, bytes: Buffer): Promise<void> => {
    await page.locator("#files").setInputFiles({ name, mimeType: "application/octet-stream", buffer: bytes });
    await page.waitForFunction(
      () =>
        /done|^$/.test(document.querySelector("[role=status]")?.textContent ?? "") &&
        (document.querySelector(".said") || document.querySelector("[role=alert]")),
      null,
      { timeout: 120_000 },
    );
  };

  test("a log, a table of scores: what the terminal says of them", async () => {
    const { page, context, faults } = await lab.open("data.html");
    await drop(page, "grokking.csv", readFileSync(resolve(examples, "grokking.csv")));
    await page
      .getByRole("heading", { name: /transition/ })
      .first()
      .waitFor({ timeout: 120_000 });
    expect(await page.locator(".said .plot > svg").count()).toBeGreaterThan(0);
    await drop(page, "capability.csv", readFileSync(resolve(examples, "capability.csv")));
    await page
      .getByRole("heading", { name: /artefact|jump/ })
      .first()
      .waitFor({ timeout: 120_000 });
    const draws = [
      "chain,draw,mu",
      ...Array.from({ length: 400 }, (_, i) => `${i % 4},${i >> 2},${(i * 7919) % 101}`),
    ].join("\n");
    await drop(page, "draws.csv", Buffer.from(draws));
    await page.getByRole("heading", { name: /1 quantities, 4 chains of 100 draws/ }).waitFor({ timeout: 120_000 });
    expect(faults).toEqual([]);
    await context.close();
  });

  test("weights: arrays, a shape that is wrong by its name, and a coefficient", async () => {
    const { page, context, faults } = await lab.open("data.html");
    const tensors = (shape: readonly number[], values: readonly number[]): Buffer => {
      const bytes = Buffer.from(Float64Array.from(values).buffer);
      const head = Buffer.from(JSON.stringify({ theta: { dtype: "F64", shape, data_offsets: [0, bytes.length] } }));
      const size = Buffer.alloc(8);
      size.writeBigUInt64LE(BigInt(head.length));
      return Buffer.concat([size, head, bytes]);
    };
    await page.locator("#weights-system").selectOption("mirror-symmetry");
    const half = Math.SQRT1_2;
    await drop(page, "w.safetensors", tensors([2], [half, half]));
    await page.getByRole("heading", { name: /lambda|not enough draws yet|no estimate/ }).waitFor({ timeout: 120_000 });
    await drop(page, "w.safetensors", tensors([3], [1, 2, 3]));
    await page.getByText(/theta has shape/).waitFor();
    expect(faults).toEqual([]);
    await context.close();
  });

  test("random bytes never break the page or put anything into it", async () => {
    const { page, context, faults } = await lab.open("data.html");
    const random = stream({ seed: 5, chain: 0, purpose: "hostile files" });
    const heads = [
      "",
      "PK\u0003\u0004",
      "\u0093NUMPY\u0001\u0000",
      "step,loss\n1,",
      '{"step":1,',
      "<img src=x onerror=alert(1)>,<script>,step\n1,2,3\n",
    ];
    for (let i = 0; i < (full ? 200 : 12); i++) {
      const body = Buffer.from(Array.from({ length: 400 }, () => random.below(256)));
      const name = ["<img src=x onerror=document.title='broken'>.csv", "a.safetensors", "b.npz", "c.jsonl"][i % 4];
      await drop(page, name, Buffer.concat([Buffer.from(heads[i % heads.length], "latin1"), body]));
      expect(await page.title()).toMatch(/^Your own data/);
      expect(await page.locator("#lab img, #lab script").count()).toBe(0);
    }
    expect(faults).toEqual([]);
    await context.close();
  }, 600_000);
});

test("a model of ten lines trains, and a wrong one is said to be", async () => {
  const { page, context, faults } = await lab.open("model.html");
  await page.getByRole("button", { name: "Train" }).click();
  await page
    .getByText(/end near/)
    .first()
    .waitFor({ timeout: 120_000 });
  await page.locator("#model-text").fill("export const experiment = { model: 1 };");
  await page.getByRole("button", { name: "Train" }).click();
  await page.locator("[role=alert]").waitFor({ timeout: 120_000 });
  expect(await page.locator("[role=alert]").textContent()).toContain("model");
  expect(faults).toEqual([]);
  await context.close();
});

test("links with random changes say what was wrong, and leave a page that works", async () => {
  const { page, context, faults } = await lab.open("index.html#/mirror-symmetry/live?v=1&seed=1", still);
  const random = stream({ seed: 6, chain: 0, purpose: "hostile links" });
  const link = "#/mirror-symmetry/live?v=1&seed=3&weightDecay=0.35&pair=rotation";
  for (let i = 0; i < (full ? 1000 : 25); i++) {
    const at = 2 + random.below(link.length - 2);
    const put = String.fromCharCode(...Array.from({ length: 1 + random.below(3) }, () => 33 + random.below(94)));
    await page.evaluate(
      hash => {
        location.hash = hash;
      },
      link.slice(0, at) + put + link.slice(at + put.length),
    );
  }
  await page.evaluate(() => {
    location.hash = "#/mirror-symmetry/live?v=1&seed=<img src=x onerror=alert(1)>";
  });
  await page.getByText("seed in the link").waitFor({ timeout: 120_000 });
  expect(await page.locator("#lab img").count()).toBe(0);
  await page.evaluate(() => {
    location.hash = "#/mirror-symmetry/live?v=1&seed=2&weightDecay=0.6";
  });
  await page.waitForFunction(
    () =>
      (document.querySelector("#knob-number") as HTMLInputElement | null)?.value === "0.6" &&
      !document.querySelector("[role=alert]"),
  );
  expect(faults).toEqual([]);
  await context.close();
}, 600_000);
