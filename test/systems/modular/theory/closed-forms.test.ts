import { expect, test } from "vitest";
import type { System } from "../../../../src/contracts/system.ts";
import {
  closedForms,
  dataThreshold,
  deadNeuronIncrement,
  quarticBound,
  ranks,
  simplicityMargin,
} from "../../../../src/systems/modular/theory/closed-forms.ts";
import { modularTheory } from "../../../../src/systems/modular/theory/index.ts";

test("thresholds", () => {
  expect([13, 17, 23, 31].map(p => dataThreshold(p).pairs)).toEqual([89, 121, 169, 233]);
  expect(dataThreshold(53).fraction).toBeCloseTo(0.146, 3);
  expect(dataThreshold(97).fraction).toBeCloseTo(0.081, 3);
});

test("the wave basin has fewer directions than memorising from N = 8p - 15 in the modes that carry the answer", () => {
  for (const p of [13, 23]) {
    const threshold = dataThreshold(p).pairs;
    const others = (N: number) => (ranks.wavesTrain({ p, N }) - Math.min(N, 4 * p - 3)) / (p - 1);
    expect(others(threshold)).toBe(threshold);
    expect(others(threshold + 5)).toBe(threshold);
  }
});

test("dead neurons and the quartic bound", () => {
  expect([3, 5, 7].map(deadNeuronIncrement)).toEqual([1.25, 2.25, 3.25]);
  expect(quarticBound({ p: 5, K: 9, rank: 105 })).toBe(52.5 + (117 - 105) / 4);
});

test("the published formula stands beside the corrected one", () => {
  const answer = closedForms({ p: 5, K: 4, N: 12 });
  expect(answer.published_generic).toBe(28);
  expect(answer.onehot_generic_full).toBe(26);
  expect(answer.published_lazy_low).toBeNull();
});

test("the simpler basin wins while the loss it costs is worth less than its coefficient", () => {
  const complex = { loss: 0, lambda: 767 };
  const simple = { loss: 1e-3, lambda: 558.5 };
  const margin = (nBeta: number) => simplicityMargin(complex, simple, nBeta);
  expect(margin(1e3)).toBeCloseTo(208.5 * Math.log(1e3) - 1, 8);
  expect(margin(1e9)).toBeLessThan(0);
});

test("asked for by name", () => {
  const entries: System["theory"] = modularTheory;
  const at = (name: string, inputs: { [key: string]: number | string }) => entries[name].evaluate(inputs);
  expect(at("graph", { p: 13, K: 8, trainFraction: 0.06, splitSeed: 1 })).toMatchObject({
    connected: false,
    exact: false,
  });
  expect(at("threshold", { p: 23 })).toMatchObject({ pairs: 169 });
  expect(at("solution", { p: 7, kind: "six-phase-constant", groups: 1, seed: 1 })).toMatchObject({
    K: 19,
    accuracy: 1,
  });
  expect(() => at("coefficients", { p: 8, K: 4, N: 9 })).toThrow(/^p is 8/);
});
