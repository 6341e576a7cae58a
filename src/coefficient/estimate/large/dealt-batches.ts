import type { Objective, SampledObjective } from "../../../contracts/objective.ts";
import { stream } from "../../../numerics/stream.ts";

/**
 * K as single minibatches see it, corrected to agree with K of all samples in value and slope at w*: for a batch B, with v = w - w*,
 *
 *     K_B(w) = L_B(w) - L_B(w*) + (g - g_B) . v,   g, g_B the gradients of L and L_B at w*.
 *
 * The noise that is left is of second order in v: small where the localiser keeps the chains.  [control variates of SGLD-CV, Baker et al. 2019]
 */
export interface DealtBatches {
  readonly count: number;
  /** Samples of the largest batch. */
  readonly batch: number;
  /** L(w*) and its gradient, of all samples. */
  readonly baseline: number;
  readonly gradient: Float64Array;
  /** K_B of the batch that is chosen, and its gradient. */
  readonly excess: Objective;
  /** Evaluations so far, each as its share of the samples. */
  readonly evaluations: number;
  choose(member: number): void;
}

/** Samples of a minibatch. */
export const BATCH = 64;
/** Bytes of the gradients at w* that are kept; those of further batches are made anew each time. */
const MOST_KEPT = 256e6;

interface Member {
  readonly loss: number;
  readonly gradient: Float64Array;
}

const isSampled = (objective: Objective): objective is SampledObjective =>
  "samples" in objective && !(objective as SampledObjective).closedForm;

/** Deals the samples into batches, once; there is one of all, where the objective has no samples or fewer than two batches. */
export const dealtBatches = (objective: Objective, at: Float64Array, batch: number): DealtBatches => {
  const { size, parameters } = objective;
  const sampled = isSampled(objective) ? objective : undefined;
  const samples = sampled?.samples ?? 1;
  const count = Math.max(1, Math.floor(samples / batch));
  const order = Int32Array.from({ length: samples }, (_, i) => i);
  stream({ seed: 0, purpose: "coefficient dealt batches" }).shuffle(order);
  const fromOf = (member: number): number => Math.floor((member * samples) / count);
  /** Batches are of two sizes at most; so weighted, their mean is that of the samples. */
  const weightOf = (member: number): number => ((fromOf(member + 1) - fromOf(member)) * count) / samples;
  let evaluations = 0;
  const lossOf = (w: Float64Array, gradient: Float64Array, member: number): number => {
    evaluations += weightOf(member) / count;
    if (count === 1) return objective.lossAndGradient(w, gradient);
    const weight = weightOf(member);
    const loss = sampled!.batchLossAndGradient(w, gradient, order, fromOf(member), fromOf(member + 1));
    if (weight !== 1) for (let i = 0; i < size; i++) gradient[i] *= weight;
    return weight * loss;
  };
  const known: Member[] = [];
  const unkept = new Float64Array(size);
  const mostKept = Math.max(1, Math.floor(MOST_KEPT / (8 * size)));
  const gradient = new Float64Array(size);
  let baseline = 0;
  for (let member = 0; member < count; member++) {
    const own = member < mostKept ? new Float64Array(size) : unkept;
    const loss = lossOf(at, own, member);
    if (member < mostKept) known.push({ loss, gradient: own });
    baseline += loss / count;
    for (let i = 0; i < size; i++) gradient[i] += own[i] / count;
  }
  const memberAt = (member: number): Member => {
    if (member < known.length) return known[member];
    return { loss: lossOf(at, unkept, member), gradient: unkept };
  };
  let chosen = 0;
  const unused = new Float64Array(size);
  const lossAndGradient = (w: Float64Array, out: Float64Array): number => {
    const { loss, gradient: slope } = memberAt(chosen);
    let excess = lossOf(w, out, chosen) - loss;
    for (let i = 0; i < size; i++) {
      const missing = gradient[i] - slope[i];
      excess += missing * (w[i] - at[i]);
      out[i] += missing;
    }
    return excess;
  };
  return {
    count,
    batch: Math.ceil(samples / count),
    baseline,
    gradient,
    excess: { parameters, size, loss: w => lossAndGradient(w, unused), lossAndGradient },
    get evaluations() {
      return evaluations;
    },
    choose(member) {
      chosen = member;
    },
  };
};
