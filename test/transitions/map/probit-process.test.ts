import { expect, test } from "vitest";
import { normalBelow } from "../../../src/numerics/normal-law.ts";
import { fitKernel } from "../../../src/transitions/map/fit-kernel.ts";
import { neighboursOn } from "../../../src/transitions/map/neighbours.ts";
import { ofVote } from "../../../src/transitions/map/posterior.ts";
import { type Point, probitProcess } from "../../../src/transitions/map/probit-process.ts";
import { tallyOf } from "../../../src/transitions/map/tally.ts";
import { noisyRuns } from "./support.ts";

/** Mean and variance of f at the origin by sums over a grid of its values at the origin and at a second place. */
const bySums = ([here, there]: readonly [Point, Point], { length, variance }: { length: number; variance: number }) => {
  const along = variance * Math.exp(-(there.x ** 2 + there.y ** 2) / (2 * length ** 2));
  const rest = variance - (along * along) / variance;
  const wide = 7 * Math.sqrt(variance);
  const likelihood = ({ yes, no }: Point, f: number): number => normalBelow(f) ** yes * normalBelow(-f) ** no;
  let [whole, first, second] = [0, 0, 0];
  for (let i = -200; i <= 200; i++) {
    const f = (wide * i) / 200;
    let inner = 0;
    for (let j = -200; j <= 200; j++) {
      const g = (along / variance) * f + (7 * Math.sqrt(rest) * j) / 200;
      inner += likelihood(there, g) * Math.exp(-0.5 * ((7 * j) / 200) ** 2);
    }
    const weight = inner * likelihood(here, f) * Math.exp((-f * f) / (2 * variance));
    whole += weight;
    first += weight * f;
    second += weight * f * f;
  }
  return { mean: first / whole, variance: second / whole - (first / whole) ** 2 };
};

test("moments of the latent function are those of sums over its values", () => {
  for (const [here, there, length, variance] of [
    [{ yes: 1, no: 0 }, { yes: 0, no: 1 }, 3, 4],
    [{ yes: 3, no: 1 }, { yes: 2, no: 0 }, 2, 10],
    [{ yes: 0, no: 0 }, { yes: 1, no: 0 }, 4, 30],
    [{ yes: 5, no: 5 }, { yes: 0, no: 4 }, 5, 2],
  ] as const) {
    const points: [Point, Point] = [
      { x: 0, y: 0, ...here },
      { x: 1, y: 2, ...there },
    ];
    const exact = bySums(points, { length, variance });
    const own = probitProcess(
      points.filter(({ yes, no }) => yes + no > 0),
      { length, variance },
    );
    // Expectation propagation is exact for one vote, and near for several. [Kuss and Rasmussen, JMLR 6 (2005) 1679]
    expect(Math.abs(own.mean - exact.mean)).toBeLessThan(0.03 * Math.sqrt(exact.variance));
    expect(Math.abs(own.variance / exact.variance - 1)).toBeLessThan(0.06);
  }
});

test("runs that depend on their seed have a kernel with wider boundaries", () => {
  const grid = { columns: 20, rows: 20 };
  const map = { grid, phaseAt: (x: number, y: number) => (x + 0.3 * y > 12 ? "a" : "b") };
  const noisy = noisyRuns(map, 2);
  const all = Array.from({ length: 400 }, (_, i) => ({ column: i % 20, row: Math.floor(i / 20), seed: 0 }));
  const fitted = (labelOf: (run: (typeof all)[number]) => string) => {
    const { variance, length } = fitKernel(
      tallyOf(
        grid,
        all.map(run => ({ ...run, label: labelOf(run) })),
      ),
      neighboursOn(grid),
      false,
    );
    return Math.sqrt(variance) / length;
  };
  expect(fitted(({ column, row }) => map.phaseAt(column, row))).toBeGreaterThan(3 * fitted(noisy));
});

test("the next vote is yes with the mean of the normal integral over what f may be", () => {
  for (const [mean, variance] of [
    [0.7, 2],
    [-1.5, 0.3],
  ]) {
    let sum = 0;
    for (let i = -400; i <= 400; i++) {
      const z = i / 50;
      sum += (normalBelow(mean + Math.sqrt(variance) * z) * Math.exp((-z * z) / 2)) / (50 * Math.sqrt(2 * Math.PI));
    }
    expect(ofVote({ mean, variance })).toBeCloseTo(sum, 10);
  }
});
