import { expect, test } from "vitest";
import { type LineChart, lineChart } from "../../src/charts/line-chart.ts";
import { svgText } from "../../src/charts/svg.ts";
import { elementsOf, marksOf, textIn } from "../support/svg-elements.ts";

const chart = (points: [number, number][], scale: "linear" | "log"): LineChart => ({
  title: "A line",
  description: "A line.",
  x: { label: "step" },
  y: { label: "loss", scale },
  curves: [{ points, colour: "#0072b2" }],
});
const draw = (data: LineChart, height = 200) => lineChart(data, { width: 300, height });

test("a point that is not finite is refused by name", () => {
  expect(() => draw(chart([[0, Number.NaN]], "linear"))).toThrow("a point's loss is NaN: needs a finite number");
});

test("nought has no place on a log axis", () => {
  expect(() => draw(chart([[0, 0]], "log"))).toThrow("a point's loss is 0: needs a positive number on a log axis");
});

test("the same data make the same drawing", () => {
  const data = chart(
    [
      [0, 1],
      [1, 0.5],
    ],
    "log",
  );
  expect(svgText(draw(data))).toBe(svgText(draw(data)));
});

/** The numbers written along the y axis, from below. */
const yTicks = (whole: boolean, domain?: readonly [number, number]): number[] => {
  const counts: LineChart = {
    ...chart(
      [
        [0, 0],
        [1, 20],
      ],
      "linear",
    ),
    y: { label: "rank", whole, ...(domain && { domain }) },
  };
  const [ticks] = marksOf(draw(counts, 400), "y-ticks");
  const labels = elementsOf(ticks).filter(({ name }) => name === "text");
  return labels.map(label => Number(textIn(label).replace("\u2212", "-")));
};

test("what is counted has ticks at whole numbers, equally far apart and not too many", () => {
  expect(yTicks(true, [-0.15, 3.15])).toEqual([0, 1, 2, 3]);
  expect(yTicks(false, [-0.15, 3.15])).toContain(0.5);
  expect(yTicks(true, [-2.5, 1.5])).toEqual([-2, -1, 0, 1]);
  expect(yTicks(true)).toEqual([0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20]);
});
