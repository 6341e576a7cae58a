import type { Objective, SampledObjective } from "../../contracts/objective.ts";
import { stream } from "../../numerics/stream.ts";
import { hessianAt } from "../exact/hessian.ts";
import type { Problem } from "./problem.ts";

/** The samples are dealt into batches once; up to this many are used. */
const MOST_BATCHES = 16;
/** nBeta times the largest correction, besides half the number of parameters: many times what it is near w*. */
const MOST_ENERGY = 100;

/**
 * K as single minibatches see it, corrected to agree with K of all samples in value, slope and curvature at w*: with v = w - w*,
 *
 *     K_B(w) = L_B(w) - L_B(w*) + s(q),   q = (g - g_B) . v + v^T (H - H_B) v / 2,   s(q) = q / sqrt(1 + (q / most)^2).
 *
 * What is left of the noise is of third order in v, so that small batches do. Far from w*, where q says nothing of K any more, s bounds it:
 * K_B is bounded below as the loss is.  [control variates of SGLD-CV, Baker et al. 2019, one order further]
 */
export interface BatchLosses {
  readonly count: number;
  /** K_B of the batch chosen, for chains at nBeta. */
  excessAt(nBeta: number): Objective;
  choose(member: number): void;
}

interface Member {
  readonly from: number;
  readonly baseline: number;
  /** g - g_B. */
  readonly slope: Float64Array;
  /** H - H_B, row-major; absent where H is not known. */
  readonly bend?: Float64Array;
}

export const batchLosses = (problem: Problem, objective: SampledObjective, batch: number): BatchLosses => {
  const { size, at, parameters, gradient: whole, curvature } = problem;
  const { samples } = objective;
  const order = Int32Array.from({ length: samples }, (_, i) => i);
  stream({ seed: 0, purpose: "coefficient batches" }).shuffle(order);
  const batchAt = (w: Float64Array, gradient: Float64Array, from: number): number => {
    problem.called();
    problem.evaluations += batch / samples;
    return objective.batchLossAndGradient(w, gradient, order, from, from + batch);
  };
  const unused = new Float64Array(size);
  const members = Array.from({ length: Math.min(MOST_BATCHES, Math.floor(samples / batch)) }, (_, m): Member => {
    const from = m * batch;
    const slope = new Float64Array(size);
    const baseline = batchAt(at, slope, from);
    for (let i = 0; i < size; i++) slope[i] = whole[i] - slope[i];
    if (!curvature.matrix) return { from, baseline, slope };
    const { matrix, noise } = hessianAt(
      { parameters, size, loss: w => batchAt(w, unused, from), lossAndGradient: (w, g) => batchAt(w, g, from) },
      at,
    );
    // A difference that is rounding alone could outweigh a weak localiser in a flat direction.
    const bend = matrix.map((h, k) => {
      const difference = curvature.matrix![k] - h;
      return Math.abs(difference) > noise + curvature.noise ? difference : 0;
    });
    return { from, baseline, slope, bend };
  });
  let chosen = members[0];
  const v = new Float64Array(size);
  const bent = new Float64Array(size);
  /** s(q), whose gradient is added. */
  const correct = (w: Float64Array, gradient: Float64Array, most: number): number => {
    const { slope, bend } = chosen;
    for (let i = 0; i < size; i++) v[i] = w[i] - at[i];
    bent.fill(0);
    // Row by row of a symmetric matrix: no sum waits for the one before.
    if (bend)
      for (let i = 0, k = 0; i < size; i++) {
        const along = v[i];
        for (let j = 0; j < size; j++, k++) bent[j] += bend[k] * along;
      }
    let q = 0;
    for (let i = 0; i < size; i++) q += v[i] * (slope[i] + 0.5 * bent[i]);
    const share = q / most;
    const shrunk = 1 / Math.sqrt(1 + share * share);
    const rate = shrunk * shrunk * shrunk;
    for (let i = 0; i < size; i++) gradient[i] += rate * (slope[i] + bent[i]);
    return q * shrunk;
  };
  return {
    count: members.length,
    excessAt(nBeta) {
      const most = (MOST_ENERGY + 0.5 * size) / nBeta;
      const lossAndGradient = (w: Float64Array, gradient: Float64Array): number => {
        const loss = batchAt(w, gradient, chosen.from) - chosen.baseline;
        return loss + correct(w, gradient, most);
      };
      return { parameters, size, loss: w => lossAndGradient(w, unused), lossAndGradient };
    },
    choose(member) {
      chosen = members[member];
    },
  };
};
