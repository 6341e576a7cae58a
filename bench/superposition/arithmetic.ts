/**
 * Floating-point operations of one full-batch evaluation of loss and gradient, averaged over `points`; comparisons,
 * searches in the sorted amplitudes and moves do not count.
 *
 * Ours, for c features and r dimensions: A = W^T W costs (2r - 1) c (c + 1) / 2. A pair (i, j) with active samples costs
 * 12 for its share of loss and gradients (p = e S2 + b S1, q = e S1 + b S0, loss += e p + b q, db_i += q, G = 2 p / n), 2 for
 * the place of its threshold when it has one, and 3 when S2, S1 and S0 are then differences; 2 when the threshold turns out
 * to leave nothing active. The diagonal adds 3 c, G + G^T c^2, W (G + G^T) 2 r c^2, and the scaling of db by 2 / n c.
 *
 * Dense, for n samples: W x, W^T h and, going back, three products of the same size (2 r c each); bias, ReLU, residual,
 * square, sum and their derivatives (9 c).
 */
export const arithmetic = (
  points: readonly Float64Array[],
  { c, r, n }: { readonly c: number; readonly r: number; readonly n: number },
): { readonly ours: number; readonly dense: number } => {
  let pairs = 0;
  for (const w of points)
    for (let i = 0; i < c; i++)
      for (let j = 0; j < c; j++) {
        let a = 0;
        for (let row = 0; row < r; row++) a += w[row * c + i] * w[row * c + j];
        const b = w[r * c + i];
        if (b > 0) pairs += a >= 0 ? 12 : 14;
        else if (a > 0) pairs += a + b > 0 ? 17 : 2;
      }
  const fixed = ((2 * r - 1) * c * (c + 1)) / 2 + 3 * c + c * c + 2 * r * c * c + c;
  return { ours: fixed + pairs / points.length, dense: n * (10 * r * c + 9 * c) };
};
