/**
 * sin(r + low) for |r| <= pi / 4 and |low| at most half a last bit of r: r + r^3 S(r^2) + low cos r, S a near-minimax polynomial
 * of degree 5 with error 2.1e-17.
 */
export const sineKernel = (r: number, low: number): number => {
  const z = r * r;
  const w = z * z;
  const series =
    -0.16666666666666666 +
    0.008333333333330936 * z +
    w *
      (-0.00019841269836740532 + 2.7557316093198404e-6 * z + w * (-2.5051129896450185e-8 + 1.5917988979397435e-10 * z));
  return r + (r * z * series + low * (1 - 0.5 * z));
};
