import { describe, expect, test } from "vitest";
import { gradientDescent } from "../../src/learning/gradient-descent.ts";
import { heavyBall } from "../../src/learning/heavy-ball.ts";
import type { VectorOptimiser } from "../../src/learning/optimiser.ts";
import { stream } from "../../src/numerics/stream.ts";
import { baoab } from "../../src/sampling/baoab.ts";
import { langevin } from "../../src/sampling/langevin.ts";
import { rmspropLangevin } from "../../src/sampling/rmsprop-langevin.ts";
import type { Sampler } from "../../src/sampling/sampler.ts";
import { sghmc } from "../../src/sampling/sghmc.ts";
import { posterior } from "../../src/sampling/target.ts";
import { quadratic } from "../learning/quadratic.ts";

const objective = quadratic([1, 3]);
const nBeta = 20;
const START = Float64Array.of(1, -2);

const sampled = (sampler: Sampler, steps: number): number[][] => {
  const target = posterior({ objective, nBeta });
  const kernel = sampler.on(target, { random: purpose => stream({ seed: 1, purpose }), burnIn: 0 });
  const state = kernel.init(START);
  return Array.from({ length: steps }, () => {
    kernel.step(state);
    return [...state.w];
  });
};

/** The same number of steps of an optimiser on the loss itself. */
const descended = (optimiser: VectorOptimiser, steps: number): number[][] => {
  const w = START.slice();
  const state = optimiser.init(2);
  const gradient = new Float64Array(2);
  return Array.from({ length: steps }, () => {
    objective.lossAndGradient(w, gradient);
    optimiser.step(w, gradient, state);
    return [...w];
  });
};

const expectSame = (a: readonly number[][], b: readonly number[][]): void => {
  expect(a.length).toBe(b.length);
  a.forEach((row, step) => {
    row.forEach((value, i) => {
      expect(Math.abs(value - b[step][i]), `step ${step}, entry ${i}`).toBeLessThan(1e-13);
    });
  });
};

describe("without noise", () => {
  test("Langevin is gradient descent with step stepSize nBeta / 2", () => {
    const stepSize = 0.01;
    expectSame(
      sampled(langevin({ stepSize, noise: 0 }), 40),
      descended(gradientDescent({ stepSize: 0.5 * stepSize * nBeta }), 40),
    );
  });

  test("SGHMC is heavy-ball descent with step stepSize nBeta with momentum 1 - friction", () => {
    const stepSize = 0.002;
    expectSame(
      sampled(sghmc({ stepSize, friction: 0.15, noise: 0 }), 60),
      descended(heavyBall({ stepSize: stepSize * nBeta, momentum: 0.85 }), 60),
    );
  });

  test("BAOAB with momenta forgotten at once is gradient descent at the rate stepSize^2 nBeta / 2", () => {
    const stepSize = 0.1;
    const path = sampled(baoab({ stepSize, friction: 1e4, noise: 0 }), 40);
    const rate = 0.5 * stepSize * stepSize * nBeta;
    // Its first step has half a kick less behind it.
    const first = START.map((w, i) => w - 0.5 * rate * [1, 3][i] * w);
    const expected = [[...first]];
    for (let step = 1; step < 40; step++) expected.push(expected[step - 1].map((w, i) => w - rate * [1, 3][i] * w));
    expectSame(path, expected);
  });

  test("RMSprop-Langevin is RMSprop, written out", () => {
    const [stepSize, decay, damping] = [0.2, 0.9, 0.5];
    const path = sampled(rmspropLangevin({ stepSize, decay, damping, keepLearning: true, noise: 0 }), 60);
    const w = [...START];
    const slope = (i: number) => nBeta * [1, 3][i] * w[i];
    const v = [0, 1].map(i => slope(i) ** 2);
    const expected = path.map(() =>
      [0, 1].map(i => {
        const g = slope(i);
        v[i] = decay * v[i] + (1 - decay) * g * g;
        w[i] -= ((stepSize / 2) * g) / (Math.sqrt(v[i]) + damping);
        return w[i];
      }),
    );
    expectSame(path, expected);
  });
});
