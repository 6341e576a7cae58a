import { describe, expect, test } from "vitest";
import { learningCoefficient } from "../../../src/coefficient/estimate/learning-coefficient.ts";
import { defaultsOf } from "../../../src/contracts/field.ts";
import { stream } from "../../../src/numerics/stream.ts";
import { balanceLearner, balancePosterior } from "../../../src/systems/law-of-balance/learner.ts";
import {
  balanceStep,
  balanceSteps,
  gaussianParameters,
  type Layers,
  signParameters,
  walkersObjective,
} from "../../../src/systems/law-of-balance/model.ts";
import { curvedDirections } from "../../support/curved-directions.ts";

const defaults = defaultsOf(balanceLearner.controls);
const address = { seed: 1, chain: 0 };

test("the gradient of the walkers' loss is its slope", () => {
  const { size, loss, lossAndGradient } = walkersObjective({ k: -0.7, noiseVar: 0.4, weightDecay: 0.3 }, 3);
  const state = new Float64Array(size);
  stream({ seed: 2, purpose: "test" }).normals(state);
  const gradient = new Float64Array(size);
  expect(lossAndGradient(state, gradient)).toBe(loss(state));
  const h = 1e-5;
  state.forEach((_w, i) => {
    const [up, down] = [1, -1].map(sign => loss(state.map((x, j) => (i === j ? x + sign * h : x))));
    expect(gradient[i]).toBeCloseTo((up - down) / (2 * h), 8);
  });
});

test("the loss of one walker is that of its samples on average, with decay", () => {
  const [k, noiseVar, weightDecay] = [0.8, 0.5, 0.2];
  const [u, w] = [0.9, -0.4];
  const random = stream({ seed: 3, purpose: "test" });
  const DRAWS = 40_000;
  const losses = Array.from({ length: DRAWS }, () => {
    const x = random.uniform() < 0.5 ? -1 : 1;
    const error = u * w * x - (k * x + Math.sqrt(noiseVar) * random.normal());
    return error * error + weightDecay * (u * u + w * w);
  });
  const mean = losses.reduce((a, b) => a + b, 0) / DRAWS;
  const spread = Math.sqrt(losses.reduce((a, b) => a + (b - mean) ** 2, 0) / DRAWS);
  const expected = walkersObjective({ k, noiseVar, weightDecay }, 1).loss(Float64Array.of(u, w));
  expect(Math.abs(mean - expected)).toBeLessThan((4 * spread) / Math.sqrt(DRAWS));
});

test("many steps are those made one by one, to the bit", () => {
  const at = { k: -0.4, noiseVar: 0.3, stepSize: 0.07, weightDecay: 0.02 };
  const random = stream({ seed: 4, purpose: "test" });
  let layers: Layers = { u: 0.6, w: -0.2 };
  for (let step = 0; step < 50; step++) {
    const { u, w } = balanceStep(layers, {
      x: 1,
      y: at.k + Math.sqrt(at.noiseVar) * random.normal(),
      eta: at.stepSize,
      gamma: at.weightDecay,
    });
    layers = { u, w };
  }
  expect(balanceSteps({ u: 0.6, w: -0.2 }, at, 50, random.at(0))).toEqual(layers);
});

test("moving is independent of how many walkers are beside, and stages differ", () => {
  const at = { ...defaults, walkers: 3 };
  const move = (stage: number) => {
    const state = balanceLearner.start(at, address);
    const loss = balanceLearner.move!(at, address, state, 20, stage);
    expect(loss).toBe(balanceLearner.objective(at, address).loss(state));
    return state;
  };
  expect(move(0)).toEqual(move(0));
  expect(move(1)).not.toEqual(move(0));
  const alone = balanceLearner.start({ ...at, walkers: 1 }, address);
  balanceLearner.move!({ ...at, walkers: 1 }, address, alone, 20, 0);
  expect(alone).toEqual(move(0).slice(0, 2));
});

describe.each([
  ["without decay", { k: 0.5 }, "learned", 1 / 2, 1],
  ["a negative slope", { k: -0.5 }, "learned", 1 / 2, 1],
  ["with decay", { k: 0.5, weightDecay: 0.1 }, "learned", 1, 2],
  ["more decay than slope", { k: 0.5, weightDecay: 0.8 }, "sparse", 1, 2],
  ["as much decay as slope: quartic along u = w", { k: 0.5, weightDecay: 0.5 }, "sparse", 3 / 4, 1],
] as const)("%s", (_name, changed, phase, lambda, curved) => {
  const at = { ...defaults, ...changed };
  const { objective, w } = balanceLearner.point!(phase, at);

  test("the point is a minimum with the loss and the label of the lowest phase", () => {
    const lowest = balanceLearner.phases(at).at(-1)!;
    expect(lowest.label).toBe(phase);
    expect(objective!.loss(w)).toBeCloseTo(lowest.loss, 14);
    expect(balanceLearner.observe(at, w, { ...address, loss: lowest.loss }).label).toBe(phase);
    expect(curvedDirections(objective!, w)).toBe(curved);
  });

  test("the learning coefficient is half the curved directions, and a quarter more where one is quartic", () => {
    expect(balanceLearner.coefficient!(phase, at)?.lambda).toBe(lambda);
    expect([curved / 2, curved / 2 + 1 / 4]).toContain(lambda);
  });
});

test.each([
  ["learned", {}],
  ["learned", { weightDecay: 0.1 }],
  ["sparse", { weightDecay: 0.5 }],
] as const)("sampling finds the learning coefficient: %s with %j", (phase, changed) => {
  const at = { ...defaults, k: 0.5, ...changed };
  const { objective, w } = balanceLearner.point!(phase, at);
  const { lambda } = balanceLearner.coefficient!(phase, at)!;
  const result = learningCoefficient(objective!, w, { samples: 1e6, budget: 1e5 });
  if (result.kind !== "estimate") throw new Error(result.text);
  expect(Math.abs(result.lambda - lambda)).toBeLessThan(4 * result.standardError);
  expect(result.standardError).toBeLessThan(0.15 * lambda);
});

test("zero is a saddle below the critical decay, and there is nothing to learn above it", () => {
  expect(() => balanceLearner.point!("sparse", defaults)).toThrow(
    /^--at is "sparse": needs learned, as zero is a saddle/,
  );
  expect(() => balanceLearner.point!("learned", { ...defaults, weightDecay: 0.2 })).toThrow(
    /^--at is "learned": needs sparse/,
  );
});

test("critical values are where the predicted order parameter ends", () => {
  for (const changed of [{}, { k: -0.3, weightDecay: 0.1, noiseVar: 2 }]) {
    const at = { ...defaults, ...changed };
    const { stepSize, weightDecay } = balanceLearner.critical!(at);
    const order = (control: object) => balanceLearner.order.theory!({ ...at, ...control })!;
    for (const [name, critical] of Object.entries({ stepSize, weightDecay })) {
      expect(order({ [name]: critical![0] * 0.999 })).toBeGreaterThan(0);
      expect(order({ [name]: critical![0] * 1.001 })).toBe(0);
    }
  }
  expect(balanceLearner.critical!({ ...defaults, noiseVar: 0 }).stepSize).toEqual([]);
});

test("inputs +-1 have no noise of x^2, others have", () => {
  expect(signParameters({ k: 0.2, noiseVar: 0.7 })).toEqual({ a1: 0, a2: 0, a3: 0.7, b1: 1, b2: 0.2 });
  expect(gaussianParameters(0.2, 0.7).a1).toBe(2);
});

test("a posterior is that of one walker unless more are asked for", () => {
  expect(balancePosterior.settings.walkers.default).toBe(1);
});
