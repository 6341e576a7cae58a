import { describe, expect, test } from "vitest";
import { irises, irisMeasurements } from "../../../src/learning/data/irises.ts";
import { forward } from "../../../src/learning/networks/forward.ts";
import { layoutOf } from "../../../src/learning/networks/layout.ts";
import { linearObjective } from "../../../src/learning/networks/linear.ts";
import { nonlinearObjective } from "../../../src/learning/networks/nonlinear.ts";
import { networkStart } from "../../../src/learning/networks/start.ts";
import { activations } from "../../../src/numerics/activations.ts";
import { flowerMoments, flowersAnneal } from "../../../src/systems/deep-linear/flowers.ts";
import { criticalPoint, stationaryNorms } from "../../../src/systems/deep-linear/theory/critical.ts";
import { followedStates } from "../../../src/systems/deep-linear/theory/followed.ts";
import { rectifiedNorm } from "../../../src/systems/deep-linear/theory/half-problems.ts";
import { neuronBranch, neuronMinimum } from "../../../src/systems/deep-linear/theory/neuron.ts";
import { branch, swept } from "../swept.ts";

const columns = (rows: readonly (readonly number[])[]): number[] =>
  [0, 1, 2, 3].map(j => rows.reduce((sum, row) => sum + row[j], 0) / rows.length);

test("the table has the means that Fisher printed, and unit variances once it is scaled", () => {
  const means = { versicolor: [5.936, 2.77, 4.26, 1.326], virginica: [6.588, 2.974, 5.552, 2.026] };
  for (const species of ["versicolor", "virginica"] as const) {
    expect(irisMeasurements[species]).toHaveLength(50);
    columns(irisMeasurements[species]).forEach((mean, j) => void expect(mean).toBeCloseTo(means[species][j], 10));
  }
  for (let j = 0; j < 4; j++) expect(flowerMoments.A0[j][j]).toBeCloseTo(1, 12);
  expect(flowerMoments.Ey2).toBeCloseTo(1, 12);
});

test("the network on single flowers and its moments give the same loss; outputs are those of the loss", () => {
  const widths = [3, 5];
  const w = networkStart(layoutOf(4, [4, 4]), 0.5, { seed: 3, chain: 0 }).subarray(0, 4 * 3 + 3 * 5 + 5);
  const gamma = 0.1;
  const { value, loss } = {
    value: linearObjective(flowerMoments, { gammaU: gamma, gammaW: [gamma, gamma], widths }).loss(w),
    loss: nonlinearObjective(irises, { widths, gamma, activation: activations.linear }).loss(w),
  };
  expect(value).toBeCloseTo(loss, 12);
  const outputs = forward(irises, widths, activations.tanh, w);
  const squared = outputs.reduce((sum, f, s) => sum + (f - irises.y[s]) ** 2 / 100, 0);
  const penalty = gamma * w.reduce((sum, value) => sum + value * value, 0);
  expect(nonlinearObjective(irises, { widths, gamma, activation: activations.tanh }).loss(w)).toBeCloseTo(
    squared + penalty,
    12,
  );
});

describe("the followed state", () => {
  test.each([1, 2, 3])("is that of one direction on isotropic data, D = %i, to its end", D => {
    const [N, kappa] = [1.3, 0.7];
    const states = followedStates(
      {
        A0: [
          [kappa, 0],
          [0, kappa],
        ],
        n: [N, 0],
        Ey2: 2,
      },
      D,
    );
    expect(states.end()).toBeCloseTo(criticalPoint({ D, N, kappa }).gamma_spinodal_up as number, 8);
    const s = stationaryNorms({ D, N, kappa }, 0.2).at(-1)!;
    const v = s ** (D + 1);
    const state = states.at(0.2)!;
    expect(state.B).toBeCloseTo(s * s, 10);
    expect(state.dataLoss).toBeCloseTo(kappa * v * v - 2 * N * v + 2, 10);
    expect(states.at(1.01 * states.end())).toBeNull();
  });

  test("is where descent on the flowers goes, with two hidden layers, until it falls", () => {
    const states = followedStates(flowerMoments, 2);
    const up = branch(
      swept(flowersAnneal, { activation: "linear", D: 2, from: 0.1, to: 0.55, values: 10, steps: 800 }),
      "up",
    );
    for (const { control, dataLoss, trainError } of up) {
      const state = states.at(control as number);
      expect(dataLoss as number).toBeCloseTo(state?.dataLoss ?? 1, 3);
      const wrong = state
        ? irises.y.reduce(
            (sum, y, s) => sum + Number(y * state.v.reduce((f, vi, i) => f + vi * irises.x[4 * s + i], 0) <= 0),
            0,
          ) / 100
        : 0.5;
      expect(Math.abs((trainError as number) - wrong)).toBeLessThan(0.011);
    }
  });
});

test("half-problems: 2 - 4 gamma with one hidden layer; half the spinodal with two", () => {
  expect(rectifiedNorm({ D: 1, N: 1, kappa: 1 }, 0.2)).toBeCloseTo(1.2, 12);
  const end = criticalPoint({ D: 2, N: 1, kappa: 1 }).gamma_spinodal_up as number;
  expect(rectifiedNorm({ D: 2, N: 1, kappa: 1 }, 0.4999 * end)).toBeGreaterThan(0.5);
  expect(rectifiedNorm({ D: 2, N: 1, kappa: 1 }, 0.5001 * end)).toBeNull();
});

test("stationary states of one neuron: minima found by a scan lie on the branch, which folds where sweeps fall", () => {
  const weights = Array.from({ length: 400 }, (_, i) => 0.004 * (i + 1));
  const highest = (k3: number): number =>
    neuronBranch(activations.tanh, [0, 1 - 3 * k3, 0, k3], weights).reduce(
      (most, state) => Math.max(most, state?.gamma ?? 0),
      0,
    );
  // Where sweeps of four neurons fell.
  expect(highest(-1.5)).toBeGreaterThan(1.14);
  expect(highest(-1.5)).toBeLessThan(1.15);
  expect(highest(-1)).toBeGreaterThan(1.02);
  expect(highest(-1)).toBeLessThan(1.03);
  // No fold at r4 > 0: the branch begins at N and falls from there.
  expect(highest(-0.5)).toBeLessThan(1 + 1e-4);
  const minimum = neuronMinimum(activations.swish, [-0.6, 1, 0.6], 0.55);
  const [state] = neuronBranch(activations.swish, [-0.6, 1, 0.6], [minimum.w]);
  expect(state?.gamma).toBeCloseTo(0.55, 6);
  expect(state?.u).toBeCloseTo(minimum.u, 6);
});
