import { expect, test } from "vitest";
import type { SampledObjective } from "../../src/contracts/objective.ts";
import { isLandauError } from "../../src/errors.ts";
import { gradientDescent } from "../../src/learning/gradient-descent.ts";
import { fullBatch, minibatches, stepsPerEpoch } from "../../src/learning/gradients.ts";
import { train } from "../../src/learning/train.ts";

/** L = mean of (w - x_m)^2 / 2 over the samples x. */
const meanOf = (samples: number[]): SampledObjective => {
  const order = Int32Array.from(samples.keys());
  const objective: SampledObjective = {
    parameters: [{ name: "w", shape: [1], offset: 0 }],
    size: 1,
    samples: samples.length,
    loss: w => samples.reduce((sum, x) => sum + (w[0] - x) * (w[0] - x), 0) / (2 * samples.length),
    lossAndGradient: (w, gradient) => objective.batchLossAndGradient(w, gradient, order, 0, samples.length),
    batchLossAndGradient(w, gradient, chosen, from, to) {
      let loss = 0;
      gradient[0] = 0;
      for (let i = from; i < to; i++) {
        const residual = w[0] - samples[chosen[i]];
        gradient[0] += residual / (to - from);
        loss += (residual * residual) / (2 * (to - from));
      }
      return loss;
    },
  };
  return objective;
};

const samples = Array.from({ length: 10 }, (_, i) => i);

test("an epoch of minibatches uses every sample once, in another order each epoch", () => {
  const seen: number[][] = [[], []];
  const objective = meanOf(samples);
  const spy: SampledObjective = {
    ...objective,
    batchLossAndGradient(w, gradient, order, from, to) {
      const epoch = seen[0].length < 10 ? 0 : 1;
      for (let i = from; i < to; i++) seen[epoch].push(order[i]);
      return objective.batchLossAndGradient(w, gradient, order, from, to);
    },
  };
  const gradients = minibatches(spy, { batch: 4, seed: 1, chain: 0 });
  expect(stepsPerEpoch(10, 4)).toBe(3);
  for (let step = 0; step < 6; step++) gradients(Float64Array.of(0), new Float64Array(1), step);
  for (const epoch of seen) expect([...epoch].sort((a, b) => a - b)).toEqual(samples);
  expect(seen[0]).not.toEqual(seen[1]);
});

test("the gradient of a step does not depend on the steps made before", () => {
  const objective = meanOf(samples);
  const w = Float64Array.of(0.3);
  const a = new Float64Array(1);
  const b = new Float64Array(1);
  const walked = minibatches(objective, { batch: 3, seed: 7, chain: 2 });
  for (let step = 0; step <= 9; step++) walked(w, a, step);
  minibatches(objective, { batch: 3, seed: 7, chain: 2 })(w, b, 9);
  expect([...a]).toEqual([...b]);
});

test("checkpoints are visited before the step of their number, and not twice after a resume", () => {
  const visits: [number, number][] = [];
  const run = (w: Float64Array, from?: number) =>
    train({
      gradients: fullBatch(meanOf([1])),
      optimiser: gradientDescent({ rate: 0.5 }),
      w,
      from,
      checkpoints: [0, 1, 3],
      visit: ({ step, w: at }) => visits.push([step, at[0]]),
    });
  run(Float64Array.of(0));
  expect(visits).toEqual([
    [0, 0],
    [1, 0.5],
    [3, 0.875],
  ]);
  visits.length = 0;
  run(Float64Array.of(0.5), 1);
  expect(visits).toEqual([[3, 0.875]]);
});

test("a step size that diverges stops with the step and the way out", () => {
  const run = () =>
    train({
      gradients: fullBatch(meanOf([1])),
      optimiser: gradientDescent({ rate: 1e200 }),
      w: Float64Array.of(0),
      checkpoints: [100],
      visit: () => {},
    });
  expect(run).toThrow(/loss is Infinity at step \d+ of gradient descent: lower the rate/);
  try {
    run();
  } catch (error) {
    expect(isLandauError(error, "diverged")).toBe(true);
  }
});

test.each([0, 11, 2.5])("batch %s of 10 samples is refused", batch => {
  expect(() => minibatches(meanOf(samples), { batch, seed: 0, chain: 0 })).toThrow(/^batch is .*from 1 to .* 10$/);
});
