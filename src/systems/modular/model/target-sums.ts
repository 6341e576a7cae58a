import { workspace } from "../../../engine/kernels/workspace.ts";
import { realFourierMatrix } from "../../../numerics/wave.ts";
import type { Dimensions } from "./layout.ts";
import type { Pairs } from "./pairs.ts";

/** Sums over the whole table of answers c = op(a, b), K x p each. */
export interface TargetSums {
  /** T_kc = sum over the pairs with answer c of (A_ka + B_kb)^2. */
  readonly T: Float64Array;
  /** R_ka = sum_b C_kc and S_kb = sum_a C_kc. */
  readonly R: Float64Array;
  readonly S: Float64Array;
  /** corrA_ka = sum_b B_kb C_kc and corrB_kb = sum_a A_ka C_kc. */
  readonly corrA: Float64Array;
  readonly corrB: Float64Array;
}

/** Overwrites and returns arrays of its own; `a2` and `b2` are the sums of the squares of the rows of A and B. */
type SumTargets = (A: Float64Array, B: Float64Array, C: Float64Array, a2: Float64Array, b2: Float64Array) => TargetSums;

interface Table extends Dimensions {
  readonly pairs: Pairs;
}

export const targetSumsOf = (table: Table): SumTargets => {
  const answer = new Int32Array(table.p * table.p);
  table.pairs.index.forEach((i, n) => {
    answer[i] = table.pairs.c[n];
  });
  const affine = affineOf(answer, table.p);
  return affine ? byFourier(table, affine) : byTable(table, answer);
};

const freshSums = ({ p, K }: Dimensions): TargetSums => {
  const [T, R, S, corrA, corrB] = Array.from({ length: 5 }, () => new Float64Array(K * p));
  return { T, R, S, corrA, corrB };
};

/** Any operation: K p^2 steps through the table. */
const byTable = ({ p, K }: Dimensions, answer: Int32Array): SumTargets => {
  const sums = freshSums({ p, K });
  const { T, R, S, corrA, corrB } = sums;
  return (A, B, C) => {
    T.fill(0);
    S.fill(0);
    corrB.fill(0);
    for (let from = 0; from < K * p; from += p)
      for (let a = 0; a < p; a++) {
        const value = A[from + a];
        let total = 0;
        let correlation = 0;
        for (let b = 0, at = a * p; b < p; b++, at++) {
          const c = from + answer[at];
          const other = B[from + b];
          const out = C[c];
          const s = value + other;
          T[c] += s * s;
          total += out;
          correlation += other * out;
          S[from + b] += out;
          corrB[from + b] += value * out;
        }
        R[from + a] = total;
        corrA[from + a] = correlation;
      }
    return sums;
  };
};

interface Affine {
  /** placeA[a] + placeB[b] is the answer modulo p. */
  readonly placeA: Int32Array;
  readonly placeB: Int32Array;
}

/** The operation as alpha a + gamma plus beta b with units alpha and beta, where it is one. */
const affineOf = (answer: Int32Array, p: number): Affine | undefined => {
  const gamma = answer[0];
  const [alpha, beta] = [answer[p] - gamma, answer[1] - gamma];
  const residue = (value: number): number => ((value % p) + p) % p;
  const placeA = Int32Array.from({ length: p }, (_, a) => residue(alpha * a + gamma));
  const placeB = Int32Array.from({ length: p }, (_, b) => residue(beta * b));
  if (new Set(placeA).size < p || new Set(placeB).size < p) return undefined;
  for (let i = 0; i < p * p; i++) if (answer[i] !== (placeA[Math.floor(i / p)] + placeB[i % p]) % p) return undefined;
  return { placeA, placeB };
};

/**
 * Convolutions over residues as products of Fourier coefficients. The transforms are products with the p x p matrix D of columns 1,
 * cos(2 pi f j / p), sin(2 pi f j / p), f = 1, ..., (p - 1) / 2: 6 K p^2 multiply-adds.
 */
const byFourier = ({ p, K }: Dimensions, { placeA, placeB }: Affine): SumTargets => {
  const block = K * p;
  const sums = freshSums({ p, K });
  const { T, R, S, corrA, corrB } = sums;
  const { arrays, multiply } = workspace({ D: p * p, values: 3 * block, waves: 3 * block });
  const { D, values, waves } = arrays;
  realFourierMatrix(p, D);
  return (A, B, C, a2, b2) => {
    for (let from = 0; from < block; from += p)
      for (let j = 0; j < p; j++) {
        values[from + placeA[j]] = A[from + j];
        values[block + from + placeB[j]] = B[from + j];
        values[2 * block + from + j] = C[from + j];
      }
    multiply({ m: 3 * K, n: p, k: p }, values, D, waves);
    for (let at = 0; at < block; at += p) {
      const [a, b, c] = [waves[at], waves[block + at], waves[2 * block + at]];
      waves[at] = (a * b) / p;
      waves[block + at] = (b * c) / p;
      waves[2 * block + at] = (a * c) / p;
      for (let f = at + 1; f < at + p; f += 2) {
        const [ac, as, bc, bs] = [waves[f], waves[f + 1], waves[block + f], waves[block + f + 1]];
        const [cc, cs] = [(2 / p) * waves[2 * block + f], (2 / p) * waves[2 * block + f + 1]];
        waves[f] = (2 / p) * (ac * bc - as * bs);
        waves[f + 1] = (2 / p) * (as * bc + ac * bs);
        waves[block + f] = bc * cc + bs * cs;
        waves[block + f + 1] = bc * cs - bs * cc;
        waves[2 * block + f] = ac * cc + as * cs;
        waves[2 * block + f + 1] = ac * cs - as * cc;
      }
    }
    multiply({ m: 3 * K, n: p, k: p, transposeB: true }, waves, D, values);
    for (let k = 0, from = 0; k < K; k++, from += p) {
      let total = 0;
      for (let j = 0; j < p; j++) total += C[from + j];
      for (let j = 0; j < p; j++) {
        T[from + j] = a2[k] + b2[k] + 2 * values[from + j];
        R[from + j] = S[from + j] = total;
        corrA[from + j] = values[block + from + placeA[j]];
        corrB[from + j] = values[2 * block + from + placeB[j]];
      }
    }
    return sums;
  };
};
