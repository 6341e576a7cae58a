import { describe, expect, test } from "vitest";
import { batchChoiceOf } from "../../../src/coefficient/estimate/batch-choice.ts";
import { batchLosses } from "../../../src/coefficient/estimate/batch-losses.ts";
import { cellAt } from "../../../src/coefficient/estimate/cell.ts";
import { averageOf } from "../../../src/coefficient/estimate/cell-average.ts";
import { type CoefficientEstimate, learningCoefficient } from "../../../src/coefficient/estimate/index.ts";
import { problemAt } from "../../../src/coefficient/estimate/problem.ts";
import { allModels } from "../../../src/coefficient/models/index.ts";
import type { Objective, SampledObjective } from "../../../src/contracts/objective.ts";
import { stream } from "../../../src/numerics/stream.ts";
import { powers } from "./losses.ts";
import { scaledNormal } from "./scaled-normal.ts";

const exactModels = allModels();

const modelOf = (name: string) => {
  const model = exactModels.find(each => each.name === name);
  if (!model) throw new Error(`no model ${name}`);
  return { objective: model.objective(), point: model.point() };
};

const estimate = (objective: Objective, point: Float64Array, settings = {}): CoefficientEstimate => {
  const result = learningCoefficient(objective, point, { seed: 3, budget: 4e5, nBeta: 10_000, ...settings });
  if (result.kind === "failure") throw new Error(result.text);
  return result;
};

const MODELS = [
  "quadratic-4-rank-4-minibatch",
  "normal-crossing-1-1-minibatch",
  "powers-4-4-minibatch",
  "quadratic-20-rank-10-minibatch",
  "curve-node-minibatch",
];

describe.each(MODELS)("%s", name => {
  const { objective, point } = modelOf(name);
  const whole = estimate(objective, point, { batch: 10_000 });
  const batches = estimate(objective, point);

  test("minibatches and all samples agree within their errors", () => {
    const error = Math.hypot(whole.standardError, batches.standardError);
    expect(Math.abs(batches.lambda - whole.lambda)).toBeLessThan(3 * error);
  });

  test("minibatches cost less than a fifth of the evaluations", () => {
    expect(batches.batch).toBeLessThan(1000);
    expect(whole.batch).toBeUndefined();
    expect(batches.evaluations).toBeLessThan(whole.evaluations / 5);
    expect(batches.health.findings.find(({ name }) => name === "minibatches")?.text).toMatch(
      /minibatches of up to \d+ samples.*at least \d+\.\d % were accepted/,
    );
  });
});

/**
 * K = sum h_i w_i^2 / 2 as a mean over samples in pairs, each of which adds p w + h b w^2 / 2 + p w^3 with p and b of its own, and its
 * twin takes as much away. The last term is of third order: no control variate at 0 takes it away.
 */
const noisyBowl = (curvatures: readonly number[], samples: number): SampledObjective => {
  const size = curvatures.length;
  const noise = new Float64Array(samples * size);
  stream({ seed: 1, purpose: "noisy bowl" }).normals(noise);
  const lossAndGradient = (w: Float64Array, gradient: Float64Array): number => {
    for (let i = 0; i < size; i++) gradient[i] = curvatures[i] * w[i];
    return curvatures.reduce((sum, h, i) => sum + 0.5 * h * w[i] * w[i], 0);
  };
  return {
    parameters: [{ name: "w", shape: [size], offset: 0 }],
    size,
    samples,
    loss: w => lossAndGradient(w, new Float64Array(size)),
    lossAndGradient,
    batchLossAndGradient(w, gradient, order, from, to) {
      let loss = lossAndGradient(w, gradient);
      for (let k = from; k < to; k++)
        for (let i = 0; i < size; i++) {
          const own = ((order[k] >> 1) * size + i) * 2;
          const scale = (order[k] % 2 === 0 ? 1 : -1) / (to - from);
          const [push, bend] = [scale * noise[own], scale * noise[own + 1] * curvatures[i]];
          loss += push * w[i] + 0.5 * bend * w[i] * w[i] + push * w[i] * w[i] * w[i];
          gradient[i] += push + bend * w[i] + 3 * push * w[i] * w[i];
        }
      return loss;
    },
  };
};

test("a batch corrected at the point has the value, slope and curvature of all samples there", () => {
  const objective = noisyBowl([2, 0.5], 400);
  const at = new Float64Array(2);
  const problem = problemAt(objective, at);
  const { count, excessAt, choose } = batchLosses(problem, objective, 10);
  const excess = excessAt(100);
  expect(count).toBe(16);
  const gradient = new Float64Array(2);
  const [up, down] = [new Float64Array(2), new Float64Array(2)];
  const losses = new Set<number>();
  for (let member = 0; member < count; member++) {
    choose(member);
    expect(excess.lossAndGradient(at, gradient)).toBe(0);
    for (const slope of gradient) expect(Math.abs(slope)).toBeLessThan(1e-12);
    [2, 0.5].forEach((h, i) => {
      const step = 1e-5;
      const [ahead, behind] = [at.slice(), at.slice()];
      ahead[i] = step;
      behind[i] = -step;
      excess.lossAndGradient(ahead, up);
      excess.lossAndGradient(behind, down);
      expect(Math.abs((up[i] - down[i]) / (2 * step) - h)).toBeLessThan(1e-6);
    });
    losses.add(excess.loss(Float64Array.of(1, 1)));
  }
  expect(losses.size).toBe(count);
});

test("a localised quadratic keeps the average of its closed form, however the batches differ", () => {
  const [t, gamma, h] = [6, 1, [2, 0.5]];
  const objective = noisyBowl(h, 100);
  const problem = problemAt(objective, new Float64Array(2));
  const batches = batchChoiceOf(problem, 20);
  const starts = Array.from({ length: 4 }, () => problem.at);
  const cell = cellAt(problem, { seed: 5, nBeta: t, gamma, starts, burnIn: 100, batches });
  cell.extend(800);
  const average = averageOf(cell);
  const energy = h.reduce((sum, each) => sum + (t * each) / (2 * (t * each + gamma)), 0);
  expect(cell.batch).toBe(20);
  expect(average.acceptance).toBeLessThan(0.8);
  expect(average.ess).toBeGreaterThan(300);
  expect(Math.abs(average.energy - energy)).toBeLessThan(4 * average.energyError + 1e-9);
  expect(Math.abs(average.plain - energy)).toBeLessThan(0.06);
  expect(average.virial).toBeLessThan(4.5);
});

test("moves in either order leave a normal distribution as it is", () => {
  const random = stream({ seed: 1, purpose: "test of scales backwards" });
  const { v, move } = scaledNormal();
  const draws = 10_000;
  let square = 0;
  for (let i = 0; i < draws; i++) {
    move(v, random.at(i), true);
    square += (v[0] * v[0]) / draws;
  }
  expect(Math.abs(square - 1)).toBeLessThan(0.08);
});

test("where no batch will do, the trajectories end with all samples", () => {
  // Samples that pull to all sides so strongly, at third order, that no control variate at the point helps.
  const bowl = noisyBowl([2, 2], 4000);
  const wild: SampledObjective = {
    ...bowl,
    batchLossAndGradient(w, gradient, order, from, to) {
      const loss = bowl.lossAndGradient(w, gradient);
      let push = 0;
      for (let k = from; k < to; k++) push += (order[k] % 2 === 0 ? 1e6 : -1e6) / (to - from);
      for (let i = 0; i < 2; i++) gradient[i] += 3 * push * w[i] * w[i];
      return loss + push * w.reduce((sum, x) => sum + x * x * x, 0);
    },
  };
  const problem = problemAt(wild, new Float64Array(2));
  const batches = batchChoiceOf(problem, undefined);
  const starts = [problem.at, problem.at];
  const cell = cellAt(problem, { seed: 5, nBeta: 4000, gamma: 1, starts, burnIn: 100, batches });
  expect(cell.batch).toBeUndefined();
  expect(batches?.size).toBeUndefined();
});

test("minibatches are the default only where they gain something", () => {
  const used = (objective: Objective) =>
    batchChoiceOf(problemAt(objective, new Float64Array(2)), undefined) !== undefined;
  const many = noisyBowl([1, 1], 2000);
  expect(used(many)).toBe(true);
  expect(used({ ...many, closedForm: true } as SampledObjective)).toBe(false);
  expect(used(noisyBowl([1, 1], 1998))).toBe(false);
  expect(used(powers([2, 2]))).toBe(false);
});

test("same seed, same bits", () => {
  const { objective, point } = modelOf("normal-crossing-1-1-minibatch");
  const short = { budget: 6e4 };
  const first = estimate(objective, point, short);
  expect(estimate(objective, point, short)).toEqual(first);
  expect(estimate(objective, point, { ...short, seed: 4 }).lambda).not.toBe(first.lambda);
});

test("a batch that cannot be is named", () => {
  const { objective, point } = modelOf("powers-4-4-minibatch");
  const measure = (batch: number) => learningCoefficient(objective, point, { batch });
  expect(() => measure(0)).toThrow(/batch is 0: needs a whole number from 1 to the number of samples, 10000/);
  expect(() => measure(20_000)).toThrow(/batch is 20000/);
  expect(() => measure(2.5)).toThrow(/batch is 2.5/);
  expect(() => learningCoefficient(powers([2]), new Float64Array(1), { samples: 100, batch: 10 })).toThrow(
    /batch is 10: needs an objective that has samples/,
  );
});

test.each([1, 5])("a given batch of %i that is refused too often: the way out is a larger batch", batch => {
  const { objective, point } = modelOf("quadratic-20-rank-10-minibatch");
  const result = learningCoefficient(objective, point, { batch, budget: 1e5 });
  expect(result).toMatchObject({
    kind: "failure",
    reason: "too small a batch",
    text: expect.stringMatching(new RegExp(`minibatches of ${batch} are accepted .* give a larger batch`)),
  });
});
