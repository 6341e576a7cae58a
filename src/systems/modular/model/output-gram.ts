import { workspace } from "../../../engine/kernels/workspace.ts";
import { transpose } from "../../../numerics/transpose.ts";
import { weightsOf } from "./layout.ts";
import type { Cost, Evaluate, Problem } from "./problem.ts";

export const outputGramCost: Cost = ({ p, K }, count) => 2 * K * K * count + 2 * K * K * p + 14 * count * K;

/**
 * Loss and gradient on any set of pairs without outputs, for networks narrower than their table: with the rows H_n = s_n o s_n
 * and G = C C^T,
 *
 *     D_n = G H_n - C[:, c_n],   N loss = (1/2) sum_n [<H_n, D_n> - <C[:, c_n], H_n> + 1],
 *     X_n = 2 s_n o D_n,   N dC = (H^T H) C - (the rows H_n added up by c_n).
 *
 * Centred residuals subtract their mean r: D_n loses C r, dC loses (sum_n H_n) r^T / N, and the loss |r|^2 / 2.
 */
export const outputGramEvaluate = ({ p, K, pairs, centred }: Problem): Evaluate => {
  const dimensions = { p, K };
  const count = pairs.index.length;
  const { arrays, multiply } = workspace({
    C: K * p,
    G: K * K,
    s: count * K,
    H: count * K,
    D: count * K,
    HH: K * K,
    dC: K * p,
  });
  const { C, G, s, H, D, HH, dC } = arrays;
  const { a, b, c } = pairs;
  const [At, Bt, Ct] = [new Float64Array(p * K), new Float64Array(p * K), new Float64Array(p * K)];
  const [dAt, dBt, byAnswer] = [new Float64Array(p * K), new Float64Array(p * K), new Float64Array(p * K)];
  const sums = new Float64Array(K);
  const shift = new Float64Array(K);
  const mean = new Float64Array(p);
  const answers = new Float64Array(p);
  for (const answer of c) answers[answer]++;

  /** mean = (1/N) sum_n E_n, shift = C mean. */
  const meanResidual = (): void => {
    shift.fill(0);
    for (let out = 0; out < p; out++) {
      let f = 0;
      for (let k = 0; k < K; k++) f += C[k * p + out] * sums[k];
      mean[out] = (f - answers[out]) / count;
      for (let k = 0; k < K; k++) shift[k] += C[k * p + out] * mean[out];
    }
  };

  return (w, gradient) => {
    const weights = weightsOf(w, dimensions);
    transpose(weights.A, K, p, At);
    transpose(weights.B, K, p, Bt);
    transpose(weights.C, K, p, Ct);
    C.set(weights.C);
    sums.fill(0);
    for (let n = 0, at = 0; n < count; n++)
      for (let k = 0, i = a[n] * K, j = b[n] * K; k < K; k++, at++) {
        const value = At[i++] + Bt[j++];
        s[at] = value;
        H[at] = value * value;
        sums[k] += value * value;
      }
    multiply({ m: K, n: K, k: p, transposeB: true }, C, C, G);
    multiply({ m: count, n: K, k: K }, H, G, D);
    if (centred) meanResidual();
    let sum = count / 2;
    for (let n = 0, at = 0; n < count; n++) {
      let row = 0;
      for (let k = 0, i = c[n] * K; k < K; k++, at++) {
        row += H[at] * (D[at] - 2 * Ct[i]);
        D[at] -= Ct[i++] + (centred ? shift[k] : 0);
      }
      sum += row / 2;
    }
    let loss = sum / count;
    if (centred) for (let out = 0; out < p; out++) loss -= (mean[out] * mean[out]) / 2;
    if (!gradient) return loss;

    dAt.fill(0);
    dBt.fill(0);
    byAnswer.fill(0);
    for (let n = 0, at = 0; n < count; n++)
      for (let k = 0, i = a[n] * K, j = b[n] * K, l = c[n] * K; k < K; k++, at++) {
        const x = (2 / count) * s[at] * D[at];
        dAt[i++] += x;
        dBt[j++] += x;
        byAnswer[l++] += H[at];
      }
    multiply({ m: K, n: K, k: count, transposeA: true }, H, H, HH);
    multiply({ m: K, n: p, k: K }, HH, C, dC);
    const out = weightsOf(gradient, dimensions);
    transpose(dAt, p, K, out.A);
    transpose(dBt, p, K, out.B);
    for (let k = 0, at = 0; k < K; k++)
      for (let answer = 0; answer < p; answer++, at++)
        out.C[at] = (dC[at] - byAnswer[answer * K + k] - (centred ? sums[k] * mean[answer] : 0)) / count;
    return loss;
  };
};
