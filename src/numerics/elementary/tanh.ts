import { exp } from "./exp.ts";

/**
 * Hyperbolic tangent. Largest error measured: 1.45 ulp.
 *
 * tanh(NaN) = NaN, tanh(-0) = -0, tanh(x) = +-1 for |x| >= 22.
 *
 * Below 0.55: x + x^3 T(x^2), T a near-minimax polynomial of degree 10 with error 7.8e-18. Above: 1 - 2 / (e^(2 |x|) + 1).
 */
export const tanh = (x: number): number => {
  const size = Math.abs(x);
  if (size < 0.55) return size < 7.450580596923828e-9 ? x : x + x * x * x * tangentRemainder(x * x);
  if (!(size < 22)) return size >= 22 ? Math.sign(x) : x;
  const value = 1 - 2 / (exp(2 * size) + 1);
  return x < 0 ? -value : value;
};

const tangentRemainder = (z: number): number => {
  const w = z * z;
  const v = w * w;
  const low = -0.3333333333333333 + 0.1333333333333271 * z + w * (-0.05396825396742711 + 0.021869488493351966 * z);
  const middle =
    -0.008863234390552772 + 0.0035921102829827483 * z + w * (-0.0014556610653503473 + 0.0005889322836960864 * z);
  const high = -0.00023462355640458792 + 8.509481082749288e-5 * z + w * -2.059003703476761e-5;
  return low + v * (middle + v * high);
};
