import { describe, expect, test } from "vitest";
import { defaultsOf } from "../../../src/contracts/field.ts";
import { collectiveLearner, collectivePosterior } from "../../../src/systems/collective-learning/learner.ts";
import { strengths } from "../../../src/systems/collective-learning/networks.ts";
import { collectiveObjective } from "../../../src/systems/collective-learning/theory/model.ts";
import { curvedDirections } from "../../support/curved-directions.ts";
import { recordsOfKind } from "../../support/records-of-kind.ts";

const address = { seed: 1, chain: 0 };
const defaults = { ...defaultsOf(collectiveLearner.controls), networks: 10 };
/** Exact mean and variance of the data, with which closed forms for infinitely many networks can be compared. */
const even = { ...defaults, sample: "quantiles" } as const;

describe.each([0, 1, 2, 3])("D = %i", D => {
  const at = { ...defaults, D, sigma: 1.3, weightDecay: 0.05 };
  const m = collectiveLearner.start(at, address);

  test("without decay and coupling the loss is the mean squared error of each on its own data, relative to zero", () => {
    const delta = [1.5, -0.3, 0.8];
    const state = Float64Array.of(0.4, -1.1, 0.7);
    const errors = state.map((each, i) => (each ** (D + 1) - delta[i]) ** 2 - delta[i] ** 2);
    expect(collectiveObjective({ D, gamma: 0, sigma: 0, delta }).loss(state)).toBeCloseTo(
      errors.reduce((a, b) => a + b, 0) / 3,
      13,
    );
  });

  test("steps of the flow lower the loss that they return", () => {
    const state = m.slice();
    const { loss } = collectiveLearner.objective(at, address);
    const before = loss(state);
    const after = collectiveLearner.move!(at, address, state, 20, 0);
    expect(after).toBe(loss(state));
    expect(after).toBeLessThan(before);
  });
});

describe("phases", () => {
  test.each([2, 0])(
    "no hidden layer, data of mean %d: the loss and the order of the only phase are exact",
    deltaMean => {
      const at = { ...even, D: 0, deltaMean, sigma: 0.4, weightDecay: 0.3 };
      const [{ label, loss }] = collectiveLearner.phases(at);
      expect(label).toBe(deltaMean === 0 ? "disordered" : "ordered");
      const { w, objective } = collectiveLearner.point!(label, at);
      expect(objective!.loss(w)).toBeCloseTo(loss, 9);
      const { order } = collectiveLearner.observe(at, w, { ...address, loss });
      expect(order).toBeCloseTo(collectiveLearner.order.theory!(at)!, 9);
    },
  );

  test.each([
    [1, 200],
    [2, 100],
    [3, 50],
  ])("D = %i, sigma = %d: the ordered state and its loss, to leading order in 1/sigma", (D, sigma) => {
    const at = { ...even, D, sigma, networks: 200 };
    const { loss } = collectiveLearner.phases(at).find(({ label }) => label === "ordered")!;
    const { w, objective } = collectiveLearner.point!("ordered", at);
    expect(objective!.loss(w) / loss).toBeCloseTo(1, 1);
    const { order } = collectiveLearner.observe(at, w, { ...address, loss });
    expect(order / collectiveLearner.order.theory!(at)!).toBeCloseTo(1, 2);
  });

  test("weak couplings, and data whose mean is not zero, have no predicted order", () => {
    for (const changed of [{ sigma: 1 }, { sigma: 0 }, { sigma: 100, deltaMean: 1 }])
      expect(collectiveLearner.order.theory!({ ...even, ...changed })).toBeNull();
  });

  test("critical values are where the ordered state ends, in either control", () => {
    for (const D of [1, 2, 3]) {
      const at = { ...even, D, sigma: 60, weightDecay: 0.01 };
      const order = (changed: object) => collectiveLearner.order.theory!({ ...at, ...changed })!;
      const { sigma, weightDecay } = collectiveLearner.critical!(at);
      for (const [name, critical] of Object.entries({ sigma, weightDecay })) {
        expect(order({ [name]: critical![0] * 0.999 }), `${D} ${name}`).toBeGreaterThan(0);
        expect(order({ [name]: critical![0] * 1.001 }), `${D} ${name}`).toBe(0);
      }
    }
    expect(collectiveLearner.critical!({ ...even, D: 0 })).toEqual({});
  });
});

test.each([
  ["ordered", {}],
  ["ordered", { D: 0, deltaMean: 2 }],
  ["disordered", { sigma: 0.01 }],
  ["disordered", { D: 2, sigma: 100, weightDecay: 0.1 }],
] as const)("%s with %j: a regular minimum, its coefficient is half the number of networks", (phase, changed) => {
  const at = { ...defaults, ...changed };
  const { w, objective } = collectiveLearner.point!(phase, at);
  expect(collectiveLearner.observe(at, w, { ...address, loss: 0 }).label).toBe(phase);
  expect(collectiveLearner.coefficient!(phase, at)!.lambda).toBe(curvedDirections(objective!, w) / 2);
});

test("a phase in which nothing settles is refused", () => {
  expect(() => collectiveLearner.point!("ordered", { ...even, sigma: 1e4 })).toThrow(/^--at is "ordered"/);
  expect(() => collectiveLearner.point!("frozen", defaults)).toThrow(/^--at is "frozen"/);
});

test.each([0, 1])("chain %i of a posterior has the private data of the first", chain => {
  const at = { D: 0, networks: 4, nBeta: 1e8, draws: 20, burnIn: 200 } as const;
  const [{ meanOrder }] = recordsOfKind(collectivePosterior, "final", at, { chain });
  const delta = strengths({ ...defaults, networks: 4 }, address);
  expect(meanOrder).toBeCloseTo(Math.abs(delta.reduce((a, b) => a + b, 0) / 4) / 1.001, 3);
});
