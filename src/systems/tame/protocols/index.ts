import { integer } from "../../../contracts/field.ts";
import { protocol } from "../../../contracts/protocol.ts";
import * as interpolation from "../model/interpolation.ts";
import { checkSizes, sizeControls } from "../model/sizes.ts";
import * as slowRoll from "../model/slow-roll.ts";
import * as towers from "../model/towers.ts";
import { bestInterval, uniformDeviation } from "../theory/empirical.ts";
import { eachSize } from "./each-size.ts";

/** The experiments: each doubles the size of the sample, and a member is one repetition. */

const small = { from: 16, to: 64 };

/** Training and true error of what a sample of N taught. */
export type ErrorRecord = { readonly N: number; readonly train: number; readonly test: number };

/** Largest distances of empirical and true probability for N uniform points. */
export type DeviationRecord = { readonly N: number; readonly thresholds: number; readonly intervals: number };

export const deviationProtocol = protocol<{ sample: DeviationRecord }>()({
  name: "uniform-deviation",
  summary: "uniform points: largest distance of empirical and true probability over thresholds and intervals",
  settings: sizeControls(8192),
  small,
  check: checkSizes,
  run: (member, context) =>
    eachSize("uniform deviation", member, context, (N, random) => {
      const u = new Float64Array(N);
      random.uniforms(u);
      const { ks, kuiper } = uniformDeviation(u);
      return { thresholds: ks, intervals: kuiper };
    }),
});

export const interpolationProtocol = protocol<{ sample: ErrorRecord }>()({
  name: "interpolation",
  summary: "gauge couplings with noise: squared error of least squares on the sample and on the whole law",
  settings: sizeControls(16_384),
  small,
  check: checkSizes,
  run: (member, context) =>
    eachSize("interpolation", member, context, (N, random) => {
      const sample = interpolation.couplingSample(N, random);
      const theta = interpolation.fitted(sample);
      return { train: interpolation.sampleError(theta, sample), test: interpolation.trueError(theta) };
    }),
});

export const slowRollProtocol = protocol<{ sample: ErrorRecord }>()({
  name: "slow-roll",
  summary: `which universes inflate, labels wrong with probability ${slowRoll.FLIPPED}: the best interval on the sample`,
  settings: sizeControls(8192),
  small,
  check: checkSizes,
  run: (member, context) =>
    eachSize("slow roll", member, context, (N, random) => {
      const { u, y } = slowRoll.slowRollSample(N, random);
      const fit = bestInterval(u, y);
      return { train: fit.trainError, test: slowRoll.trueError(fit) };
    }),
});

export type TowersRecord = ErrorRecord & {
  /** l1, l2, l3 of each class, as learned. */
  readonly scores: readonly (readonly number[])[];
};

export const towersProtocol = protocol<{ sample: TowersRecord }>()({
  name: "towers",
  summary: "which tower becomes light first: softmax regression on the sample, error on the whole square",
  settings: {
    ...sizeControls(4096),
    steps: integer("steps of gradient descent with momentum", { default: 1500, min: 1, max: 1_000_000, scale: "log" }),
  },
  small: { ...small, steps: 20 },
  check: checkSizes,
  run: (member, context) =>
    eachSize("towers", member, context, (N, random) => {
      const sample = towers.towerSample(N, random);
      const scores = towers.scoresOf(towers.learnedWeights(sample, member.settings.steps));
      return { train: towers.sampleError(scores, sample), test: towers.trueError(scores), scores };
    }),
});
