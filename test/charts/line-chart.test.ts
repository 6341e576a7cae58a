import { expect, test } from "vitest";
import { type LineChart, lineChart } from "../../src/charts/line-chart.ts";
import { makeDocument } from "../../src/report/document.ts";

const document = await makeDocument();
const chart = (points: [number, number][], scale: "linear" | "log"): LineChart => ({
  title: "A line",
  description: "A line.",
  x: { label: "step" },
  y: { label: "loss", scale },
  curves: [{ points, colour: "#0072b2" }],
});
const draw = (data: LineChart) => lineChart(data, { document, width: 300, height: 200 });

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
  expect(draw(data).outerHTML).toBe(draw(data).outerHTML);
});
