import { cos } from "./elementary/cos.ts";
import { sin } from "./elementary/sin.ts";

/** A matrix of K rows (row-major), each of p entries around a ring; p is odd. */
export interface Rows {
  readonly K: number;
  readonly p: number;
}

const TWO_PI = 6.283185307179586;

const tables = new Map<number, { cosine: Float64Array; sine: Float64Array }>();

/** cos and sin of 2 pi j / p, j = 0, ..., p - 1. */
const turns = (p: number) => {
  let table = tables.get(p);
  if (!table) {
    table = {
      cosine: Float64Array.from({ length: p }, (_, j) => cos((TWO_PI * j) / p)),
      sine: Float64Array.from({ length: p }, (_, j) => sin((TWO_PI * j) / p)),
    };
    tables.set(p, table);
  }
  return table;
};

/** Real and imaginary parts of the Fourier coefficients 0, ..., (p - 1) / 2 of each row of a K x p matrix, unscaled. */
export const rowSpectra = (rows: Float64Array, { p, K }: Rows): { real: Float64Array; imaginary: Float64Array } => {
  const modes = (p + 1) / 2;
  const { cosine, sine } = turns(p);
  const real = new Float64Array(K * modes);
  const imaginary = new Float64Array(K * modes);
  for (let k = 0; k < K; k++)
    for (let f = 0; f < modes; f++) {
      let [re, im] = [0, 0];
      for (let j = 0, turn = 0; j < p; j++) {
        re += rows[k * p + j] * cosine[turn];
        im -= rows[k * p + j] * sine[turn];
        turn += f;
        if (turn >= p) turn -= p;
      }
      real[k * modes + f] = re;
      imaginary[k * modes + f] = im;
    }
  return { real, imaginary };
};

/** Power of each row at the frequencies 1, ..., (p - 1) / 2: K x m, not normalised. */
export const rowPowers = (rows: Float64Array, { p, K }: Rows): Float64Array => {
  const m = (p - 1) / 2;
  const { real, imaginary } = rowSpectra(rows, { p, K });
  const power = new Float64Array(K * m);
  for (let k = 0; k < K; k++)
    for (let f = 1; f <= m; f++) {
      const at = k * (m + 1) + f;
      power[k * m + f - 1] = real[at] * real[at] + imaginary[at] * imaginary[at];
    }
  return power;
};

/**
 * Inverse participation ratio of each row: sum P_f^2 of its normalised power over the frequencies 1, ..., m = (p - 1) / 2, from 1/m
 * (all alike) to 1 (one frequency). 0 for a row that is constant.
 */
export const participation = (rows: Float64Array, { p, K }: Rows): Float64Array => {
  const m = (p - 1) / 2;
  const power = rowPowers(rows, { p, K });
  const out = new Float64Array(K);
  for (let k = 0; k < K; k++) {
    let [sum, squares, norm] = [0, 0, 0];
    for (let at = k * m; at < (k + 1) * m; at++) sum += power[at];
    // Shares first: the squares of a row that decays to nothing leave the numbers.
    for (let at = k * m; at < (k + 1) * m; at++) squares += (power[at] / sum) * (power[at] / sum);
    for (let j = k * p; j < (k + 1) * p; j++) norm += rows[j] * rows[j];
    // What rounding leaves of a constant row is not a spectrum.
    out[k] = sum > 1e-24 * p * norm ? squares : 0;
  }
  return out;
};

/** The same with sine and cosine apart: squared coefficients of row k of all matrices, in the real orthonormal Fourier basis of each, normalised and squared. [arXiv 2301.02679, eq. 20] */
export const realBasisParticipation = (matrices: readonly Float64Array[], { p, K }: Rows): Float64Array => {
  const modes = (p + 1) / 2;
  const halves = matrices.map(rows => rowSpectra(rows, { p, K }));
  return Float64Array.from({ length: K }, (_, k) => {
    let [sum, squares] = [0, 0];
    for (const { real, imaginary } of halves)
      for (let f = 0; f < modes; f++) {
        const scale = (f === 0 ? 1 : 2) / p;
        for (const part of [real, imaginary]) {
          const value = part[k * modes + f];
          const power = scale * value * value;
          sum += power;
          squares += power * power;
        }
      }
    return sum > 0 ? squares / (sum * sum) : 0;
  });
};

/** The frequency with most power in each row of A, from 1; 0 for a constant row. */
export const dominantFrequency = (rows: Float64Array, { p, K }: Rows): Int32Array => {
  const m = (p - 1) / 2;
  const power = rowPowers(rows, { p, K });
  return Int32Array.from({ length: K }, (_, k) => {
    let best = 0;
    for (let f = 1; f < m; f++) if (power[k * m + f] > power[k * m + best]) best = f;
    return power[k * m + best] > 0 ? best + 1 : 0;
  });
};

/** Share of the squared norm that is not in the means of the rows: 0 where every row is constant, or all are zero. */
export const varyingShare = (rows: Float64Array, { p, K }: Rows): number => {
  let [squares, means] = [0, 0];
  for (let row = 0; row < K; row++) {
    let sum = 0;
    for (let i = row * p; i < (row + 1) * p; i++) {
      sum += rows[i];
      squares += rows[i] * rows[i];
    }
    means += (sum * sum) / p;
  }
  return squares > 0 ? Math.max(0, 1 - means / squares) : 0;
};
