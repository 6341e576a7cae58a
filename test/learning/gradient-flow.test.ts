import { expect, test } from "vitest";
import type { Objective } from "../../src/contracts/objective.ts";
import { gradientFlow } from "../../src/learning/gradient-flow.ts";

test("gradient flow on L = w^4 / 4 follows w(t) = w0 / sqrt(1 + 2 t w0^2)", () => {
  const quartic: Objective = {
    parameters: [{ name: "w", shape: [1], offset: 0 }],
    size: 1,
    loss: w => w[0] ** 4 / 4,
    lossAndGradient(w, gradient) {
      gradient[0] = w[0] ** 3;
      return this.loss(w);
    },
  };
  const times = [0, 1, 10, 100];
  const points = gradientFlow(quartic, Float64Array.of(1.5), times);
  times.forEach((t, i) => {
    expect(Math.abs(points[i][0] - 1.5 / Math.sqrt(1 + 2 * t * 2.25))).toBeLessThan(1e-8);
  });
});

test("along the flow the loss falls, at every time, to the minimum of a curved valley", () => {
  // Rosenbrock's valley: L = (1 - x)^2 + 10 (y - x^2)^2, least at (1, 1).
  const valley: Objective = {
    parameters: [{ name: "w", shape: [2], offset: 0 }],
    size: 2,
    loss: ([x, y]) => (1 - x) ** 2 + 10 * (y - x * x) ** 2,
    lossAndGradient(w, gradient) {
      const [x, y] = w;
      gradient[0] = -2 * (1 - x) - 40 * x * (y - x * x);
      gradient[1] = 20 * (y - x * x);
      return this.loss(w);
    },
  };
  const start = Float64Array.of(-1.2, 1);
  const times = Array.from({ length: 101 }, (_, i) => i * i * 0.004);
  const losses = gradientFlow(valley, start, times).map(w => valley.loss(w));
  for (let i = 1; i < losses.length; i++) expect(losses[i]).toBeLessThan(losses[i - 1]);
  expect(losses[100]).toBeLessThan(1e-6);
  expect(start).toEqual(Float64Array.of(-1.2, 1));
  expect(() => gradientFlow(valley, Float64Array.of(1), [0, 1])).toThrow("the length of w is 1: needs 2");
});
