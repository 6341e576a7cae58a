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

const withError = (scale: "linear" | "log", error: number): LineChart => ({
  ...chart([[1, 0.1]], scale),
  scatters: [
    {
      points: [
        [1, 1],
        [2, 1.2],
      ],
      ranges: [
        [1 - error, 1 + error],
        [1.2 - error, 1.2 + error],
      ],
      colour: "#0072b2",
    },
  ],
});

/** Lowest and highest end of the whiskers, in pixels. */
const whiskerEnds = (data: LineChart): readonly [number, number] => {
  const [{ attributes }] = marksOf(draw(data), "whiskers");
  const heights = [...String(attributes.d).matchAll(/[ML][\d.]+,([\d.]+)/g)].map(([, y]) => Number(y));
  return [Math.max(...heights), Math.min(...heights)];
};

test("a linear axis has room for whiskers, a log axis cuts them at its end where they reach nought", () => {
  const longer = whiskerEnds(withError("linear", 3));
  const shorter = whiskerEnds(withError("linear", 0.5));
  expect(longer[0] - longer[1]).toBeGreaterThan(shorter[0] - shorter[1]);
  const [axes] = marksOf(draw(withError("log", 2)), "axes");
  const bottom = Number(/L[\d.]+,([\d.]+)$/.exec(String(axes.attributes.d))![1]);
  expect(whiskerEnds(withError("log", 2))[0]).toBeCloseTo(bottom, 1);
});

test("what is not known has no whisker, and levels and places beyond the ends are left out", () => {
  expect(marksOf(draw(withError("linear", Number.NaN)), "whiskers")).toEqual([]);
  const svg = draw({
    ...chart(
      [
        [0, 0],
        [1, 1],
      ],
      "linear",
    ),
    x: { label: "step", domain: [0, 1] },
    y: { label: "loss", domain: [0, 1] },
    levels: [
      { label: "in", value: 0.5 },
      { label: "out", value: 7 },
    ],
    places: [
      { label: "here", value: 0.5 },
      { label: "there", value: -1 },
    ],
  });
  expect([marksOf(svg, "level").length, marksOf(svg, "place").length]).toEqual([1, 1]);
  expect(textIn(svg)).not.toMatch(/out|there/);
});

test("labels for which there is no room stand in a key below the plot, levels of one colour with their values", () => {
  const data: LineChart = {
    ...chart(
      [
        [0, 0],
        [1, 1],
      ],
      "linear",
    ),
    levels: [0.25, 0.75].map(value => ({ label: `a level with quite a long name`, value })),
  };
  expect(marksOf(lineChart(data, { width: 900, height: 300 }), "key")).toEqual([]);
  const [key] = marksOf(draw(data), "key");
  expect(textIn(key)).toBe("a level with quite a long name (0.25)a level with quite a long name (0.75)");
});

test("a span is shaded between its ends, at least three pixels wide and no further than the frame, and one beyond it is left out", () => {
  const data: LineChart = {
    ...chart(
      [
        [0, 1],
        [100, 0.5],
      ],
      "linear",
    ),
    spans: [
      { low: 20, high: 60, at: 30, colour: "#0072b2" },
      { low: 80, high: 80, colour: "#0072b2" },
      { low: 90, high: 500, colour: "#0072b2" },
      { low: 200, high: 300, colour: "#0072b2" },
    ],
  };
  const drawn = draw(data);
  const [wide, thin, cut, ...others] = marksOf(drawn, "span").map(({ attributes }) => attributes);
  expect(others).toEqual([]);
  expect(thin.width).toBe(3);
  // 40 of 100 steps are four times the last ten.
  expect(Number(wide.width) / Number(cut.width)).toBeCloseTo(4, 6);
  expect(marksOf(drawn, "span-place")).toHaveLength(1);
  expect(() => draw({ ...data, spans: [{ low: 1, high: Number.NaN, colour: "#0072b2" }] })).toThrow("a point's step");
});

test("an axis without a title has neither arrow nor room for it", () => {
  const data = chart([[1, 1]], "linear");
  const bare = draw({ ...data, x: { label: "" } });
  expect(marksOf(bare, "x-title")).toEqual([]);
  expect(bare.attributes.height).toBeLessThanOrEqual(Number(draw(data).attributes.height));
});
