import { describe, expect, test } from "vitest";
import type { Objective } from "../../../src/contracts/objective.ts";
import { gaussianData } from "../../../src/learning/data/gaussian.ts";
import { descend } from "../../../src/learning/descend.ts";
import { gradientDescent } from "../../../src/learning/gradient-descent.ts";
import { fullBatch } from "../../../src/learning/gradients.ts";
import { linearObjective } from "../../../src/learning/networks/linear.ts";
import { noisyLinearObjective } from "../../../src/learning/networks/noisy-linear.ts";
import { nonlinearObjective } from "../../../src/learning/networks/nonlinear.ts";
import { activations } from "../../../src/numerics/activations.ts";
import { stream } from "../../../src/numerics/stream.ts";
import { decideMap, descendMap } from "../../../src/systems/deep-linear/map-descent.ts";
import { networkState } from "../../../src/systems/deep-linear/phases.ts";
import { sslObjective } from "../../../src/systems/linear-ssl/model.ts";
import { vaeObjective } from "../../../src/systems/linear-vae/model.ts";
import { mirrorLosses } from "../../../src/systems/mirror-symmetry/model.ts";

const point = (size: number, seed = 1): Float64Array => {
  const w = new Float64Array(size);
  stream({ seed, purpose: "point" }).normals(w);
  return w.map(value => 0.5 * value + 0.1);
};

/** Largest distance of the gradient from central differences of the loss. */
const gradientError = (objective: Objective, w: Float64Array): number => {
  const gradient = new Float64Array(objective.size);
  objective.lossAndGradient(w, gradient);
  const h = 1e-5;
  let worst = 0;
  for (let i = 0; i < w.length; i++) {
    const moved = w.slice();
    moved[i] += h;
    const up = objective.loss(moved);
    moved[i] -= 2 * h;
    worst = Math.max(worst, Math.abs(gradient[i] - (up - objective.loss(moved)) / (2 * h)));
  }
  return worst;
};

const moments = {
  A0: [
    [1.2, 0.2, 0],
    [0.2, 0.8, 0.1],
    [0, 0.1, 0.5],
  ],
  n: [0.5, -0.2, 0.3],
  Ey2: 1.5,
};
const shape = { gammaU: 0.1, gammaW: [0.2, 0.05], widths: [4, 2], sigma2: [0.6, 1.1] };
const square = [
  [1, 0.3],
  [0.3, 0.4],
];

const objectives: { readonly [name: string]: Objective } = {
  plain: linearObjective(moments, shape),
  "plain, no hidden layer": linearObjective(moments, { gammaU: 0.1, gammaW: [], widths: [] }),
  noisy: noisyLinearObjective(moments, shape),
  tanh: nonlinearObjective(gaussianData({ dx: 2, samples: 5, strength: 1, skew: 0.3, cubic: 0.2, seed: 1 }), {
    widths: [3, 2],
    gamma: 0.1,
    activation: activations.tanh,
  }),
  swish: nonlinearObjective(gaussianData({ dx: 1, samples: 5, strength: 1, skew: 0.3, cubic: 0.2, seed: 1 }), {
    widths: [3],
    gamma: 0.1,
    activation: activations.swish,
  }),
  gelu: nonlinearObjective(gaussianData({ dx: 1, samples: 5, strength: 1, skew: 0, cubic: 0, seed: 1 }), {
    widths: [2],
    gamma: 0.1,
    activation: activations.gelu,
  }),
  "contrastive loss": sslObjective({
    A: square,
    C: [
      [0.5, -0.1],
      [-0.1, 0.3],
    ],
    alpha: 1.4,
    weightDecay: 0.1,
    width: 2,
  }),
  "variational autoencoder": vaeObjective(
    {
      A: square,
      M: [
        [1, 0.2],
        [-0.3, 0.9],
        [0.1, 0.4],
      ],
      noiseTrace: 0.2,
    },
    { d1: 2, beta: 0.7, etaEnc: 1.1, etaDec: 0.9, sigma: "learned" },
  ),
  "rescaling pair": mirrorLosses.rescaling.objective(1.2, 0.3),
  "permutation pair": mirrorLosses.permutation.objective(1.2, 0.3),
};

describe("gradients are those of their losses", () => {
  test.each(Object.entries(objectives))("%s", (_name, objective) => {
    const w = point(objective.size).map(value => Math.abs(value) + 0.2);
    expect(gradientError(objective, w)).toBeLessThan(2e-8);
  });
});

test("without noise the noisy loss is the plain one", () => {
  const quiet = noisyLinearObjective(moments, { ...shape, sigma2: [0, 0] });
  const w = point(quiet.size);
  expect(quiet.loss(w)).toBeCloseTo(linearObjective(moments, shape).loss(w), 13);
});

test("the noisy loss is the mean over drawn noise", () => {
  const w = point(24);
  const [W1, W2, U] = [w.subarray(0, 12), w.subarray(12, 20), w.subarray(20, 22)];
  const random = stream({ seed: 3, purpose: "dropout" });
  // White inputs, so that x can be drawn; target n . x.
  const white = {
    A0: [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ],
    n: moments.n,
    Ey2: 0.38,
  };
  const own = noisyLinearObjective(white, { ...shape, gammaU: 0, gammaW: [0, 0], sigma2: [0.3, 0.5] });
  const draws = 200_000;
  let [sum, squares] = [0, 0];
  const [x, first] = [new Float64Array(3), new Float64Array(4)];
  for (let draw = 0; draw < draws; draw++) {
    random.normals(x);
    for (let i = 0; i < 4; i++) {
      const state = W1[3 * i] * x[0] + W1[3 * i + 1] * x[1] + W1[3 * i + 2] * x[2];
      first[i] = (1 + Math.sqrt(0.3) * random.normal()) * state;
    }
    let error = -(moments.n[0] * x[0] + moments.n[1] * x[1] + moments.n[2] * x[2]);
    for (let i = 0; i < 2; i++) {
      let state = 0;
      for (let j = 0; j < 4; j++) state += W2[4 * i + j] * first[j];
      error += U[i] * (1 + Math.sqrt(0.5) * random.normal()) * state;
    }
    sum += error * error;
    squares += error ** 4;
  }
  const mean = sum / draws;
  const standardError = Math.sqrt((squares / draws - mean * mean) / draws);
  expect(Math.abs(own.loss(w.subarray(0, 22)) - mean)).toBeLessThan(4 * standardError);
});

describe("a map of networks", () => {
  const widths = [4, 4];
  const [dx, size] = [3, 4 * 3 + 16 + 4];
  const runs = 60;
  const gammas = Float64Array.from({ length: runs }, (_, i) => 0.02 + 0.012 * i);
  const strengths = Float64Array.from({ length: runs }, (_, i) => 0.2 + 0.25 * (i % 6));
  const w = point(runs * size, 7);

  test("descends as each of them does by itself", () => {
    const moved = w.slice();
    descendMap({ dx, widths, gammas, strengths, w: moved, stepSize: 0.03, steps: 50 });
    for (const run of [0, 17, 59]) {
      const [gamma, N] = [gammas[run], strengths[run]];
      const own = w.slice(run * size, (run + 1) * size);
      const objective = linearObjective(
        {
          A0: [
            [1, 0, 0],
            [0, 1, 0],
            [0, 0, 1],
          ],
          n: [N, 0, 0],
          Ey2: N * N,
        },
        { gammaU: gamma, gammaW: [gamma, gamma], widths },
      );
      descend({
        gradients: fullBatch(objective),
        optimiser: gradientDescent({ stepSize: 0.03 }),
        w: own,
        checkpoints: [50],
        visit: () => {},
      });
      own.forEach((value, i) => {
        expect(moved[run * size + i]).toBeCloseTo(value, 12);
      });
    }
  });

  test("certificates name the phases in which the whole descents end", () => {
    const end = w.slice();
    const map = { dx, widths, gammas, strengths, stepSize: 0.03, steps: 6000 };
    descendMap({ ...map, w: end });
    const decided = decideMap({ ...map, w });
    const labels = Array.from({ length: runs }, (_, run) =>
      Number(networkState(end.subarray(run * size, (run + 1) * size), dx, widths).label === "learned"),
    );
    expect([...decided.learned]).toEqual(labels);
    expect(new Set(labels).size).toBe(2);
    expect(decided.steps).toBeLessThan(0.3 * runs * 6000);
  });
});
