import { deepLinear } from "../../../coefficient/exact/deep-linear.ts";
import type { ExactPrediction } from "../../../contracts/learner.ts";
import { activations } from "../../../numerics/activations.ts";
import { toNumber } from "../../../numerics/fraction.ts";
import { realPower } from "../../../numerics/power.ts";
import { type NetworkSettings, widthsOf } from "../controls.ts";
import { layoutAt } from "../model.ts";
import { criticalPoint, stationaryNorms } from "./critical.ts";
import { globalMinimum } from "./global-minimum.ts";
import { balancedLoss } from "./landau.ts";
import type { Reduced } from "./problem.ts";

/** What theory knows at the settings of a network: its learned state, where its transitions are, and its learning coefficients. */

/** A strength of 0 has the same phases as one that nothing can see. */
const WEAKEST = 1e-9;

/**
 * The network as independent copies of one direction: one when it is linear, two halves of half the strength and curvature where x = phi(x) - phi(-x) on a
 * linear target (`rectifiedNorm`): relu at any depth, swish and gelu with one hidden layer. Null where the loss has no such form.
 */
export const problemOf = (at: NetworkSettings): { readonly problem: Reduced; readonly copies: 1 | 2 } | null => {
  const { D, width, strength, variance, sigma2, activation, skew, cubic } = at;
  const N = Math.max(strength, WEAKEST);
  let kappa = variance;
  for (let l = 0; l < D; l++) kappa *= 1 + sigma2 / width;
  if (activation === "linear") return { problem: { D, N, kappa }, copies: 1 };
  const isHalved = activation === "relu" || ((activation === "swish" || activation === "gelu") && D === 1);
  if (!isHalved || width < 2 || skew !== 0 || cubic !== 0) return null;
  return { problem: { D, N: N / 2, kappa: kappa / 2 }, copies: 2 };
};

/** The learned minimum, the lowest or not. */
export interface LearnedState {
  /** Root of the mean squared norm of a layer: every layer has the same. At D = 0 the length of the predictor. */
  readonly order: number;
  /** Loss without E[y^2]. */
  readonly depth: number;
}

/** "none" where only the trivial minimum is left; null where theory does not know. */
export const learnedState = (at: NetworkSettings): LearnedState | "none" | null => {
  const reduced = problemOf(at);
  if (reduced === null) return null;
  const { problem, copies } = reduced;
  if (problem.D === 0) {
    const { s, loss } = globalMinimum(problem, at.weightDecay, 0);
    return { order: s, depth: loss };
  }
  const s = stationaryNorms(problem, at.weightDecay).at(-1);
  if (s === undefined) return "none";
  return { order: Math.sqrt(copies) * s, depth: copies * balancedLoss(problem, at.weightDecay, s) };
};

/** E[y^2], the loss of the trivial phase. */
export const targetSquare = ({ strength, variance, skew, cubic }: NetworkSettings): number =>
  ((strength * strength) / variance) * (1 + 2 * skew * skew + 6 * cubic * cubic);

/**
 * Critical values of a control at these values of the others: where the lowest phase changes and where the learned one ends. Both decays grow as
 * N^(2D/(D+1)) and fall as kappa^(-(D-1)/(D+1)). Of other nonlinear networks with one hidden layer, where the origin loses stability: c1 N.
 */
export const criticalValues = (at: NetworkSettings) => {
  const { D, width, weightDecay, strength, variance, activation } = at;
  const reduced = problemOf(at);
  if (reduced === null) {
    const { taylor } = activations[activation];
    if (D !== 1 || taylor === null) return {};
    return { weightDecay: [taylor[0] * strength], strength: [weightDecay / taylor[0]] };
  }
  if (D === 0) return {};
  const { problem } = reduced;
  const { gamma_c, gamma_spinodal_up } = criticalPoint(problem);
  const decays = [...new Set([gamma_c as number, gamma_spinodal_up as number])];
  const N = Math.max(strength, WEAKEST);
  const strengths = decays.map(gamma => N * realPower(weightDecay / gamma, (D + 1) / (2 * D)));
  if (D === 1 || activation !== "linear" || weightDecay === 0) return { weightDecay: decays, strength: strengths };
  const sigma2 = decays.flatMap(gamma => {
    const kappa = problem.kappa * realPower(gamma / weightDecay, (D + 1) / (D - 1));
    const noise = width * (realPower(kappa / variance, 1 / D) - 1);
    return noise >= 0 ? [noise] : [];
  });
  return { weightDecay: decays, strength: strengths, sigma2 };
};

/** The learned state of a linear network as parameters: W_l = s r r^T with r evenly over the neurons, the first layer along the target. */
export const learnedPoint = (at: NetworkSettings, { order }: LearnedState): Float64Array => {
  const { sizes, offsets, size } = layoutAt(at);
  const w = new Float64Array(size);
  offsets.forEach((offset, l) => {
    const [columns, rows] = [sizes[l], sizes[l + 1] ?? 1];
    // The inputs carry the target in their first entry alone.
    const reached = l === 0 ? 1 : columns;
    const entry = order / Math.sqrt(rows * reached);
    for (let i = 0; i < rows; i++) w.fill(entry, offset + i * columns, offset + i * columns + reached);
  });
  return w;
};

/**
 * Learning coefficients of linear networks. Where the Hessian has as many flat directions as the minimum has dimensions, lambda is half the number of
 * the others:
 *
 * - learned, weight decay, no noise: each hidden layer's direction r_l is free on a sphere, D (width - 1) flat directions. Along r_(l+1) p^T and q r_(l-1)^T
 *   with p, q orthogonal to r_l the loss is gamma |p - q|^2; all others are bent while gamma is below the spinodal.
 * - learned with noise, which ties the load of each neuron down: no flat direction. Trivial, where it is a minimum: none either.
 * - learned without decay and noise: the product of matrices of rank 1, deepest at the balanced point.  [Aoyagi 2024, Neural Networks 172]
 *
 * Null elsewhere: at saddles, at critical decays, and for learned nonlinear networks.
 */
export const networkCoefficient = (phase: string, at: NetworkSettings): ExactPrediction | null => {
  const { D, width, dx, weightDecay, strength, sigma2, activation } = at;
  const { size } = layoutAt(at);
  const regular = (flat: number, where: string): ExactPrediction => ({ lambda: (size - flat) / 2, where });
  if (phase === "trivial") {
    const attracts = weightDecay > 0 && (D >= 2 || (activation === "linear" && D === 1 && weightDecay > strength));
    return attracts ? regular(0, "a regular minimum: half the parameters") : null;
  }
  if (activation !== "linear") return null;
  if (phase === "no transition") return D === 0 ? regular(0, "a regular minimum: half the parameters") : null;
  if (phase !== "learned" || D === 0) return null;
  const end = criticalPoint(problemOf(at)!.problem).gamma_spinodal_up as number;
  if (!(weightDecay < end)) return null;
  if (weightDecay > 0)
    return sigma2 > 0
      ? regular(0, "a regular minimum: half the parameters")
      : regular(D * (width - 1), `half the parameters but for D (width - 1) = ${D * (width - 1)} flat directions`);
  if (sigma2 > 0 || strength === 0) return null;
  const { lambda } = deepLinear({ widths: [dx, ...widthsOf(at), 1], rank: 1 });
  return { lambda: toNumber(lambda), where: "a product of matrices of rank 1 (Aoyagi 2024)" };
};
