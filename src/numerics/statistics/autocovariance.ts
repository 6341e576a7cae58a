import { fourierInPlace } from "../fourier.ts";
import { mean } from "./moments.ts";

/**
 * sum_i (x_i - mean)(x_(i + lag) - mean) / n for lag = 0, ..., n - 1: the divisor n, not n - lag, keeps the sequence positive definite.
 * By Fourier transform, in a time of n log n. Throws when a value is not finite.
 */
export const autocovariance = (series: ArrayLike<number>): Float64Array => {
  const n = series.length;
  const centre = mean(series);
  let padded = 1;
  while (padded < 2 * n) padded *= 2;
  const real = new Float64Array(padded);
  const imaginary = new Float64Array(padded);
  for (let i = 0; i < n; i++) real[i] = series[i] - centre;
  fourierInPlace(real, imaginary);
  for (let k = 0; k < padded; k++) {
    real[k] = real[k] * real[k] + imaginary[k] * imaginary[k];
    imaginary[k] = 0;
  }
  // The spectrum is even, so that the transform back is the transform itself.
  fourierInPlace(real, imaginary);
  return real.subarray(0, n).map(value => value / (padded * n));
};
