import { describe, expect, test } from "vitest";
import { participation } from "../../../../src/numerics/row-spectra.ts";
import { weightsOf, withDeadNeurons } from "../../../../src/systems/modular/model/layout.ts";
import { fullTable } from "../../../../src/systems/modular/model/pairs.ts";
import { solutionError } from "../../../../src/systems/modular/theory/solution-error.ts";
import {
  narrowSolution,
  randomPhaseError,
  randomPhases,
  sixPhases,
} from "../../../../src/systems/modular/theory/solutions.ts";

test.each([3, 5, 9, 23, 31])("exact solutions answer every pair of p = %i with margin 1", p => {
  for (const point of [
    narrowSolution(p),
    sixPhases({ p, constant: true }),
    sixPhases({ p, groups: 2, constant: true, seed: 4 }),
  ]) {
    const { raw, accuracy, margin } = solutionError(point.w, point, fullTable(p, "add"));
    expect(raw).toBeLessThan(1e-24);
    expect(accuracy).toBe(1);
    expect(margin).toBeCloseTo(1, 12);
  }
});

test("six phases without the constant neuron miss 1/p and nothing else", () => {
  const point = sixPhases({ p: 13, groups: 1, seed: 9 });
  const { raw, centred, accuracy, margin } = solutionError(point.w, point, fullTable(13, "add"));
  expect(raw).toBeCloseTo(1 / 13, 12);
  expect(centred).toBeLessThan(1e-24);
  expect([accuracy, Math.round(1e9 * margin) / 1e9]).toEqual([1, 1]);
});

test.each([11, 23, 53])("one random phase pair for each frequency of p = %i has its error exactly", p => {
  for (const seed of [1, 2, 3]) {
    const point = randomPhases({ p, K: (p - 1) / 2, seed });
    const { raw, centred } = solutionError(point.w, point, fullTable(p, "add"));
    expect(raw).toBeCloseTo((8 * (p - 1)) / p + 1 / p, 10);
    expect(centred).toBeCloseTo((4 * (p - 1)) / p, 10);
    expect(randomPhaseError(point).raw).toBeCloseTo(raw, 10);
  }
});

test("all of their neurons have one frequency, and a dead one none", () => {
  const point = narrowSolution(7);
  const w = withDeadNeurons(point.w, point, 2);
  const ratios = participation(weightsOf(w, { p: 7, K: point.K + 2 }).A, { p: 7, K: point.K + 2 });
  expect(ratios[0]).toBe(0);
  for (let k = 1; k < point.K; k++) expect(ratios[k]).toBeCloseTo(1, 12);
  expect([...ratios.slice(point.K)]).toEqual([0, 0]);
});

describe("dimensions that a solution does not have", () => {
  test.each([
    ["K", () => randomPhases({ p: 7, K: 4, seed: 1 })],
    ["groups", () => sixPhases({ p: 7, groups: 0 })],
    ["p", () => narrowSolution(8)],
    ["p", () => sixPhases({ p: 2 })],
  ])("%s", (name, attempt) => expect(attempt).toThrow(new RegExp(`^${name} is`)));
});
