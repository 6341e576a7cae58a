import { expect, test } from "vitest";
import type { Objective } from "../../src/contracts/objective.ts";
import { langevinStep } from "../../src/sampling/langevin.ts";
import { leapfrog } from "../../src/sampling/leapfrog.ts";
import { posteriorPotential } from "../../src/sampling/potential.ts";

const half: Objective = {
  parameters: [{ name: "w", shape: [2], offset: 0 }],
  size: 2,
  loss: w => 0.5 * (w[0] * w[0] + 4 * w[1] * w[1]),
  lossAndGradient(w, gradient) {
    gradient[0] = w[0];
    gradient[1] = 4 * w[1];
    return this.loss(w);
  },
};

test("leapfrog is reversible: momentum flipped, it returns to the start", () => {
  const potential = posteriorPotential(half, { nBeta: 3, priorStd: 2 });
  const w = Float64Array.of(1, -0.5);
  const p = Float64Array.of(0.3, 0.8);
  const settings = { stepSize: 0.1, steps: 25 };
  const gradient = new Float64Array(2);
  const forth = leapfrog(potential, w, p, settings, gradient);
  p[0] *= -1;
  p[1] *= -1;
  const back = leapfrog(potential, w, p, settings, gradient);
  expect(Math.abs(w[0] - 1)).toBeLessThan(1e-14);
  expect(Math.abs(w[1] + 0.5)).toBeLessThan(1e-14);
  expect(Math.abs(forth + back)).toBeLessThan(1e-13);
});

test("the energy error of leapfrog falls as the square of the step", () => {
  const potential = posteriorPotential(half, { nBeta: 1, priorStd: 1 });
  const error = (stepSize: number, steps: number) => {
    const w = Float64Array.of(1, 1);
    const p = Float64Array.of(0, 0.5);
    return Math.abs(leapfrog(potential, w, p, { stepSize, steps }, new Float64Array(2)));
  };
  const ratio = error(0.02, 50) / error(0.01, 100);
  expect(ratio).toBeGreaterThan(3.9);
  expect(ratio).toBeLessThan(4.1);
});

test("on a quadratic the Langevin step is the affine map w (1 - eps (nBeta a + gamma) / 2) + ...", () => {
  const [stepSize, nBeta, gamma] = [0.01, 10, 2];
  const w = Float64Array.of(1, 2);
  const loss = langevinStep(
    half,
    { stepSize, nBeta, gamma, centre: Float64Array.of(0.5, 0.5) },
    w,
    Float64Array.of(1, -1),
    new Float64Array(2),
  );
  expect(loss).toBe(8.5);
  expect(w[0]).toBeCloseTo(1 - 0.005 * (10 + 2 * 0.5) + 0.1, 15);
  expect(w[1]).toBeCloseTo(2 - 0.005 * (10 * 8 + 2 * 1.5) - 0.1, 15);
});
