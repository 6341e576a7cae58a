import type { Control, Settings } from "../../contracts/field.ts";
import type { Protocol } from "../../contracts/protocol.ts";
import { descend } from "../../learning/descend.ts";
import { fullBatch } from "../../learning/gradients.ts";
import { heavyBall } from "../../learning/heavy-ball.ts";
import { symmetricEigenvalues } from "../../numerics/linear-algebra.ts";
import { type Stream, stream } from "../../numerics/stream.ts";
import { annealProtocol } from "../anneal.ts";
import { sslObjective } from "./model.ts";
import { type SslProblem, sslMinimum, survivingDirections } from "./theory.ts";

/** Eigenvalues of W^T W above this count as directions that are alive. */
const ALIVE = 1e-3;
/** Random problems keep this far from any threshold, where descent would take for ever. */
const CLEAR = 0.05;

/** Data and augmentation of the sweeps: variances and strengths of three directions. */
const DATA = [1.2, 0.7, 0.3] as const;
const AUGMENTATION = [0.3, 0.4, 0.2] as const;

/** Weight decay of the studies that sweep the augmentation. */
export const AUGMENTATION_SWEEPS = { "ssl-augmentation": 0.02, "ssl-augmentation-decay": 0.2 } as const;

/** Strength of the augmentation from which each direction is collapsed: a_i <= (alpha - 1) c_i + gamma. */
export const collapseStrengths = (alpha: number, gamma: number): number[] =>
  DATA.map((a, i) => (a - gamma) / ((alpha - 1) * AUGMENTATION[i]));

const diagonal = (entries: readonly number[]) => entries.map((a, i) => entries.map((_, j) => (i === j ? a : 0)));

export const problemAt = (settings: Settings): SslProblem => {
  const { alpha, gamma, augmentation, width } = settings as { [name: string]: number };
  return {
    A: diagonal(DATA),
    C: diagonal(AUGMENTATION.map(c => augmentation * c)),
    alpha,
    gamma,
    width,
  };
};

/** Rank and squared norm of an encoder. */
const encoderState = (w: Float64Array, d: number) => {
  const gram = new Float64Array(d * d);
  for (let i = 0; i < d; i++)
    for (let j = 0; j < d; j++) for (let k = 0; k < w.length / d; k++) gram[i * d + j] += w[k * d + i] * w[k * d + j];
  const spectrum = [...symmetricEigenvalues(gram, d)].reverse();
  return { spectrum, rank: spectrum.filter(value => value > ALIVE).length };
};

const controls = {
  alpha: { kind: "number", summary: "weight of the alignment", default: 1.5, min: 0, max: 100 },
  gamma: { kind: "number", summary: "weight decay", default: 0.02, min: 0, max: 100 },
  augmentation: { kind: "number", summary: "strength of the augmentation", default: 1, min: 0, max: 100 },
  width: { kind: "integer", summary: "output dimensions", default: 3, min: 1, max: 8 },
} as const satisfies { readonly [name: string]: Control };

const spd = (random: Stream, d: number, scale: number): number[][] => {
  const G = Array.from({ length: d }, () => Array.from({ length: d }, () => random.normal()));
  return G.map((row, i) =>
    G.map((other, j) => scale * (row.reduce((sum, x, k) => sum + x * other[k], 0) / d + (i === j ? 0.1 : 0))),
  );
};

const randomProblem = (random: Stream): SslProblem => {
  for (;;) {
    const d = 3 + random.below(2);
    const problem = {
      A: spd(random, d, 1),
      C: spd(random, d, 0.6),
      alpha: 1 + 2 * random.uniform(),
      gamma: 0.4 * random.uniform() + 0.02,
      width: 2 + random.below(3),
    };
    const B = Float64Array.from({ length: d * d }, (_, at) => {
      const [i, j] = [Math.floor(at / d), at % d];
      return problem.A[i][j] - (problem.alpha - 1) * problem.C[i][j] - (i === j ? problem.gamma : 0);
    });
    if (symmetricEigenvalues(B, d).every(value => Math.abs(value) > CLEAR)) return problem;
  }
};

export const linearSslProtocols: { readonly [name: string]: Protocol } = {
  anneal: annealProtocol({
    summary: "sweep augmentation, alignment or weight decay slowly up and down: directions collapse one by one",
    settings: controls,
    controls: ["augmentation", "gamma", "alpha"],
    defaults: { from: 0.1, to: 9, stepSize: 0.05 },
    objective: settings => sslObjective(problemAt(settings)),
    start: (settings, { seed, chain }) => {
      const w = new Float64Array((settings.width as number) * DATA.length);
      stream({ seed, chain, purpose: "start" }).normals(w);
      return w.map(value => 0.5 * value);
    },
    observe: (_, w) => {
      const { spectrum, rank } = encoderState(w, DATA.length);
      return {
        order: Math.sqrt(
          Math.max(
            0,
            spectrum.reduce((a, b) => a + b, 0),
          ),
        ),
        rank,
        spectrum,
        label: `rank ${rank}`,
      };
    },
  }),

  train: {
    name: "train",
    summary: "gradient descent on a random problem, one a chain, beside the count of surviving directions",
    settings: {
      steps: {
        kind: "integer",
        summary: "steps of the heavy ball",
        default: 4000,
        min: 1,
        max: 10_000_000,
        scale: "log",
      },
      stepSize: { kind: "number", summary: "step size", default: 0.02, min: 1e-6, max: 1, scale: "log" },
    },
    run({ settings, seed, chain }, context) {
      const { steps, stepSize } = settings as { [name: string]: number };
      const random = stream({ seed, chain, purpose: "problem" });
      const problem = randomProblem(random);
      const objective = sslObjective(problem);
      const w = new Float64Array(objective.size);
      stream({ seed, chain, purpose: "start" }).normals(w);
      for (let i = 0; i < w.length; i++) w[i] *= 0.5;
      descend({
        gradients: fullBatch(objective),
        optimiser: heavyBall({ rate: stepSize, momentum: 0.9 }),
        w,
        checkpoints: [steps],
        visit: () => {},
      });
      const { rank, spectrum } = encoderState(w, problem.A.length);
      context.record("final", {
        label: `rank ${rank}`,
        rank,
        spectrum,
        loss: objective.loss(w),
        predictedRank: survivingDirections(problem),
        predictedLoss: sslMinimum(problem).loss,
      });
      context.progress(1);
    },
  },
};
