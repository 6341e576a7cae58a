import { expect, test } from "vitest";
import { moreLooksMarkup } from "../../src/report/more-looks.ts";

const step = Array.from({ length: 60 }, (_, i) => 1000 * i + 12_345);
const series = ["loss", "accuracy <b>", "quiet"].map((name, k) => ({
  name,
  step,
  value: step.map((_, i) => Math.sin(i) + (i < 30 ? 0 : k)),
}));
const nothing = { series, regions: null, joint: null, thresholds: null };
const count = (text: string, word: string): number => text.split(word).length - 1;

test("what was not asked for has no section", () => {
  expect(moreLooksMarkup(nothing, "h2").html.trim()).toBe("");
});

test("regions are shaded over the curves of their series, with whole steps in the table, and series without one are named", () => {
  const regions = [
    { track: "loss", level: 0.05, regions: [] },
    {
      track: "accuracy <b>",
      level: 0.05,
      regions: [
        { low: 31_345, high: 45_345, estimate: 42_345 },
        { low: 52_345, high: 60_345, estimate: 55_345 },
      ],
    },
  ];
  const { html } = moreLooksMarkup({ ...nothing, regions }, "h2");
  expect(html).toContain("<h2>Regions of change</h2>");
  expect(html).toContain("accuracy &lt;b&gt;");
  expect(html).not.toContain("<b>");
  expect(html).toContain("31345 to 45345");
  expect(html).toContain("No region in loss.");
  expect(html).toContain("Too few points: quiet.");
  // Once for wide pages and once for phones.
  expect(count(html, 'data-mark="span"')).toBe(4);
  expect(count(html, 'data-mark="span-place"')).toBe(4);
});

test("a change that series share is drawn in those that take part, and the others are named", () => {
  const level = { estimate: 1, low: 0.8, high: 1.2 };
  const joint = {
    tracks: ["loss", "accuracy <b>", "quiet"],
    left: ["short"],
    changes: [
      {
        axis: "step" as const,
        at: { estimate: 42_345, low: 41_345, high: 43_345 },
        levels: [
          { track: "accuracy <b>", level },
          { track: "quiet", level },
        ],
        evidence: 20,
      },
    ],
  };
  const { html } = moreLooksMarkup({ ...nothing, joint }, "h3");
  expect(html).toContain("<h3>Changes that series share</h3>");
  expect(html).toContain("42345 (41345 to 43345)");
  expect(count(html, "1 (0.8 to 1.2)")).toBe(2);
  expect(count(html, 'data-mark="span"')).toBe(4);
  expect(html).toContain("Looked at, with no such change: loss.");
  expect(html).toContain("At other steps, or too few points: short.");
});

test("where no series has a region, and none shares a change, the report says so without a picture", () => {
  const { html } = moreLooksMarkup(
    { series, regions: [], joint: { tracks: [], left: [], changes: [] }, thresholds: [] },
    "h2",
  );
  expect(html).toContain("Came out: none of the series has one.");
  expect(html).toContain("Came out: none.");
  expect(html).toContain("None of the series has enough points.");
  expect(html).not.toContain("<svg");
});

test("counts of thresholds are drawn for those that swing most, and all stand in the table with the factor", () => {
  const thresholds = Array.from({ length: 10 }, (_, i) => ({
    track: `s${i}`,
    counts: [
      { deviations: 2, changes: 3 * i },
      { deviations: 6, changes: i },
    ],
  }));
  thresholds.push({
    track: "wild",
    counts: [
      { deviations: 2, changes: 9 },
      { deviations: 6, changes: 0 },
    ],
  });
  const { html } = moreLooksMarkup({ ...nothing, thresholds }, "h2");
  expect(html).toContain("Drawn: the 8 series whose counts swing most");
  expect(html).toMatch(/<th scope="row">wild<\/th>.*none to some/);
  expect(html).toMatch(/<th scope="row">s0<\/th>.*none at any/);
  expect(html).toMatch(/<th scope="row">s9<\/th>.*3 times/);
});
