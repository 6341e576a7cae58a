import type { SampledObjective } from "../../contracts/objective.ts";
import { invalid } from "../../errors.ts";
import { exp, log, log1p } from "../../numerics/elementary.ts";
import { checkBatch } from "./check-batch.ts";
import { SAMPLES } from "./exact-model.ts";
import { consecutive } from "./matrix-map.ts";

export interface BinomialMixture {
  readonly components: number;
  /** Coin tosses per coordinate, at least 2: what tells a spread from a mean. */
  readonly trials: number;
  /** Independent coordinates of an outcome. (trials + 1)^dim outcomes. */
  readonly dim: number;
}

/**
 * Minus the log likelihood, in nats, of a mixture of products of binomials,
 * p(y) = sum_k pi_k prod_c C(T, y_c) s(b_kc)^y_c (1 - s(b_kc))^(T - y_c), with s the logistic function and pi the softmax
 * of H - 1 logits and a zero. The parameters are the logits, then b (components x dim).
 *
 * The data are all fair: outcome y occurs n prod_c C(T, y_c) / 2^T times, a whole number for the sizes in use. So the
 * frequencies are exactly the model at b = 0, which is therefore a minimum over all models, and K is the exact
 * Kullback-Leibler divergence on n samples that differ.
 */
export const binomialMixture = ({ components, trials, dim }: BinomialMixture): SampledObjective => {
  const { parameters, size } = consecutive([
    ["logits", components - 1],
    ["b", components, dim],
  ]);
  const { outcomes, counts, sampleOutcome } = fairData(trials, dim);
  const [logWeights, parts] = [new Float64Array(components), new Float64Array(components)];
  const [logHeads, logTails] = [new Float64Array(components * dim), new Float64Array(components * dim)];

  const prepare = (w: Float64Array): void => {
    let top = 0;
    for (let k = 0; k + 1 < components; k++) top = Math.max(top, w[k]);
    let total = exp(-top);
    for (let k = 0; k + 1 < components; k++) total += exp(w[k] - top);
    const offset = top + log(total);
    for (let k = 0; k < components; k++) logWeights[k] = (k + 1 < components ? w[k] : 0) - offset;
    for (let i = 0; i < components * dim; i++) {
      const b = w[components - 1 + i];
      const rest = log1p(exp(-Math.abs(b)));
      logHeads[i] = Math.min(b, 0) - rest;
      logTails[i] = Math.min(-b, 0) - rest;
    }
  };

  /** Adds scale x -log p(y) and its gradient. */
  const add = (gradient: Float64Array, outcome: number, scale: number): number => {
    let top = Number.NEGATIVE_INFINITY;
    for (let k = 0; k < components; k++) {
      let part = logWeights[k];
      for (let c = 0; c < dim; c++) {
        const heads = outcomes.heads[outcome * dim + c];
        part += heads * logHeads[k * dim + c] + (trials - heads) * logTails[k * dim + c];
      }
      parts[k] = part;
      top = Math.max(top, part);
    }
    let total = 0;
    for (let k = 0; k < components; k++) total += exp(parts[k] - top);
    const logTotal = top + log(total);
    for (let k = 0; k < components; k++) {
      const share = exp(parts[k] - logTotal);
      if (k + 1 < components) gradient[k] -= scale * (share - exp(logWeights[k]));
      for (let c = 0; c < dim; c++)
        gradient[components - 1 + k * dim + c] -=
          scale * share * (outcomes.heads[outcome * dim + c] - trials * exp(logHeads[k * dim + c]));
    }
    return -scale * (logTotal + outcomes.logCoefficient[outcome]);
  };

  const unused = new Float64Array(size);
  const lossAndGradient = (w: Float64Array, gradient: Float64Array): number => {
    prepare(w);
    gradient.fill(0);
    let loss = 0;
    for (let outcome = 0; outcome < counts.length; outcome++) loss += add(gradient, outcome, counts[outcome] / SAMPLES);
    return loss;
  };
  return {
    parameters,
    size,
    samples: SAMPLES,
    loss: w => lossAndGradient(w, unused),
    lossAndGradient,
    batchLossAndGradient(w, gradient, order, from, to) {
      checkBatch(order, from, to);
      prepare(w);
      gradient.fill(0);
      let loss = 0;
      for (let i = from; i < to; i++) loss += add(gradient, sampleOutcome[order[i]], 1 / (to - from));
      return loss;
    },
  };
};

/** Every outcome with its number of heads per coordinate, log of its binomial coefficients, and how often it occurs. */
const fairData = (trials: number, dim: number) => {
  const binomials = [1];
  for (let y = 1; y <= trials; y++) binomials.push((binomials[y - 1] * (trials - y + 1)) / y);
  let number = 1;
  let equallyLikely = 1;
  for (let c = 0; c < dim; c++) number *= trials + 1;
  for (let toss = 0; toss < trials * dim; toss++) equallyLikely *= 2;
  if (trials < 2 || SAMPLES % equallyLikely !== 0)
    throw invalid("trials x dim", trials * dim, `at least 2 trials, and 2^(trials x dim) a divisor of ${SAMPLES}`);
  const heads = new Uint8Array(number * dim);
  const logCoefficient = new Float64Array(number);
  const counts = new Int32Array(number);
  for (let outcome = 0; outcome < number; outcome++) {
    let ways = 1;
    for (let c = 0, rest = outcome; c < dim; c++, rest = Math.floor(rest / (trials + 1))) {
      heads[outcome * dim + c] = rest % (trials + 1);
      ways *= binomials[heads[outcome * dim + c]];
    }
    logCoefficient[outcome] = log(ways);
    counts[outcome] = (SAMPLES * ways) / equallyLikely;
  }
  const sampleOutcome = new Int32Array(SAMPLES);
  for (let outcome = 0, i = 0; outcome < number; outcome++)
    for (let copy = 0; copy < counts[outcome]; copy++) sampleOutcome[i++] = outcome;
  return { outcomes: { heads, logCoefficient }, counts, sampleOutcome };
};
