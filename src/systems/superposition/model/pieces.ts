/**
 * The two integrals that make the population loss (arXiv 2310.06301, Lemma 3.1), with u = a + b:
 *
 *     g(a, b) = 3 int_0^1 ReLU(a t + b)^2 dt            cross term: what an output should not say
 *     d(a, b) = 3 int_0^1 (t - ReLU(a t + b))^2 dt      self term, a = |W_i|^2 >= 0
 *
 * Each is a rational function on each of its branches, and once continuously differentiable everywhere. Divisions are by
 * the a of a branch on which |b / a| <= 1, so that nothing is lost near a = 0. A NaN goes in and comes out.
 */
export type OffDiagonalBranch = "O+" | "O+cut" | "O-" | "O0";
export type DiagonalBranch = "D+" | "D-" | "D0";

/** On which part of [0, 1] the output answers: all of it, its lower part, its upper part, none. */
export const offDiagonalBranch = (a: number, b: number): OffDiagonalBranch => {
  if (b > 0) return a + b >= 0 ? "O+" : "O+cut";
  return a + b > 0 ? "O-" : "O0";
};

export const diagonalBranch = (a: number, b: number): DiagonalBranch => {
  if (b > 0) return "D+";
  return a + b > 0 ? "D-" : "D0";
};

/** Writes out[0..2] = [g, g_a, g_b]. */
export const offDiagonalSlopes = (a: number, b: number, out: Float64Array): void => {
  const u = a + b;
  if (b > 0) {
    if (u >= 0) {
      out[0] = a * a + 3 * b * u;
      out[1] = 2 * a + 3 * b;
      out[2] = 3 * a + 6 * b;
    } else {
      const q = b / a;
      out[0] = -b * b * q;
      out[1] = b * q * q;
      out[2] = -3 * b * q;
    }
  } else if (u <= 0) {
    out[0] = 0;
    out[1] = 0;
    out[2] = 0;
  } else {
    const s = u / a;
    out[0] = u * u * s;
    out[1] = s * s * (2 * a - b);
    out[2] = 3 * u * s;
  }
};

/** Writes out[0..5] = [g, g_a, g_b, g_aa, g_ab, g_bb]. */
export const offDiagonal = (a: number, b: number, out: Float64Array): void => {
  offDiagonalSlopes(a, b, out);
  const u = a + b;
  if (b > 0) {
    if (u >= 0) {
      out[3] = 2;
      out[4] = 3;
      out[5] = 6;
    } else {
      const q = b / a;
      out[3] = -2 * q * q * q;
      out[4] = 3 * q * q;
      out[5] = -6 * q;
    }
  } else if (u <= 0) {
    out[3] = 0;
    out[4] = 0;
    out[5] = 0;
  } else {
    const q = b / a;
    out[3] = 2 * (1 + q * q * q);
    out[4] = 3 * (1 - q * q);
    out[5] = 6 * (1 + q);
  }
};

/** Writes out[0..2] = [d, d_a, d_b]. */
export const diagonalSlopes = (a: number, b: number, out: Float64Array): void => {
  if (b <= 0 && a + b <= 0) {
    out[0] = 1;
    out[1] = 0;
    out[2] = 0;
    return;
  }
  const e = 1 - a;
  out[0] = e * e - 3 * e * b + 3 * b * b;
  out[1] = -2 * e + 3 * b;
  out[2] = -3 * e + 6 * b;
  if (b > 0) return;
  // int_0^{-b/a} is cut off.
  const q = b / a;
  const bq = b * q;
  out[0] += bq * (q + b);
  out[1] -= q * q * (2 * q + b);
  out[2] += 3 * q * (q + b);
};

/** Writes out[0..5] = [d, d_a, d_b, d_aa, d_ab, d_bb]. */
export const diagonal = (a: number, b: number, out: Float64Array): void => {
  diagonalSlopes(a, b, out);
  if (b > 0) {
    out[3] = 2;
    out[4] = 3;
    out[5] = 6;
  } else if (a + b <= 0) {
    out[3] = 0;
    out[4] = 0;
    out[5] = 0;
  } else {
    const q = b / a;
    const p = 1 / a;
    out[3] = 2 + q * q * q * (6 * p + 2);
    out[4] = 3 - q * q * (6 * p + 3);
    out[5] = 6 + q * (6 * p + 6);
  }
};
