import { describe, expect, test } from "vitest";
import { type CoefficientEstimate, learningCoefficient } from "../../../src/coefficient/estimate/index.ts";
import type { Objective } from "../../../src/contracts/objective.ts";
import { crossing, objectiveOf, planeAndPoint, powers } from "./losses.ts";

const SETTINGS = { samples: 10_000, budget: 1.5e5, seed: 3 };

const estimate = (
  objective: Objective,
  at: Float64Array = new Float64Array(objective.size),
  settings = {},
): CoefficientEstimate => {
  const result = learningCoefficient(objective, at, { ...SETTINGS, ...settings });
  if (result.kind === "failure") throw new Error(result.text);
  return result;
};

describe("values known in closed form", () => {
  const cases: readonly (readonly [string, Objective, Float64Array, number, number])[] = [
    ["two curved directions of four", powers([2, 2, 2, 2], [1, 0.25, 0, 0]), new Float64Array(4), 1, 0.02],
    ["a fourth power", powers([4]), new Float64Array(1), 1 / 4, 0.02],
    ["powers 2, 4 and 6", powers([2, 4, 6]), new Float64Array(3), 1 / 2 + 1 / 4 + 1 / 6, 0.03],
    ["a crossing, multiplicity 2", crossing, new Float64Array(2), 1 / 2, 0.15],
    ["an arm of the crossing", crossing, Float64Array.of(1, 0), 1 / 2, 0.03],
  ];
  test.each(cases)("%s", (_, objective, at, lambda, tolerance) => {
    const result = estimate(objective, at);
    expect(Math.abs(result.lambda / lambda - 1)).toBeLessThan(tolerance);
    expect(result.interval[0]).toBeLessThanOrEqual(lambda);
    expect(result.interval[1]).toBeGreaterThanOrEqual(lambda);
  });
});

test("the crossing makes a logarithm likely, a power does not", () => {
  expect(estimate(crossing).multiplicity.probabilities[0]).toBeLessThan(0.7);
  // An account by the temperature alone, which sees less, has half the weight.
  expect(estimate(powers([4, 4])).multiplicity.probabilities[0]).toBeGreaterThan(0.8);
});

test("the interval is of the point's own phase, and the other phase is named with the law of its crossing", () => {
  const result = estimate(planeAndPoint(6), undefined, { samples: 300 });
  expect(result.interval[0]).toBeLessThan(1.5);
  expect(result.interval[1]).toBeGreaterThan(1.5);
  const other = result.health.findings.find(({ name }) => name === "escape");
  expect(other?.text).toMatch(/another phase takes over below gamma 4/);
  // log nBeta = gamma D^2 / (2 (3/2 - 1/2)) with D at least 1, the distance of the plane.
  expect(Number(/log nBeta about ([\d.]+)/.exec(other?.text ?? "")?.[1])).toBeLessThan(Math.log(300));
});

describe("invariance", () => {
  const base = powers([2, 4, 4]);
  const reference = estimate(base);
  const alike = (other: CoefficientEstimate) =>
    expect(Math.abs(other.lambda - reference.lambda)).toBeLessThan(
      0.01 + 3 * Math.hypot(other.standardError, reference.standardError),
    );

  test("under a change of units", () => {
    const v = new Float64Array(3);
    const inUnits = objectiveOf(
      3,
      w => base.loss(v.map((_, i) => 7 * w[i])),
      (w, out) => {
        base.lossAndGradient(
          v.map((_, i) => 7 * w[i]),
          out,
        );
        for (let i = 0; i < 3; i++) out[i] *= 7;
      },
    );
    alike(estimate(inUnits));
  });

  test("under a permutation of the parameters", () => alike(estimate(powers([4, 2, 4]))));

  test("under more flat directions", () => alike(estimate(powers([2, 4, 4, 2, 2], [1, 1, 1, 0, 0]))));

  test("under a factor of the loss, which changes nothing in the limit", () =>
    alike(estimate(powers([2, 4, 4], [5, 5, 5]))));
});

test("same seed, same bits; another seed, other ones", () => {
  const short = { budget: 4e4 };
  const first = estimate(powers([2, 4]), undefined, short);
  expect(estimate(powers([2, 4]), undefined, short)).toEqual(first);
  expect(estimate(powers([2, 4]), undefined, { ...short, seed: 4 }).lambda).not.toBe(first.lambda);
});

test("a refined coefficient is that of the loss with the other arrays frozen", () => {
  const whole = powers([2, 2, 4]);
  const named: Objective = {
    ...whole,
    parameters: [
      { name: "curved", shape: [2], offset: 0 },
      { name: "quartic", shape: [1], offset: 2 },
    ],
  };
  expect(estimate(named, undefined, { parameters: ["quartic"] }).lambda).toBeCloseTo(0.25, 2);
  expect(estimate(named, undefined, { parameters: ["curved"] }).lambda).toBeCloseTo(1, 2);
});
