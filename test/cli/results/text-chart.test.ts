import { describe, expect, test } from "vitest";
import { textChart } from "../../../src/cli/results/text-chart.ts";

const curve = (length: number, at: (i: number) => number) => ({
  x: Array.from({ length }, (_, i) => i),
  y: Array.from({ length }, (_, i) => at(i)),
});

test("a straight line on a linear axis, with the ends and the middle of the horizontal one", () => {
  const chart = textChart([curve(101, i => i)], { width: 60, height: 5, xLabel: "steps" })!;
  expect(chart.note).toBeUndefined();
  expect(chart.lines).toHaveLength(7);
  expect(chart.lines.slice(0, 5).map(line => line.slice(0, 4).trim())).toEqual(["100", "75", "50", "25", "0"]);
  expect(chart.lines[4]).toMatch(/^ {2}0 ┤─+╯$/);
  expect(chart.lines[6]).toMatch(/^ {5}0 +50 +100 steps$/);
  for (const line of chart.lines) expect(line.length).toBeLessThanOrEqual(60);
});

test.each([40, 60, 80, 120, 200])("no line is wider than %i columns", width => {
  const chart = textChart([curve(5000, i => 1e-7 * Math.sin(i / 300))], { width, xLabel: "a long label of an axis" })!;
  for (const line of chart.lines) expect(line.length).toBeLessThanOrEqual(width);
});

describe("the start does not flatten the rest", () => {
  test("where all is positive and factors tell more, the axis is logarithmic, and says so", () => {
    const chart = textChart([curve(1000, i => 10 * 0.99 ** i + 1e-5)], { width: 80, xLabel: "steps" })!;
    expect(chart.note).toBe("logarithmic axis");
    const rows = chart.lines.slice(0, 9);
    // The curve still falls in the last half.
    expect(rows.at(-1)!.trimEnd().length).toBeGreaterThan(rows[4].trimEnd().length);
    expect(rows[0]).toMatch(/^ *10 ┤/);
  });

  test("else the top is cut off, with the height of what is cut", () => {
    const chart = textChart([curve(1000, i => (i < 20 ? 50 : Math.sin(i / 100)))], { width: 80, xLabel: "steps" })!;
    expect(chart.note).toBe("axis cut at 1, the beginning reaches 50");
    expect(chart.lines[0]).toMatch(/^ +1 ┤/);
    // The waves take up all of the height.
    for (const line of chart.lines.slice(0, 9)) expect(line).toMatch(/[─│╭╮╯╰]/);
  });

  test("a curve that falls and then stays has nothing to show but its fall", () => {
    expect(textChart([curve(1000, i => (i < 20 ? 2 : 1))], { width: 80, xLabel: "steps" })!.note).toBeUndefined();
  });
});

test("labels tell neighbouring values apart, and rounding noise is no number", () => {
  const chart = textChart([curve(100, i => 1 + 0.005 * (i / 99))], { width: 80, xLabel: "steps" })!;
  const labels = chart.lines.slice(0, 9).map(line => line.split(" ┤")[0].trim());
  expect(new Set(labels).size).toBe(9);
  const sweep = textChart([{ mark: "+", x: [0.1 + 0.2, 0.6], y: [1e-51, 1] }], { width: 80, xLabel: "beta" })!;
  expect(sweep.lines.at(-3)).toMatch(/^ *0 ┤/);
  expect(sweep.lines.at(-1)).toMatch(/^ +0\.3 .*0\.6 beta$/);
});

test("points of several series keep their marks, and share one where they meet", () => {
  const chart = textChart(
    [
      { mark: "o", x: [0, 1, 2], y: [0, 0, 2] },
      { mark: "+", x: [0, 1, 2], y: [0, 2, 2] },
    ],
    { width: 40, height: 3, xLabel: "x" },
  )!;
  const marks = chart.lines.slice(0, 3).map(line => line.split("┤")[1].replaceAll(" ", ""));
  expect(marks).toEqual(["+*", "", "*o"]);
});

test("there is no chart of a single point, nor of a single value of x", () => {
  expect(textChart([curve(1, () => 1)], { width: 80, xLabel: "steps" })).toBeUndefined();
  expect(textChart([{ x: [2, 2], y: [0, 1] }], { width: 80, xLabel: "steps" })).toBeUndefined();
});
