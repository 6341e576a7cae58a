import { describe, expect, test } from "vitest";
import { rankFloor } from "../../../src/coefficient/exact/rank-floor.ts";
import { allModels, type ExactModel } from "../../../src/coefficient/models/index.ts";
import { compareFractions, fraction, over } from "../../../src/numerics/fraction.ts";
import { stream } from "../../../src/numerics/stream.ts";

const exactModels = allModels();

const rows = exactModels.map(model => [model.name, model] as const);

/** A point near w*, at the given distance per parameter. */
const near = (model: ExactModel, distance: number, step = 0) => {
  const random = stream({ seed: 1, purpose: model.name, step });
  return model.point().map(value => value + distance * random.normal());
};

const largest = (values: ArrayLike<number>) =>
  Array.from(values).reduce((most, value) => Math.max(most, Math.abs(value)), 0);

describe("the table", () => {
  test("has at least 60 models of 1 to 200 parameters, about a third with minibatches", () => {
    expect(exactModels.length).toBeGreaterThanOrEqual(60);
    const dimensions = exactModels.map(({ dimension }) => dimension);
    expect([Math.min(...dimensions), Math.max(...dimensions)]).toEqual([1, 200]);
    const share = exactModels.filter(({ minibatches }) => minibatches).length / exactModels.length;
    expect(share).toBeGreaterThan(0.28);
    expect(share).toBeLessThan(0.4);
  });

  test("names are unique, and multiplicities of 2 and 3 occur several times", () => {
    expect(new Set(exactModels.map(({ name }) => name)).size).toBe(exactModels.length);
    const withMultiplicity = (m: number) => exactModels.filter(({ multiplicity }) => multiplicity === m).length;
    expect(withMultiplicity(2)).toBeGreaterThanOrEqual(8);
    expect(withMultiplicity(3)).toBeGreaterThanOrEqual(4);
  });

  test("covers every family", () => {
    expect([...new Set(exactModels.map(({ family }) => family))].sort()).toEqual([
      "deep linear",
      "diagonal net",
      "line plus dot",
      "mixture",
      "normal crossing",
      "plane curve",
      "quadratic",
      "reduced rank regression",
      "squared monomials",
      "sum of powers",
      "symmetric factorisation",
      "tanh network",
      "tied diagonal net",
    ]);
  });
});

describe.each(rows)("%s", (_, model) => {
  const objective = model.objective();
  const { size } = objective;

  test("is a sampled objective with its own point, and lambda within its bounds", () => {
    expect(size).toBe(model.dimension);
    expect(objective.samples).toBe(10_000);
    expect(objective.parameters.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0)).toBe(size);
    expect(model.point()).toHaveLength(size);
    model.point().fill(99);
    expect(largest(model.point())).toBeLessThan(5);
    expect(compareFractions(model.lambda, fraction(size, 2))).toBeLessThanOrEqual(0);
    expect(compareFractions(model.lambda, fraction(0))).toBe(1);
  });

  test("gradient = central differences of the loss, and no memory of earlier points", () => {
    const gradient = new Float64Array(size);
    const w = near(model, 0.4);
    const loss = objective.lossAndGradient(w, gradient);
    expect(loss).toBe(objective.loss(w));
    expectDerivative(w, gradient, at => objective.loss(at));
    expect(model.objective().lossAndGradient(w, new Float64Array(size))).toBe(loss);
  });

  test("w* is a minimum: no slope there, no lower loss around it", () => {
    const gradient = new Float64Array(size);
    const point = model.point();
    const least = objective.lossAndGradient(point, gradient);
    expect(largest(gradient)).toBeLessThan(1e-14);
    for (const [step, distance] of [1e-3, 1e-2, 0.1, 0.1, 0.5, 1].entries())
      expect(objective.loss(near(model, distance, step + 1))).toBeGreaterThanOrEqual(least - 4e-16 * Math.abs(least));
  });

  test("the mean over all samples is the loss, with its gradient", () => {
    const w = near(model, 0.3);
    const [whole, mean] = [new Float64Array(size), new Float64Array(size)];
    const order = Int32Array.from({ length: objective.samples }, (_, i) => i);
    const loss = objective.lossAndGradient(w, whole);
    expect(Math.abs(objective.batchLossAndGradient(w, mean, order, 0, order.length) / loss - 1)).toBeLessThan(1e-11);
    expect(largest(mean.map((value, i) => value - whole[i]))).toBeLessThan(1e-11 * (1 + largest(whole)));
  });

  test(model.minibatches ? "samples differ, also at w*" : "samples are alike", () => {
    const order = Int32Array.from({ length: 10_000 }, (_, i) => (i * 7919) % 10_000);
    for (const w of [near(model, 0.3), model.point()]) {
      const gradient = new Float64Array(size);
      const losses = [0, 1, 2, 3, 4, 5, 6, 7].map(k =>
        objective.batchLossAndGradient(w, gradient, order, 64 * k, 64 * k + 64),
      );
      expect(new Set(losses).size > 1).toBe(model.minibatches);
      if (!model.minibatches) expect(losses[0]).toBe(objective.loss(w));
    }
    expect(() => objective.batchLossAndGradient(model.point(), new Float64Array(size), order, 5, 5)).toThrow(
      /^to is 5/,
    );
    const w = near(model, 0.3);
    const gradient = new Float64Array(size);
    objective.batchLossAndGradient(w, gradient, order, 5, 12);
    expectDerivative(w, gradient, at => objective.batchLossAndGradient(at, new Float64Array(size), order, 5, 12));
  });

  test("the rank of the Hessian is a floor of lambda, and the value exactly where the zero set is a manifold", () => {
    const found = rankFloor(objective, model.point(), { probes: 3 });
    expect(found.status).not.toBe("undecided");
    const order = compareFractions(model.lambda, over(fraction(found.rank!), fraction(2)));
    expect(order).toBe(found.status === "value" ? 0 : 1);
  });
});

/** Central differences along three random directions, to a part in 10^6. */
const expectDerivative = (w: Float64Array, gradient: Float64Array, loss: (at: Float64Array) => number) => {
  for (let trial = 0; trial < 3; trial++) {
    const random = stream({ seed: 2, purpose: "directions", step: trial });
    const direction = w.map(() => random.normal() / Math.sqrt(w.length));
    const h = 1e-5;
    const moved = (by: number) => loss(w.map((value, i) => value + by * direction[i]));
    const numeric = (moved(h) - moved(-h)) / (2 * h);
    const exact = gradient.reduce((sum, value, i) => sum + value * direction[i], 0);
    expect(Math.abs(numeric - exact)).toBeLessThan(1e-6 * (1 + Math.abs(exact) + Math.abs(moved(0))));
  }
};
