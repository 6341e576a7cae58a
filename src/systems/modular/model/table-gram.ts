import { workspace } from "../../../engine/kernels/workspace.ts";
import { invalid } from "../../../errors.ts";
import { weightsOf } from "./layout.ts";
import type { Cost, Evaluate, Problem } from "./problem.ts";
import { targetSumsOf } from "./target-sums.ts";

export const tableGramCost: Cost = ({ p, K }) => 11 * K * K * p + 6 * K * p * p + 60 * K * K + 60 * K * p;

/**
 * Loss and gradient on the whole table, whose sums over a and b separate: 11 K^2 p multiply-adds and 6 K p^2 for the
 * sums over the answers, instead of 3 p^3 K.
 *
 * A common shift of A_k and -B_k changes nothing, so let sum_b B_kb = 0. With the squares A2, B2, the sums a1 = sum A, a2 = sum A2,
 * b2 = sum B2, D = a1 o B, al = A A^T, be = B B^T, ga = C C^T and U = p B2 + 2 D,
 *
 *     Q_kl = sum_ab h_k h_l = p A2 A2^T + (1/p) (U U^T - 4 (a1 a1^T) o be) + a2 b2^T + b2 a2^T + 4 al o be,
 *     p^2 loss = (1/2) <ga, Q> - <T, C> + p^2 / 2,   T_kc = sum_{ab: op = c} h_k,
 *     p^2 dC = Q C - T,
 *     p^2 dA = 2p A o (ga A2) + 2 A o (ga b2) + 2 rowsum((ga B2) o B) + 4 (ga o be) A - 2 A o R - 2 corr(B, C),
 *     p^2 dB = 2p B o (ga B2) + 2 B o (ga a2) + 2 rowsum((ga A2) o A) + 4 B o (ga D) + 2 a1 o (ga B2) + 4 (ga o al) B
 *              - 2 B o S - 2 corr(A, C),
 *
 * where R_ka = sum_b C_k,op(a,b) = S_kb for operations that are one-to-one in each argument, and corr(B, C)_ka = sum_b B_kb C_k,op(a,b).
 * A centred loss is smaller by |r|^2 / 2 for the mean residual r = C^T sum_ab h / p^2 - (shares of the answers).
 */
export const tableGramEvaluate = ({ p, K, pairs, centred, targets }: Problem): Evaluate => {
  if (pairs.index.length !== p * p || targets)
    throw invalid("method", "table-gram", "one-hot answers on all p^2 pairs; use gather for a part of the table");
  const dimensions = { p, K };
  const { arrays, multiply } = workspace({
    A: K * p,
    B: K * p,
    C: K * p,
    /** Rows [sqrt(p) A2 | U / sqrt(p)], whose Gram matrix is most of Q. */
    V: K * 2 * p,
    /** Rows [A2 | B2 | D] and ga times them. */
    X: K * 3 * p,
    gaX: K * 3 * p,
    al: K * K,
    be: K * K,
    ga: K * K,
    Q: K * K,
    QC: K * p,
    beA: K * p,
    alB: K * p,
  });
  const { A, B, C, V, X, gaX, al, be, ga, Q, QC, beA, alB } = arrays;
  const [a1, a2, b2, sums, shift] = Array.from({ length: 5 }, () => new Float64Array(K));
  const mean = new Float64Array(p);
  const targetSums = targetSumsOf({ p, K, pairs });
  const share = new Float64Array(p);
  for (const c of pairs.c) share[c] += 1 / (p * p);
  const rootP = Math.sqrt(p);

  const prepare = (w: Float64Array): void => {
    const weights = weightsOf(w, dimensions);
    C.set(weights.C);
    for (let k = 0; k < K; k++) {
      const from = k * p;
      let drift = 0;
      for (let b = 0; b < p; b++) drift += weights.B[from + b];
      drift /= p;
      a1[k] = a2[k] = b2[k] = 0;
      for (let i = from; i < from + p; i++) {
        A[i] = weights.A[i] + drift;
        B[i] = weights.B[i] - drift;
        a1[k] += A[i];
        a2[k] += A[i] * A[i];
        b2[k] += B[i] * B[i];
      }
      for (let j = 0; j < p; j++) {
        const [square, other, product] = [A[from + j] * A[from + j], B[from + j] * B[from + j], a1[k] * B[from + j]];
        X[3 * from + j] = square;
        X[3 * from + p + j] = other;
        X[3 * from + 2 * p + j] = product;
        V[2 * from + j] = rootP * square;
        V[2 * from + p + j] = rootP * other + (2 / rootP) * product;
      }
    }
  };

  /** mean = r and shift = C r, with sums = sum_ab h. */
  const meanResidual = (): void => {
    for (let k = 0; k < K; k++) sums[k] = p * (a2[k] + b2[k]);
    for (let c = 0; c < p; c++) {
      let f = 0;
      for (let k = 0; k < K; k++) f += C[k * p + c] * sums[k];
      mean[c] = f / (p * p) - share[c];
    }
    for (let k = 0; k < K; k++) {
      shift[k] = 0;
      for (let c = 0; c < p; c++) shift[k] += C[k * p + c] * mean[c];
    }
  };

  return (w, gradient) => {
    prepare(w);
    const { T, R, S, corrA, corrB } = targetSums(A, B, C, a2, b2);
    const gram = { m: K, n: K, k: p, transposeB: true };
    multiply(gram, A, A, al);
    multiply(gram, B, B, be);
    multiply(gram, C, C, ga);
    multiply({ ...gram, k: 2 * p }, V, V, Q);
    let loss = p * p;
    for (let k = 0, at = 0; k < K; k++)
      for (let l = 0; l < K; l++, at++) {
        Q[at] += a2[k] * b2[l] + b2[k] * a2[l] + (4 * al[at] - (4 / p) * a1[k] * a1[l]) * be[at];
        loss += ga[at] * Q[at];
        be[at] *= ga[at];
        al[at] *= ga[at];
      }
    for (let i = 0; i < K * p; i++) loss -= 2 * T[i] * C[i];
    loss /= 2 * p * p;
    if (centred) {
      meanResidual();
      for (let c = 0; c < p; c++) loss -= (mean[c] * mean[c]) / 2;
    }
    if (!gradient) return loss;

    multiply({ m: K, n: 3 * p, k: K }, ga, X, gaX);
    multiply({ m: K, n: p, k: K }, Q, C, QC);
    multiply({ m: K, n: p, k: K }, be, A, beA);
    multiply({ m: K, n: p, k: K }, al, B, alB);
    const { A: dA, B: dB, C: dC } = weightsOf(gradient, dimensions);
    const scale = 1 / (p * p);
    for (let k = 0; k < K; k++) {
      const from = k * p;
      const x = 3 * from;
      let [ga2, gb2, alongA, alongB] = [0, 0, 0, 0];
      for (let j = 0; j < p; j++) {
        ga2 += gaX[x + j];
        gb2 += gaX[x + p + j];
        alongA += gaX[x + j] * A[from + j];
        alongB += gaX[x + p + j] * B[from + j];
      }
      const pull = centred ? p * shift[k] : 0;
      for (let j = 0, i = from; j < p; j++, i++) {
        const [squareA, squareB, product] = [gaX[x + j], gaX[x + p + j], gaX[x + 2 * p + j]];
        dA[i] = scale * (2 * A[i] * (p * squareA + gb2 - R[i] - pull) + 2 * alongB + 4 * beA[i] - 2 * corrA[i]);
        dB[i] =
          scale *
          (2 * B[i] * (p * squareB + ga2 + 2 * product - S[i] - pull) +
            2 * (alongA + a1[k] * squareB - (centred ? a1[k] * shift[k] : 0) + 2 * alB[i] - corrB[i]));
        dC[i] = scale * (QC[i] - T[i] - (centred ? sums[k] * mean[j] : 0));
      }
    }
    return loss;
  };
};
