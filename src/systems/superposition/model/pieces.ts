/**
 * The two integrals that make the population loss (arXiv 2310.06301, Lemma 3.1), with u = a + b:
 *
 *     g(a, b) = 3 int_0^1 ReLU(a mu + b)^2 dmu             cross term: unwanted output
 *     d(a, b) = 3 int_0^1 (mu - ReLU(a mu + b))^2 dmu      self term, a = |W_i|^2 >= 0
 *
 * Each is a different rational function in each of its branches. Both are once continuously differentiable everywhere.
 */
export type OffDiagonalBranch = "O+" | "O+cut" | "O-" | "O0";
export type DiagonalBranch = "D+" | "D-" | "D0";

export const offDiagonalBranch = (a: number, b: number): OffDiagonalBranch => {
  if (b > 0) return a + b >= 0 ? "O+" : "O+cut";
  return a + b > 0 ? "O-" : "O0";
};

export const diagonalBranch = (a: number, b: number): DiagonalBranch => {
  if (b > 0) return "D+";
  return a + b > 0 ? "D-" : "D0";
};

/** Writes g and its derivatives: out = [g, g_a, g_b, g_aa, g_ab, g_bb]. */
export const offDiagonal = (a: number, b: number, out: Float64Array): void => {
  const u = a + b;
  if (b > 0 && u >= 0) write(out, a * a + 3 * b * u, 2 * a + 3 * b, 3 * a + 6 * b, 2, 3, 6);
  else if (b > 0) {
    const q = b / a;
    const q2 = q * q;
    write(out, -b * b * q, b * q2, -3 * b * q, -2 * q2 * q, 3 * q2, -6 * q);
  } else if (u > 0) {
    // u > 0 with b <= 0 makes a positive: no division by zero.
    const q = b / a;
    const s = u / a;
    write(out, u * u * s, s * s * (2 * a - b), 3 * u * s, 2 * (1 + q * q * q), 3 * (1 - q * q), 6 * (1 + q));
  } else write(out, 0, 0, 0, 0, 0, 0);
};

/** Writes d and its derivatives: out = [d, d_a, d_b, d_aa, d_ab, d_bb]. */
export const diagonal = (a: number, b: number, out: Float64Array): void => {
  const e = 1 - a;
  if (b > 0) write(out, e * e - 3 * e * b + 3 * b * b, -2 * e + 3 * b, -3 * e + 6 * b, 2, 3, 6);
  else if (a + b > 0) {
    const q = b / a;
    const q2 = q * q;
    const q3 = q2 * q;
    write(
      out,
      e * e - 3 * e * b + 3 * b * b + b * q2 + b * b * q,
      -2 * e + 3 * b - 2 * q3 - b * q2,
      -3 * e + 6 * b + 3 * q2 + 3 * b * q,
      2 + (6 * q3) / a + 2 * q3,
      3 - (6 * q2) / a - 3 * q2,
      6 + (6 * q) / a + 6 * q,
    );
  } else write(out, 1, 0, 0, 0, 0, 0);
};

const write = (out: Float64Array, v: number, a: number, b: number, aa: number, ab: number, bb: number): void => {
  out[0] = v;
  out[1] = a;
  out[2] = b;
  out[3] = aa;
  out[4] = ab;
  out[5] = bb;
};
