import { expect, test } from "vitest";
import { stream } from "../../../src/numerics/stream.ts";
import { cellStatistics } from "../../../src/transitions/order/cell-statistics.ts";

const cellOf = (values: Float64Array) =>
  cellStatistics({
    control: 0,
    series: [{ values, energies: undefined, direction: undefined, pace: 1, chain: undefined, phase: undefined }],
  });

const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

test("error of ln <m^2> / <m>^2, and how it varies with the mean, are those of what each draw moves", () => {
  const random = stream({ seed: 3, purpose: "skewed" });
  const values = Float64Array.from({ length: 2000 }, () => 1 + random.uniform() ** 3);
  const [first, second] = [mean(values), mean(values.map(x => x * x))];
  const moves = values.map(x => (x * x) / second - 1 - 2 * (x / first - 1));
  const deviation = Math.sqrt(mean(moves.map(move => move * move)));
  const spread = Math.sqrt(second - first * first);
  const together = mean(moves.map((move, i) => move * (values[i] - first)));

  const cell = cellOf(values);
  expect(cell.logRatio).toBeCloseTo(Math.log(second / (first * first)), 12);
  expect(cell.logRatioError * Math.sqrt(cell.effective)).toBeCloseTo(deviation, 10);
  expect(cell.correlation).toBeCloseTo(together / (deviation * spread), 10);
});

test("draws that hang together know the mean as well as fewer that do not", () => {
  const random = stream({ seed: 4, purpose: "held" });
  const few = Float64Array.from({ length: 100 }, () => random.normal());
  const held = Float64Array.from({ length: 2000 }, (_, i) => few[Math.floor(i / 20)]);
  const ratio = cellOf(held).error / cellOf(few).error;
  expect(ratio).toBeGreaterThan(0.7);
  expect(ratio).toBeLessThan(1.4);
});
