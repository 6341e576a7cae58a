import { describe, expect, test } from "vitest";
import { drawnModels } from "../../../bench/coefficient/drawn-models.ts";

const models = drawnModels(1);

test("sixty models, the same for the same seed", () => {
  expect(models).toHaveLength(60);
  const told = (seed: number) => drawnModels(seed).map(({ name, truth, multiplicity }) => [name, truth, multiplicity]);
  expect(told(1)).toEqual(models.map(({ name, truth, multiplicity }) => [name, truth, multiplicity]));
  expect(told(2)).not.toEqual(told(1));
});

describe.each(models)("$name", ({ objective, point, dimension, truth, multiplicity }) => {
  const K = objective();
  const at = point();

  test("is 0 at its point, and nowhere below", () => {
    expect(at).toHaveLength(dimension);
    expect(K.loss(at)).toBeLessThan(1e-28);
    for (const step of [0.3, -0.01]) expect(K.loss(at.map((x, i) => x + step * (i + 1)))).toBeGreaterThanOrEqual(0);
    expect(truth).toBeGreaterThan(0);
    expect(truth).toBeLessThanOrEqual(dimension / 2);
    expect(multiplicity).toBeLessThanOrEqual(dimension);
  });

  test("has the gradient of its differences", () => {
    const w = at.map((x, i) => x + 0.1 * ((i % 3) - 0.8) * (x === 0 ? 1 : Math.abs(x)));
    const gradient = new Float64Array(dimension);
    const loss = K.lossAndGradient(w, gradient);
    for (let i = 0; i < dimension; i++) {
      const scale = w[i] === 0 ? 1 : Math.abs(w[i]);
      const [ahead, behind] = [w.slice(), w.slice()];
      ahead[i] += 1e-5 * scale;
      behind[i] -= 1e-5 * scale;
      const slope = (K.loss(ahead) - K.loss(behind)) / 2e-5;
      expect(Math.abs(slope - gradient[i] * scale)).toBeLessThan(1e-6 * loss + 1e-14);
    }
  });
});
