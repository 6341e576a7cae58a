import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { countsOf, startEnsemble } from "../../../page/ensemble-run.ts";
import { createSession } from "../../../page/session.ts";
import { loadSystem } from "../../../src/systems/index.ts";
import { type Lab, openLab, ready } from "./site.ts";

let lab: Lab;
beforeAll(async () => {
  lab = await openLab();
});
afterAll(() => lab.close());

const still = { reducedMotion: "reduce" } as const;

test("many seeds: as many in each phase as in Node, and a link to them", async () => {
  const { page, context, faults } = await lab.open("superposition.html", still);
  await page.locator("#members").fill("24");
  await page.locator("#members").press("Enter");
  await page.locator('[data-state="done"]').waitFor({ timeout: 120_000 });
  const said = await page.getByText(/^Step 4000: /).textContent();
  const system = await loadSystem("superposition");
  const settings = createSession(system).values.peek() as never as Parameters<typeof startEnsemble>[1];
  const run = startEnsemble(system.learner!, settings, 0, 24);
  while (run.step < 4000) run.advance();
  for (const [label, count] of Object.entries(countsOf(run.labels))) expect(said).toContain(`${count} in ${label}`);
  await page.getByRole("tab", { name: "Share" }).click();
  expect(await page.getByRole("link", { name: /chains=24/ }).count()).toBe(1);
  expect(faults).toEqual([]);
  await context.close();
});

test("what is pressed and turned before the scripts are alive is done once they are", async () => {
  const { page, context, faults } = await lab.open("model.html", still);
  let release = () => {};
  const held = new Promise<void>(done => {
    release = done;
  });
  await page.route(/\/assets\/.*\.js/, async route => {
    await held;
    await route.continue();
  });
  await page.goto(`${lab.origin}superposition.html`, { waitUntil: "commit" });
  await page.getByRole("button", { name: "New seed" }).click();
  await page.locator("#knob-slider").focus();
  await page.keyboard.press("PageUp");
  await page.getByRole("button", { name: "Many seeds" }).click();
  expect(await page.locator('[data-state="idle"]').count()).toBe(1);
  release();
  await ready(page);
  await page.locator('[data-state="running"], [data-state="done"]').waitFor({ timeout: 120_000 });
  await page.getByText("All settings").click();
  expect(await page.locator("#field-seed").inputValue()).toBe("1");
  expect(Number(await page.locator("#knob-number").inputValue())).toBeGreaterThan(0);
  expect(faults).toEqual([]);
  await context.close();
});

test("where less motion is asked for, nothing runs or moves by itself", async () => {
  const button = (page: Page) => page.getByRole("button", { name: /^(Play|Pause)$/ });
  const lively = await lab.open("superposition.html", { reducedMotion: "no-preference" });
  await expect.poll(() => button(lively.page).textContent()).toBe("Pause");
  const { page, context, faults } = await lab.open("superposition.html", still);
  const moving = () => page.evaluate(() => document.getAnimations().length);
  expect([await button(page).textContent(), await moving()]).toEqual(["Play", 0]);
  await page.mouse.wheel(0, 2000);
  expect([await button(page).textContent(), await moving()]).toEqual(["Play", 0]);
  await button(page).click();
  await expect.poll(() => button(page).textContent()).toBe("Pause");
  expect([...faults, ...lively.faults]).toEqual([]);
  await Promise.all([context.close(), lively.context.close()]);
});

test("pointing at one picture marks the same place in the other, and leaving takes the mark away", async () => {
  const { page, context, faults } = await lab.open("deep-linear.html", still);
  const over = page.locator('[data-picture="order-over-control"]');
  const map = page.locator('.map [data-picture="map"]');
  const marks = (place: typeof over) => place.locator('[data-mark="pointed"]').count();
  for (const [from, to] of [
    [over, map],
    [map, over],
  ]) {
    await from.scrollIntoViewIfNeeded();
    const box = (await from.locator("svg").first().boundingBox())!;
    await page.mouse.move(box.x + 0.6 * box.width, box.y + 0.5 * box.height);
    await expect.poll(() => marks(to)).toBe(1);
    await page.mouse.move(5, 5);
    await expect.poll(() => marks(to)).toBe(0);
  }
  expect(faults).toEqual([]);
  await context.close();
});

test("at most one message a second is spoken, however fast the knob is turned", async () => {
  const { page, context, faults } = await lab.open("deep-linear.html");
  await page.evaluate(() => {
    const messages: string[] = [];
    Object.assign(globalThis, { messages, begun: performance.now() });
    new MutationObserver(() => messages.push(document.querySelector(".spoken")!.textContent!)).observe(
      document.querySelector(".spoken")!,
      { childList: true, characterData: true, subtree: true },
    );
  });
  await page.locator("#knob-slider").focus();
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press(i % 20 < 10 ? "ArrowRight" : "ArrowLeft");
    await page.waitForTimeout(50);
  }
  const { count, seconds } = await page.evaluate(() => {
    const { messages, begun } = globalThis as unknown as { messages: string[]; begun: number };
    return { count: messages.length, seconds: (performance.now() - begun) / 1000 };
  });
  expect(count).toBeGreaterThan(0);
  expect(count).toBeLessThanOrEqual(seconds + 1);
  expect(faults).toEqual([]);
  await context.close();
});

test.each(["tame", "emergence", "output-distribution"])(
  "%s: each stop of its tour sets the closed form",
  async name => {
    const { page, context, faults } = await lab.open(`${name}.html`, still);
    const seen = new Set<string>();
    await page.getByRole("button", { name: "Begin the tour" }).click();
    for (let stop = 1; ; stop++) {
      seen.add((await page.locator(".answer").textContent()) ?? "");
      expect(await page.locator(".forms .error").count()).toBe(0);
      expect(await page.locator(".forms .plot > svg").count()).toBe(1);
      const next = page.getByRole("button", { name: "Next" });
      if (await next.isDisabled()) {
        expect(stop).toBeGreaterThanOrEqual(4);
        break;
      }
      await next.click();
    }
    expect(seen.size).toBeGreaterThanOrEqual(3);
    expect(faults).toEqual([]);
    await context.close();
  },
);
