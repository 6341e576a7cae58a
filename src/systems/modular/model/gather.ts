import { weightsOf } from "./layout.ts";
import type { Cost, Problem } from "./problem.ts";
import { transpose } from "./transpose.ts";
import { workspace } from "./workspace.ts";

/** `order` and its range name samples, each a place in the list of pairs; all of them when absent. */
export type EvaluateBatch = (
  w: Float64Array,
  gradient?: Float64Array,
  order?: Int32Array,
  from?: number,
  to?: number,
) => number;

/** A pass over the N x K array in JavaScript costs about as much as four multiply-adds of a product. */
export const gatherCost: Cost = ({ p, K }, count) => 3 * count * p * K + 12 * count * K;

/**
 * Loss and gradient on any set of pairs by rows gathered from the tables A^T and B^T:
 *
 *     s_n = A[:, a_n] + B[:, b_n],   F = (s o s) C,   E = F - Y,   dC = (s o s)^T E / N,   X = 2 s o (E C^T) / N,
 *
 * the rows of X added into dA^T by a_n and into dB^T by b_n. 3 N p K multiply-adds in three products.
 */
export const gatherEvaluate = ({ p, K, pairs, centred, targets }: Problem): EvaluateBatch => {
  const dimensions = { p, K };
  const count = pairs.index.length;
  const { arrays, multiply } = workspace({
    At: p * K,
    Bt: p * K,
    C: K * p,
    s: count * K,
    h: count * K,
    back: count * K,
    E: count * p,
    dAt: p * K,
    dBt: p * K,
    dC: K * p,
  });
  const { At, Bt, C, s, h, back, E, dAt, dBt, dC } = arrays;
  const { a, b, c } = pairs;
  const means = new Float64Array(p);

  const firstLayer = (w: Float64Array, order: Int32Array | undefined, from: number, size: number): void => {
    const weights = weightsOf(w, dimensions);
    transpose(weights.A, K, p, At);
    transpose(weights.B, K, p, Bt);
    C.set(weights.C);
    for (let row = 0, at = 0; row < size; row++) {
      const n = order ? order[from + row] : from + row;
      let i = a[n] * K;
      let j = b[n] * K;
      for (const end = at + K; at < end; at++) {
        const value = At[i++] + Bt[j++];
        s[at] = value;
        h[at] = value * value;
      }
    }
  };

  /** E = F - Y, centred where asked; returns half the sum of its squares. */
  const residuals = (order: Int32Array | undefined, from: number, size: number): number => {
    for (let row = 0; row < size; row++) {
      const n = order ? order[from + row] : from + row;
      if (targets) for (let at = row * p, t = n * p; at < (row + 1) * p; at++, t++) E[at] -= targets[t];
      else E[row * p + c[n]] -= 1;
    }
    if (centred) centre(E, size, p, means);
    let squares = 0;
    for (let at = 0; at < size * p; at++) squares += E[at] * E[at];
    return squares / 2;
  };

  const scatter = (order: Int32Array | undefined, from: number, size: number): void => {
    dAt.fill(0);
    dBt.fill(0);
    const factor = 2 / size;
    for (let row = 0, at = 0; row < size; row++) {
      const n = order ? order[from + row] : from + row;
      let i = a[n] * K;
      let j = b[n] * K;
      for (const end = at + K; at < end; at++) {
        const x = factor * s[at] * back[at];
        dAt[i++] += x;
        dBt[j++] += x;
      }
    }
  };

  return (w, gradient, order, from = 0, to = count) => {
    const size = to - from;
    firstLayer(w, order, from, size);
    multiply({ m: size, n: p, k: K }, h, C, E);
    const sum = residuals(order, from, size);
    if (gradient) {
      multiply({ m: K, n: p, k: size, transposeA: true }, h, E, dC);
      multiply({ m: size, n: K, k: p, transposeB: true }, E, C, back);
      scatter(order, from, size);
      const out = weightsOf(gradient, dimensions);
      transpose(dAt, p, K, out.A);
      transpose(dBt, p, K, out.B);
      for (let i = 0; i < dC.length; i++) out.C[i] = dC[i] / size;
    }
    return sum / size;
  };
};

/** Subtracts from each of the p columns of the first `size` rows its mean. */
export const centre = (rows: Float64Array, size: number, p: number, means = new Float64Array(p)): void => {
  means.fill(0);
  for (let row = 0, at = 0; row < size; row++)
    for (let column = 0; column < p; column++, at++) means[column] += rows[at];
  for (let column = 0; column < p; column++) means[column] /= size;
  for (let row = 0, at = 0; row < size; row++)
    for (let column = 0; column < p; column++, at++) rows[at] -= means[column];
};
