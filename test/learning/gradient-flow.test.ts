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
