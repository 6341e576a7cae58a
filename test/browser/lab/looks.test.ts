import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { full } from "../../support/full.ts";
import { type Lab, openLab } from "./site.ts";

let lab: Lab;
beforeAll(async () => {
  lab = await openLab();
});
afterAll(() => lab.close());

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const all = readdirSync(resolve(import.meta.dirname, "../../../dist/lab")).filter(name => name.endsWith(".html"));
/** Of each kind of page one; all of them in the full suite. */
const pages = full ? all : ["index.html", "data.html", "deep-linear.html", "tame.html"];

const schemes = ["light", "dark"] as const;
const wide = schemes.map(scheme => [1440, scheme] as const);
const narrow = schemes.map(scheme => [390, scheme] as const);

/** What axe calls serious on the page. */
const serious = async (page: Page): Promise<readonly string[]> => {
  await page.addScriptTag({ path: axe });
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> };
    };
    const { violations } = await axe.run();
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 200)}`);
  });
};

/** What overlaps, is cut off or sticks out, by its text. */
const misplaced = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const faults: string[] = [];
    const visible = (selector: string, place: ParentNode = document) =>
      [...place.querySelectorAll(selector)].filter(element => {
        const { width, height } = element.getBoundingClientRect();
        return (
          width > 1 && height > 1 && element.checkVisibility() && !element.closest(".skip, .visually-hidden, .scroll")
        );
      });
    const nameOf = (element: Element) =>
      `${element.tagName.toLowerCase()} ${(element.getAttribute("aria-label") || element.textContent || element.id).trim().slice(0, 40)}`;
    const wide = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth > wide)
      faults.push(`scrolls sideways: ${document.documentElement.scrollWidth}`);
    const solid = visible("button, input, select, textarea, summary, h1, h2, h3, svg, p, label, td, th, code, .panel");
    for (const element of solid) {
      const { left, right } = element.getBoundingClientRect();
      if (left < -1 || right > wide + 1) faults.push(`sticks out: ${nameOf(element)}`);
      if (
        element instanceof HTMLElement &&
        element.scrollWidth > element.clientWidth + 1 &&
        getComputedStyle(element).overflowX === "hidden"
      )
        faults.push(`is cut off: ${nameOf(element)}`);
    }
    const overlapping = (elements: readonly Element[], least: number) => {
      const boxes = elements.map(element => ({ element, box: element.getBoundingClientRect() }));
      for (const [i, { element, box }] of boxes.entries())
        for (const other of boxes.slice(i + 1)) {
          if (element.contains(other.element) || other.element.contains(element)) continue;
          const across = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
          const down = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
          if (across > least && down > least) faults.push(`overlap: ${nameOf(element)} and ${nameOf(other.element)}`);
        }
    };
    overlapping(visible("button, input, select, textarea, summary, h1, h2, h3, .panel > .plot, figcaption"), 1);
    overlapping(visible(".panel"), 0);
    for (const svg of visible(".plot > svg")) {
      const frame = svg.getBoundingClientRect();
      const texts = visible("text", svg);
      for (const text of texts) {
        const { left, right, top, bottom } = text.getBoundingClientRect();
        if (left < frame.left - 2 || right > frame.right + 2 || top < frame.top - 2 || bottom > frame.bottom + 2)
          faults.push(`is cut off in a chart: ${nameOf(text)}`);
      }
      overlapping(texts, 3);
    }
    return faults;
  });

test("what overlaps, is cut off or sticks out is found", async () => {
  const { page, context } = await lab.open("deep-linear.html", { reducedMotion: "reduce" });
  const found = async (style: string): Promise<string> => {
    const tag = await page.addStyleTag({ content: style });
    const faults = await misplaced(page);
    await tag.evaluate(element => (element as HTMLElement).remove());
    return faults.join("; ");
  };
  expect(await found(".panels { transform: translateX(60px) }")).toContain("sticks out");
  expect(await found(".toolbar button { margin-right: -30px }")).toContain("overlap: button");
  expect(await found(".panel { margin-bottom: -40px }")).toContain("overlap: section");
  expect(await found(".plot text { font-size: 40px }")).toContain("overlap: text");
  expect(await found(".lead { max-width: 90px; overflow: hidden; white-space: nowrap }")).toContain("is cut off: p");
  expect(await found("p {}")).toBe("");
  await context.close();
});

describe.each(pages)("%s", name => {
  test.each(full ? [...narrow, ...wide] : [wide[0], narrow[1]])(
    "at %d px, %s: nothing overlaps, is cut off or scrolls sideways, and axe finds nothing serious",
    async (width, colorScheme) => {
      const viewport = { width, height: 900 };
      const { page, context, faults } = await lab.open(name, {
        viewport,
        colorScheme,
        reducedMotion: "reduce",
        bypassCSP: true,
      });
      await page.evaluate(() => document.fonts.ready);
      // Pictures are drawn when a frame has time.
      await page.waitForTimeout(300);
      expect(await misplaced(page)).toEqual([]);
      // What is inside a tab has its place too.
      for (const tab of width === 390 && colorScheme === "dark" ? await page.getByRole("tab").all() : []) {
        await tab.click();
        expect(await misplaced(page), (await tab.textContent()) ?? "").toEqual([]);
      }
      expect(await serious(page)).toEqual([]);
      expect(faults).toEqual([]);
      await context.close();
    },
    60_000,
  );
});
