import { type AmplitudeTable, bisect } from "./amplitude-table.ts";
import type { Dimensions } from "./layout.ts";

/** What an evaluation leaves behind; each call overwrites it. */
export interface Evaluation {
  /** A_ij = W_i . W_j, c x c row-major. Symmetric to the bit. */
  readonly overlaps: Float64Array;
  /** For each pair (i, j) the sums of 1, t and t^2 over the samples of feature j with A_ij t + b_i > 0. */
  readonly sums: Float64Array;
  /** Overwrites `gradient` and returns the loss. */
  evaluate(w: Float64Array, gradient: Float64Array): number;
}

/** Samples looked at one by one before the search turns to bisection. */
const NEAR = 8;

/**
 * Loss and gradient by the formulae of empirical.ts. Whether a sample is active is decided sample by sample next to the threshold, in
 * floating point as written, so that ties and thresholds on a sample come out as they would in a sum over samples.
 *
 * One long function, with local names for all arrays: in pieces, which pass their numbers through memory, it takes half as long again.
 */
export const evaluation = (table: AmplitudeTable, { c, r }: Dimensions, n: number): Evaluation => {
  const overlaps = new Float64Array(c * c);
  const sums = new Float64Array(3 * c * c);
  const slopes = new Float64Array(c * c);

  const evaluate = (w: Float64Array, gradient: Float64Array): number => {
    const { amplitudes, before, index, facts, places } = table;
    const features = c;
    const bias = r * features;
    const A = overlaps;
    const S = sums;
    const G = slopes;
    const scale = 2 / n;
    for (let i = 0; i < features; i++)
      for (let j = i; j < features; j++) {
        let sum = w[i] * w[j];
        for (let row = features; row < bias; row += features) sum += w[row + i] * w[row + j];
        A[i * features + j] = sum;
        A[j * features + i] = sum;
      }

    let loss = table.squares;
    let pair = 0;
    for (let i = 0; i < features; i++) {
      const b = w[bias + i];
      let slope = 0;
      for (let j = 0; j < features; j++, pair++) {
        const a = A[pair];
        const fact = 8 * j;
        const atLargest = a * facts[fact] + b;
        let s0 = 0;
        let s1 = 0;
        let s2 = 0;
        // Written so that a NaN gets all samples, and goes on into the loss.
        if (b > 0 && (a >= 0 || !(atLargest <= 0))) {
          s0 = facts[fact + 1];
          s1 = facts[fact + 2];
          s2 = facts[fact + 3];
        } else if (!(b > 0) && atLargest <= 0) {
          S[3 * pair] = 0;
          S[3 * pair + 1] = 0;
          S[3 * pair + 2] = 0;
          G[pair] = 0;
          continue;
        } else {
          const place = 4 * j;
          const first = places[place];
          const last = places[place + 3];
          const along = (-b / a - facts[fact + 4]) * facts[fact + 5];
          let bucket = places[place + 2];
          if (along > 0) bucket = along + bucket < last ? bucket + (along | 0) : last;
          const guess = index[bucket];
          let at = guess;
          if (b > 0) {
            // a < 0: the samples below the threshold. Here rounding can put the guess behind ties on the threshold.
            while (a * amplitudes[at] + b > 0) {
              at++;
              if (at - guess > NEAR) at = bisect(amplitudes, a, b, at, places[place + 1]);
            }
            if (a * amplitudes[at - 1] + b <= 0) at = bisect(amplitudes, a, b, first, at);
            s0 = at - first;
            s1 = before[2 * at];
            s2 = before[2 * at + 1];
          } else {
            // a > 0: the samples above the threshold, all less those below it. The guess is never too high: rounding is
            // monotonic, so a t + b > 0 as computed means that t >= -b/a as computed.
            while (a * amplitudes[at] + b <= 0) {
              at++;
              if (at - guess > NEAR) at = bisect(amplitudes, a, b, at, places[place + 1]);
            }
            s0 = facts[fact + 1] - (at - first);
            s1 = facts[fact + 2] - before[2 * at];
            s2 = facts[fact + 3] - before[2 * at + 1];
          }
        }
        S[3 * pair] = s0;
        S[3 * pair + 1] = s1;
        S[3 * pair + 2] = s2;
        if (s0 === 0) {
          G[pair] = 0;
          continue;
        }
        const e = i === j ? a - 1 : a;
        const byA = e * s2 + b * s1;
        const byB = e * s1 + b * s0;
        G[pair] = byA;
        slope += byB;
        loss += e * byA + b * byB;
        if (i === j) loss -= s2;
      }
      gradient[bias + i] = scale * slope;
    }

    // scale W (G + G^T); two hidden dimensions, the usual case, at once.
    for (let i = 0; i < features; i++) {
      if (bias === 2 * features) {
        let x = 0;
        let y = 0;
        for (let j = 0; j < features; j++) {
          const s = G[i * features + j] + G[j * features + i];
          x += s * w[j];
          y += s * w[features + j];
        }
        gradient[i] = scale * x;
        gradient[features + i] = scale * y;
      } else
        for (let row = 0; row < bias; row += features) {
          let sum = 0;
          for (let j = 0; j < features; j++) sum += (G[i * features + j] + G[j * features + i]) * w[row + j];
          gradient[row + i] = scale * sum;
        }
    }
    return loss / n;
  };

  return { overlaps, sums, evaluate };
};
