import { expect, test } from "vitest";
import { type Cell, cellAt } from "../../../src/coefficient/estimate/cell.ts";
import { averageOf } from "../../../src/coefficient/estimate/cell-average.ts";
import { problemAt } from "../../../src/coefficient/estimate/problem.ts";
import type { Objective } from "../../../src/contracts/objective.ts";
import { mean, standardDeviation } from "../../../src/numerics/statistics.ts";
import { type Stream, stream } from "../../../src/numerics/stream.ts";
import { crossing, powers } from "./losses.ts";
import { scaledNormal } from "./scaled-normal.ts";

const averageAt = (objective: Objective, nBeta: number, gamma: number, draws: number, seed = 5) => {
  const problem = problemAt(objective, new Float64Array(objective.size));
  const starts = Array.from({ length: 4 }, () => problem.at);
  const cell = cellAt(problem, { seed, nBeta, gamma, starts, burnIn: 100 });
  cell.extend(draws);
  return averageOf(cell);
};

test("a localised quadratic has the average of its closed form, and so do its derivatives", () => {
  const [t, gamma] = [100, 30];
  const h = [2, 0.5];
  const average = averageAt(powers([2, 2], [1, 0.25]), t, gamma, 500);
  const energy = h.reduce((sum, each) => sum + (t * each) / (2 * (t * each + gamma)), 0);
  const slope = h.reduce((sum, each) => sum + (t * each * gamma) / (2 * (t * each + gamma) ** 2), 0);
  expect(Math.abs(average.energy - energy)).toBeLessThan(4 * average.energyError + 1e-9);
  expect(average.energyError).toBeLessThan(0.02);
  expect(Math.abs(average.slope - slope)).toBeLessThan(4 * average.slopeError + 1e-9);
  expect(Math.abs(average.pull - slope)).toBeLessThan(4 * average.pullError + 1e-9);
});

test("the crossing has the average that quadrature gives, arms and all", () => {
  const [t, gamma] = [1e4, 1];
  // w_2 integrated out: the weight of x = w_1 is exp(-gamma x^2 / 2) (gamma + 2 t x^2)^(-1/2).
  let [whole, energy] = [0, 0];
  for (let i = 0; i < 50_000; i++) {
    const x = Math.exp(-40 + (44 * (i + 0.5)) / 50_000);
    const ratio = (2 * t * x * x) / gamma;
    const weight = (x * Math.exp((-gamma * x * x) / 2)) / Math.sqrt(1 + ratio);
    whole += weight;
    energy += (weight * 0.5 * ratio) / (1 + ratio);
  }
  const average = averageAt(crossing, t, gamma, 1500);
  expect(Math.abs(average.plain - energy / whole)).toBeLessThan(0.035);
  expect(Math.abs(average.energy - energy / whole)).toBeLessThan(4 * average.energyError);
  expect(average.virial).toBeLessThan(4.5);
});

/** Four chains in which nBeta K is the sum of energyOf(e), e of the exponential distribution, and Z_a is zOf(e). */
const cellOf = (
  numbers: Stream,
  [draws, count]: readonly [number, number],
  energyOf: (e: number) => number,
  zOf: (e: number) => number,
): Cell => {
  const series = Array.from({ length: 4 }, () => {
    const [pull, dimension] = [0, 1].map(each => new Array<number>(draws * count).fill(each));
    const own = { energy: [] as number[], z: [] as number[], pull, dimension, localiser: new Array(draws).fill(1) };
    for (let i = 0; i < draws; i++) {
      const e = Array.from({ length: count }, () => -Math.log(1 - numbers.uniform()));
      own.energy.push(e.reduce((sum, each) => sum + energyOf(each), 0));
      own.z.push(...e.map(zOf));
    }
    return own;
  });
  return { variates: { count }, series, draws, nBeta: 1, gamma: 1 } as unknown as Cell;
};

test("control variates take nothing away on average, however few the draws they are fitted to", () => {
  const [count, repeats] = [4, 1000];
  const numbers = stream({ seed: 1, purpose: "test of control variates" });
  // The same draws for both would give 3 % less.
  const half = (e: number) => (e * e) / 2;
  const found = Array.from({ length: repeats }, () => averageOf(cellOf(numbers, [16, count], half, e => e - 1)).energy);
  const error = standardDeviation(found) / Math.sqrt(repeats);
  expect(error).toBeLessThan(0.01);
  expect(Math.abs(mean(found) - count)).toBeLessThan(4 * error);
});

test.each([1e3, 1e7, 1e11])("a constant of %d in nBeta K is one of its average, and changes nothing else", shift => {
  const at = (constant: number) =>
    averageOf(
      cellOf(
        stream({ seed: 2, purpose: "test of constants" }),
        [64, 2],
        e => e * e + constant / 2,
        e => e - 1,
      ),
    );
  const [plain, shifted] = [at(0), at(shift)];
  // What rounding leaves of numbers of the size of the constant.
  const left = 1e-14 * shift + 1e-9;
  expect(Math.abs(shifted.energy - shift - plain.energy)).toBeLessThan(left);
  expect(Math.abs(shifted.energyError - plain.energyError)).toBeLessThan(left);
});

test("a Z_a as broad as that of a normal distribution tells all of an nBeta K that hardly varies; one of a bent valley is left out", () => {
  const found = (spread: number, constant = 0) =>
    averageOf(
      cellOf(
        stream({ seed: 3, purpose: "test of spreads" }),
        [64, 2],
        e => 1e-4 * e + constant,
        e => spread * (e - 1),
      ),
    );
  // Its own average is known to a tenth of it.
  expect(found(1).energyError).toBeLessThan(1e-12);
  for (const constant of [0, 1e6]) expect(found(100, constant).energyError).toBeGreaterThan(1e-6);
});

test("the first draws can be left out", () => {
  const far = Array.from({ length: 4 }, () => ({
    energy: Array.from({ length: 64 }, (_, i) => (i < 16 ? 100 : i % 2)),
    ...{ z: [], pull: [], dimension: [], localiser: Array.from({ length: 64 }, () => 1) },
  }));
  const cell = { variates: { count: 0 }, series: far, draws: 64, nBeta: 1, gamma: 1 } as unknown as Cell;
  expect(averageOf(cell).energy).toBeGreaterThan(25);
  const { energy, plain, betweenChains } = averageOf(cell, 16);
  expect([energy, plain, betweenChains]).toEqual([0.5, 0.5, 0]);
});

test("errors are the spread of averages over seeds", () => {
  const found = Array.from({ length: 40 }, (_, seed) => averageAt(crossing, 100, 1, 64, seed));
  const spread = standardDeviation(found.map(({ energy }) => energy));
  const error = Math.sqrt(mean(found.map(({ energyError }) => energyError * energyError)));
  expect(error / spread).toBeGreaterThan(0.7);
  expect(error / spread).toBeLessThan(1.5);
});

test("scale moves leave a normal distribution as it is", () => {
  const random = stream({ seed: 1, purpose: "test of scales" });
  const { v, move } = scaledNormal();
  const draws = 10_000;
  let [first, rest] = [0, 0];
  for (let i = 0; i < draws; i++) {
    move(v, random.at(i));
    first += (v[0] * v[0]) / draws;
    rest += (v[1] * v[1] + v[2] * v[2]) / draws;
  }
  // Mean squares 1 and 2, with standard errors of about sqrt(2 / 10000) and sqrt(4 / 10000) for independent draws.
  expect(Math.abs(first - 1)).toBeLessThan(0.08);
  expect(Math.abs(rest - 2)).toBeLessThan(0.12);
});
