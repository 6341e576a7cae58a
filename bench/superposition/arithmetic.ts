/**
 * Floating-point operations of one full-batch evaluation of loss and gradient, averaged over `points`; comparisons,
 * searches in the sorted amplitudes and moves do not count.
 *
 * Ours, for c features and r dimensions: A = W^T W costs (2r - 1) c (c + 1) / 2. A pair (i, j) with active samples costs
 * 3 for the sums S1, S2 and S0 when it has a threshold, 1 more for the threshold -b/a, and 12 for its share of loss
 * and gradients: p = e S2 + b S1, q = e S1 + b S0, loss += e p + b q, G = p, db_i += q. Then G + G^T (c^2),
 * W (G + G^T) (2 r c^2), and the scaling by 2/n (r c + c).
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
        if (a > 0 && b > 0) pairs += 12;
        else if (a > 0 || b > 0) pairs += a + b > 0 || b > 0 ? 16 : 1;
      }
  const fixed = ((2 * r - 1) * c * (c + 1)) / 2 + c * c + 2 * r * c * c + r * c + c;
  return { ours: fixed + pairs / points.length, dense: n * (10 * r * c + 9 * c) };
};
