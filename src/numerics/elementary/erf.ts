import { exp } from "./exp.ts";

/**
 * Error function 2 / sqrt(pi) times the integral of e^(-t^2) from 0 to x. Largest error measured: 1.28 ulp.
 *
 * erf(NaN) = NaN, erf(-0) = -0, erf(x) = +-1 for |x| >= 6.
 *
 * Below 1: x + x E(x^2), E a near-minimax polynomial of degree 11 with error 7.5e-18. Above: 1 - e^(-x^2) K((|x| - 3) / (|x| + 3)),
 * K a polynomial of degree 11 whose error, times e^(-x^2), is 6.4e-18.
 */
export const erf = (x: number): number => {
  const size = Math.abs(x);
  if (size < 1) return x + x * errorRemainder(x * x);
  if (!(size < 6)) return size >= 6 ? Math.sign(x) : x;
  const value = 1 - exp(-(size * size)) * scaledComplement((size - 3) / (size + 3));
  return x < 0 ? -value : value;
};

const errorRemainder = (z: number): number => {
  const w = z * z;
  const v = w * w;
  const low = 0.12837916709551256 + -0.3761263890318354 * z + w * (0.1128379167094491 + -0.026866170643221454 * z);
  const middle =
    0.005223977606976882 + -0.0008548325968458515 * z + w * (0.00012055294691019695 + -1.4924732685547572e-5 * z);
  const high =
    1.6447371314258486e-6 + -1.6208065704722215e-7 * z + w * (1.3718218762051456e-8 + -7.792387776980085e-10 * z);
  return low + v * (middle + v * high);
};

/** e^(x^2) (1 - erf x) as a function of t = (x - 3) / (x + 3). */
const scaledComplement = (t: number): number => {
  const w = t * t;
  const v = w * w;
  const low = 0.1790011511813537 + -0.326233560045903 * t + w * (0.24560380166436535 + -0.15011593634174974 * t);
  const middle =
    0.07166585015457706 + -0.024392327708485123 * t + w * (0.004270354544847427 + 0.0007131774376822584 * t);
  const high =
    -0.0005810881238671766 + 7.639890914041417e-5 * t + w * (0.00010295520784896445 + 1.5204316533018143e-5 * t);
  return low + v * (middle + v * high);
};
