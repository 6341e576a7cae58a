import { describe, expect, test } from "vitest";
import { exp } from "../../src/numerics/elementary.ts";
import { baoab } from "../../src/sampling/baoab.ts";
import type { Projection } from "../../src/sampling/chain-run.ts";
import { chainsOf } from "../../src/sampling/draws.ts";
import { ellipticalSlice } from "../../src/sampling/elliptical-slice.ts";
import { hmc } from "../../src/sampling/hmc.ts";
import { mala } from "../../src/sampling/mala.ts";
import { nuts } from "../../src/sampling/nuts.ts";
import { localised } from "../../src/sampling/prior.ts";
import { rmspropLangevin } from "../../src/sampling/rmsprop-langevin.ts";
import { sample } from "../../src/sampling/sample.ts";
import type { Sampler } from "../../src/sampling/sampler.ts";
import { sghmc } from "../../src/sampling/sghmc.ts";
import { sgnht } from "../../src/sampling/sgnht.ts";
import { posterior } from "../../src/sampling/target.ts";
import { tempering } from "../../src/sampling/tempering.ts";
import { quadratic } from "../learning/quadratic.ts";
import { BATCH, noisyQuadratic } from "./noisy-quadratic.ts";
import { expectMean } from "./support.ts";

/** The squares of two parameters. */
const SQUARES: Projection = {
  names: ["a", "b"],
  write(w, out) {
    out[0] = w[0] * w[0];
    out[1] = w[1] * w[1];
  },
};

/*
 * Independent normals of precision a = nBeta h + gamma around the centre: on them every sampler is a linear process (or exact), and its
 * stationary moments are known at any step size.
 */
const CURVATURES = [1, 4, 9];
const [N_BETA, GAMMA] = [10, 2];
const CENTRE = Float64Array.of(0, 0, 0);
const precisions = CURVATURES.map(h => N_BETA * h + GAMMA);
const target = posterior({
  objective: quadratic(CURVATURES),
  nBeta: N_BETA,
  prior: localised({ gamma: GAMMA, centre: CENTRE }),
});

const squares = (
  sampler: Sampler,
  { draws, thin = 1, burnIn = 1000 }: { draws: number; thin?: number; burnIn?: number },
) =>
  sample({
    sampler,
    target,
    seed: 5,
    chains: 2,
    draws,
    thin,
    burnIn,
    start: CENTRE,
    keep: {
      names: CURVATURES.map((_, i) => `w${i}`).concat(CURVATURES.map((_, i) => `w${i}^2`)),
      write(w, out) {
        for (let i = 0; i < 3; i++) {
          out[i] = w[i];
          out[3 + i] = w[i] * w[i];
        }
      },
    },
  });

const expectVariances = (samples: ReturnType<typeof squares>, variances: readonly number[], ess: number): void =>
  variances.forEach((variance, i) => {
    expectMean(chainsOf(samples, `w${i}`), 0, { ess });
    expectMean(chainsOf(samples, `w${i}^2`), variance, { ess });
  });

/** Stationary variance of x for (x, y) <- M (x, y) + noise of covariance (q00, q01, q11), by iteration. */
const stationary = (m: readonly number[], [q00, q01, q11]: readonly number[]): number => {
  let [xx, xy, yy] = [0, 0, 0];
  for (let i = 0; i < 100_000; i++)
    [xx, xy, yy] = [
      m[0] * m[0] * xx + 2 * m[0] * m[1] * xy + m[1] * m[1] * yy + q00,
      m[0] * m[2] * xx + (m[0] * m[3] + m[1] * m[2]) * xy + m[1] * m[3] * yy + q01,
      m[2] * m[2] * xx + 2 * m[2] * m[3] * xy + m[3] * m[3] * yy + q11,
    ];
  return xx;
};

describe("unadjusted samplers have the stationary variance of their own recursion", () => {
  test("SGHMC: v <- (1 - friction) v - stepSize a w + noise, w <- w + v", () => {
    const [stepSize, friction] = [0.01, 0.2];
    const noise = 2 * friction * stepSize;
    const variances = precisions.map(a => {
      const m = [1 - stepSize * a, 1 - friction, -stepSize * a, 1 - friction];
      return stationary(m, [noise, noise, noise]);
    });
    // The bias is there to be seen.
    expect(variances[2] * precisions[2]).toBeGreaterThan(1.2);
    expectVariances(squares(sghmc({ stepSize, friction }), { draws: 20_000, thin: 5 }), variances, 4000);
  });

  test("SGHMC told the noise of its batches adds as much less, and loses nothing", () => {
    const [stepSize, friction, gradientVariance] = [0.01, 0.3, 40];
    const curvatures = [2, 5];
    const samples = sample({
      sampler: sghmc({ stepSize, friction, gradientVariance, batch: BATCH }),
      target: posterior({ objective: noisyQuadratic(curvatures, 1, gradientVariance), nBeta: 1 }),
      seed: 7,
      chains: 2,
      draws: 12_000,
      thin: 8,
      burnIn: 1000,
      start: new Float64Array(2),
      keep: SQUARES,
    });
    const noise = 2 * friction * stepSize;
    curvatures.forEach((a, i) => {
      const m = [1 - stepSize * a, 1 - friction, -stepSize * a, 1 - friction];
      const error = expectMean(chainsOf(samples, "ab"[i]), stationary(m, [noise, noise, noise]), { ess: 1500 });
      // Untold it would be hotter by stepSize gradientVariance / (2 friction) = 67 %.
      expect(error * a).toBeLessThan(0.1);
    });
  });

  test("BAOAB: no bias at all in the positions, at 60 % of the largest stable step", () => {
    const [stepSize, friction] = [1.2 / Math.sqrt(precisions[2]), 2];
    const c = exp(-friction * stepSize);
    const half = stepSize / 2;
    for (const a of precisions) {
      // Matrices (w, p) of the kick B, the drift A and the friction O; one step is B A O A B.
      const b = [1, 0, -half * a, 1];
      const d = [1, half, 0, 1];
      const product = (x: readonly number[], y: readonly number[]) => [
        x[0] * y[0] + x[1] * y[2],
        x[0] * y[1] + x[1] * y[3],
        x[2] * y[0] + x[3] * y[2],
        x[2] * y[1] + x[3] * y[3],
      ];
      const after = product(b, d);
      const m = [d, [1, 0, 0, c], d, b].reduce((x, y) => product(x, y), b);
      const [n0, n1] = [after[1], after[3]].map(entry => entry * Math.sqrt(1 - c * c));
      expect(stationary(m, [n0 * n0, n0 * n1, n1 * n1]) * a).toBeCloseTo(1, 10);
    }
    expectVariances(
      squares(baoab({ stepSize, friction }), { draws: 30_000 }),
      precisions.map(a => 1 / a),
      4000,
    );
  });

  test("RMSprop-Langevin with its preconditioner held: 1 / (a (1 - stepSize G a / 4)), the other G for every direction", () => {
    const [stepSize, damping] = [0.2, 1];
    const sampler = rmspropLangevin({ stepSize, damping });
    // The preconditioner that the burn-in ends with, from the state itself.
    const kernelStates: Float64Array[] = [];
    const watched: Sampler = {
      ...sampler,
      on(t, context) {
        const kernel = sampler.on(t, context);
        return {
          ...kernel,
          step(state) {
            kernel.step(state as never);
            if (state.step === context.burnIn)
              kernelStates.push((state as never as { squares: Float64Array }).squares.slice());
          },
        } as ReturnType<Sampler["on"]>;
      },
    };
    const samples = squares(watched, { draws: 40_000 });
    expect(kernelStates.length).toBe(2);
    kernelStates.forEach((held, chain) => {
      const one = { ...samples, draws: [samples.draws[chain]] };
      precisions.forEach((a, i) => {
        const length = stepSize / (damping + Math.sqrt(held[i]));
        expectMean(chainsOf(one, `w${i}^2`), 1 / (a * (1 - (length * a) / 4)), { ess: 1000 });
      });
    });
  });

  test("SGNHT: the thermostat takes up the noise of the gradients, and the variances are those of the target", () => {
    const [stepSize, diffusion, noise] = [0.02, 1, 80];
    const objective = noisyQuadratic([1, 4], 1, noise);
    let thermostat = 0;
    const samples = sample({
      sampler: sgnht({ stepSize, diffusion, batch: BATCH }),
      target: posterior({ objective, nBeta: 1 }),
      seed: 6,
      chains: 2,
      draws: 20_000,
      thin: 10,
      burnIn: 3000,
      start: new Float64Array(2),
      keep: SQUARES,
    });
    for (const { thermostat: last } of samples.reports) thermostat += Number(last) / 2;
    // Friction that takes up 2 diffusion + noise stepSize of heating; the noise alone would heat to 1 + noise stepSize / 2 = 1.8.
    expect(Math.abs(thermostat - (diffusion + (noise * stepSize) / 2))).toBeLessThan(0.5);
    expectMean(chainsOf(samples, "a"), 1, { ess: 2000 });
    expectMean(chainsOf(samples, "b"), 1 / 4, { ess: 2000 });
  });
});

describe("adjusted samplers have the variance of the target", () => {
  test.each<[string, Sampler, number, number]>([
    ["MALA", mala(), 40_000, 4000],
    ["MALA, mass learnt", mala({ mass: "dense" }), 20_000, 4000],
    ["HMC", hmc({ steps: 3 }), 20_000, 4000],
    ["HMC, no mass", hmc({ steps: 3, mass: "none" }), 20_000, 4000],
    ["HMC, dense mass", hmc({ steps: 3, mass: "dense" }), 20_000, 4000],
    ["NUTS", nuts(), 10_000, 4000],
    ["NUTS, no mass", nuts({ mass: "none" }), 10_000, 4000],
    ["NUTS, dense mass", nuts({ mass: "dense" }), 10_000, 4000],
    ["tempering", tempering({ local: mala(), rungs: 4 }), 15_000, 2500],
    ["elliptical slice", ellipticalSlice(), 40_000, 2500],
  ])("%s", (_name, sampler, draws, ess) => {
    expectVariances(
      squares(sampler, { draws }),
      precisions.map(a => 1 / a),
      ess,
    );
  });
});
