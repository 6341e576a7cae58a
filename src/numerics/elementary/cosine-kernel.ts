/**
 * cos(r + low) for |r| <= pi / 4 and |low| at most half a last bit of r: 1 - r^2 / 2 + r^4 C(r^2) - low r, C a near-minimax
 * polynomial of degree 5 with error 1.3e-18.
 */
export const cosineKernel = (r: number, low: number): number => {
  const z = r * r;
  const w = z * z;
  const series =
    0.041666666666666664 +
    -0.0013888888888887389 * z +
    w * (2.48015872987544e-5 + -2.755731726587808e-7 * z + w * (2.087614504941318e-9 + -1.138254464534925e-11 * z));
  const half = 0.5 * z;
  const sum = 1 - half;
  const cut = 1 - sum - half;
  return sum + (cut + (w * series - low * r));
};
