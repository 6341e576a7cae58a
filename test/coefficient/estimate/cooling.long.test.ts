import { describe, expect, test } from "vitest";
import { moreModels } from "../../../bench/coefficient/more-models.ts";
import { coldestOf } from "../../../src/coefficient/estimate/coldest.ts";
import { learningCoefficient } from "../../../src/coefficient/estimate/index.ts";
import { problemAt } from "../../../src/coefficient/estimate/problem.ts";
import type { Objective, SampledObjective } from "../../../src/contracts/objective.ts";
import { crossing, objectiveOf, powers } from "./losses.ts";

const estimate = (objective: Objective, settings = {}) => {
  const result = learningCoefficient(objective, new Float64Array(objective.size), { samples: 10_000, ...settings });
  if (result.kind === "failure") throw new Error(result.text);
  return result;
};

/** K = sum of x_k^2 y_k^2 over pairs. */
const pairs = (count: number): Objective =>
  objectiveOf(
    2 * count,
    w => Array.from({ length: count }, (_, k) => (w[2 * k] * w[2 * k + 1]) ** 2).reduce((sum, each) => sum + each, 0),
    (w, out) => {
      for (let i = 0; i < 2 * count; i++) out[i] = 2 * w[i] * w[i ^ 1] ** 2;
    },
  );

describe("a loss without the noise of samples is looked at as cold as it can be resolved", () => {
  test.each([
    ["powers 2, 4 and 6", powers([2, 4, 6]), 11 / 12, 0.02],
    ["a crossing, multiplicity 2", crossing, 1 / 2, 0.06],
    ["three crossings, multiplicity 4", pairs(3), 3 / 2, 0.06],
  ] as const)("%s", (_, objective, lambda, tolerance) => {
    const found = estimate(objective, { seed: 3 });
    expect(found.nBeta).toBeGreaterThan(1e9);
    expect(found.interval[0]).toBeLessThanOrEqual(lambda);
    expect(found.interval[1]).toBeGreaterThanOrEqual(lambda);
    expect(Math.abs(found.lambda / lambda - 1)).toBeLessThan(tolerance);
  });

  test("but not where an nBeta is named, nor where samples differ", () => {
    expect(estimate(powers([2, 4]), { nBeta: 500, budget: 4e5 }).nBeta).toBe(500);
    const sampled = (alike?: true): SampledObjective => ({
      ...powers([4]),
      ...{ samples: 1000, closedForm: true, ...(alike && { alike }) },
      batchLossAndGradient: (w, out) => powers([4]).lossAndGradient(w, out),
    });
    expect(estimate(sampled(), { samples: undefined }).nBeta).toBe(1000);
    expect(estimate(sampled(true), { samples: undefined }).nBeta).toBeGreaterThan(1e9);
  });
});

test("a localiser so weak that it reaches units that saturate gives way to one that does not", () => {
  const model = moreModels().find(({ name }) => name === "units-tanh-1-2-1")!;
  const found = learningCoefficient(model.objective(), model.point(), { seed: 45, samples: 10_000 });
  if (found.kind === "failure") throw new Error(found.text);
  expect(found.nBeta).toBeGreaterThan(1e12);
  expect(found.interval[0]).toBeLessThanOrEqual(2 / 3);
  expect(found.interval[1]).toBeGreaterThanOrEqual(2 / 3);
  expect(Math.abs(found.lambda / (2 / 3) - 1)).toBeLessThan(0.08);
});

describe("how cold", () => {
  const coldest = (noise: number, deficit = 0) => {
    let calls = 0;
    // Rounding that looks like chance.
    const loss = (w: Float64Array) => w[0] * w[0] + noise * (((calls++ * 0.618034) % 1) - 0.5);
    const problem = problemAt(
      objectiveOf(1, loss, (w, out) => out.set([2 * w[0]])),
      new Float64Array(1),
    );
    return coldestOf(problem, 100, deficit).usual;
  };

  test("is where rounding would blur nBeta K by a fiftieth", () => {
    expect(coldest(0)).toBe(1e12);
    const cold = coldest(1e-6);
    expect(cold).toBeGreaterThan(0.02 / 1e-6 / 10);
    expect(cold).toBeLessThan((0.02 / 1e-6) * 10);
    expect(coldest(1)).toBe(100);
  });

  test("or where what the point lies above its minimum would", () => {
    expect(coldest(0, 1e-4)).toBeCloseTo(0.02 / (1e-4 / 100), 6);
  });
});

test.each([
  ["few", powers([2, 4]), 2e4],
  ["many", powers([2, 4]), 1e6],
  ["many, of samples that differ in nothing that is used", { ...powers([4, 4]), samples: 500 } as Objective, 1e6],
] as const)("a budget of %s evaluations is a limit", (_, objective, budget) => {
  let calls = 0;
  let most = 0;
  const counted: Objective = {
    ...objective,
    loss(w) {
      calls++;
      return objective.loss(w);
    },
    lossAndGradient(w, out) {
      calls++;
      return objective.lossAndGradient(w, out);
    },
  };
  learningCoefficient(counted, new Float64Array(2), {
    ...{ samples: 500, nBeta: budget > 1e5 && "samples" in objective ? 500 : undefined, budget },
    progress(evaluations) {
      most = Math.max(most, evaluations);
    },
  });
  expect(most).toBeLessThanOrEqual(budget);
  // What sees that the point is a minimum counts beforehand.
  expect(calls).toBeLessThanOrEqual(budget + 10);
});
