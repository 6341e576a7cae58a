import { expect, test } from "vitest";
import type { ParameterArray, SampledObjective } from "../../src/contracts/objective.ts";
import { isLandauError } from "../../src/errors.ts";
import { descend } from "../../src/learning/descend.ts";
import { gradientDescent } from "../../src/learning/gradient-descent.ts";
import { fullBatch, minibatches, stepsPerEpoch } from "../../src/learning/gradients.ts";

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
    descend({
      gradients: fullBatch(meanOf([1])),
      optimiser: gradientDescent({ stepSize: 0.5 }),
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

test("a visit that returns true ends the descent there", () => {
  const w = Float64Array.of(0);
  const visits: number[] = [];
  descend({
    gradients: fullBatch(meanOf([1])),
    optimiser: gradientDescent({ stepSize: 0.5 }),
    w,
    checkpoints: [1, 2, 3],
    visit({ step }) {
      visits.push(step);
      return step === 2;
    },
  });
  expect(visits).toEqual([1, 2]);
  expect(w[0]).toBe(0.75);
});

const diverging = (rate: number, checkpoints: number[], w = Float64Array.of(0)) =>
  descend({
    gradients: fullBatch(meanOf([1])),
    optimiser: gradientDescent({ stepSize: rate }),
    w,
    checkpoints,
    visit: () => {},
  });

const kindOf = (run: () => void) => {
  try {
    run();
  } catch (error) {
    return isLandauError(error) ? error.kind : error;
  }
  return undefined;
};

test("a loss that is not finite stops with the step, the optimiser, its settings and the way out", () => {
  expect(() => diverging(1e200, [100])).toThrow(
    'loss is Infinity at step 1 of gradient descent {"stepSize":1e+200,"l2":0}: lower the step size, clip the gradient',
  );
  expect(kindOf(() => diverging(1e200, [100]))).toBe("diverged");
});

test("a loss that only grows is left to run", () => {
  const w = Float64Array.of(0);
  diverging(3, [20], w);
  expect(w[0]).toBe(1 - (-2) ** 20);
});

test("parameters that the last step before a checkpoint lost are named", () => {
  const gradients = (_w: Float64Array, gradient: Float64Array) => {
    gradient[4] = Infinity;
    return 0;
  };
  const parameters = [
    { name: "b", shape: [2], offset: 0 },
    { name: "W", shape: [2, 2], offset: 2 },
  ];
  const optimiser = gradientDescent({ stepSize: 1 });
  const run = () =>
    descend({ gradients, optimiser, parameters, w: new Float64Array(6), checkpoints: [1], visit: () => {} });
  expect(run).toThrow("W[1,0] is -Infinity at step 1 of gradient descent");
  expect(kindOf(run)).toBe("diverged");
});

test("a start that is not finite is refused by array and place", () => {
  const w = Float64Array.of(0, 1, Number.NaN, 3);
  const run = (parameters?: ParameterArray[]) => () =>
    descend({
      gradients: () => 0,
      optimiser: gradientDescent({ stepSize: 1 }),
      parameters,
      w,
      checkpoints: [1],
      visit: () => {},
    });
  const arrays = [
    { name: "scale", shape: [], offset: 0 },
    { name: "W", shape: [1, 3], offset: 1 },
  ];
  expect(run()).toThrow("w[2] at the start is NaN: needs a finite number");
  expect(run(arrays)).toThrow("W[0,1] at the start is NaN: needs a finite number");
  expect(kindOf(run(arrays))).toBe("input");
});

test.each([0, 11, 2.5])("batch %s of 10 samples is refused", batch => {
  expect(() => minibatches(meanOf(samples), { batch, seed: 0, chain: 0 })).toThrow(/^batch is .*from 1 to .* 10$/);
});
