import { fourierInPlace } from "../fourier.ts";
import { autocovariance } from "./autocovariance.ts";
import { mean } from "./moments.ts";

/** From this length on, lags are computed when they are asked for. */
export const LONG_SERIES = 8192;
/** Lags that are computed as sums of products, a block at a time, before a Fourier transform takes over. */
export const BLOCK = 8;
const DIRECT = 96;

/**
 * `at(lag)`: the mean over series of one length of their autocovariances (as `autocovariance`, lag = 0, ..., n - 1). Those who ask stop at the first lags as a rule;
 * for long series these are sums of products, and later ones come from a Fourier transform of two series at a time. Throws when a value is not finite.
 * @param means Of the series, where they are known
 */
export const meanAutocovariance = (
  series: readonly Float64Array[],
  means?: readonly number[],
): ((lag: number) => number) =>
  series[0].length < LONG_SERIES ? ofShort(series) : ofLong(series, means ?? series.map(mean));

const ofShort = (series: readonly Float64Array[]): ((lag: number) => number) => {
  const covariances = series.map(autocovariance);
  return lag => {
    let sum = 0;
    for (const covariance of covariances) sum += covariance[lag];
    return sum / covariances.length;
  };
};

const ofLong = (series: readonly Float64Array[], means: readonly number[]): ((lag: number) => number) => {
  const n = series[0].length;
  const centred = series.map((values, which) => {
    const centre = means[which];
    const out = new Float64Array(n);
    for (let i = 0; i < n; i++) out[i] = values[i] - centre;
    return out;
  });
  return lagByLag({
    centred,
    addProducts(from, into) {
      for (const values of centred) addProducts(values, from, into);
    },
  });
};

/** Long series, all of one length, less their means. */
export interface CentredSeries {
  readonly centred: readonly Float64Array[];
  /** Adds sum_i x_i x_(i + lag) of each series to `into[lag - from]` for `BLOCK` lags from `from` on. */
  addProducts(from: number, into: Float64Array): void;
}

/** The mean autocovariance at the lags that are asked for. */
export const lagByLag = ({ centred, addProducts }: CentredSeries): ((lag: number) => number) => {
  const scale = centred[0].length * centred.length;
  const first = new Float64Array(DIRECT);
  let known = 0;
  let all: Float64Array | undefined;
  return lag => {
    if (lag >= DIRECT) {
      all ??= byFourier(centred);
      return all[lag];
    }
    for (; known <= lag; known += BLOCK) {
      addProducts(known, first.subarray(known, known + BLOCK));
      for (let k = known; k < known + BLOCK; k++) first[k] /= scale;
    }
    return first[lag];
  };
};

/** Adds sum_i x_i x_(i + lag) to `into[lag - from]` for eight lags from `from` on. */
const addProducts = (x: Float64Array, from: number, into: Float64Array): void => {
  const whole = x.length - from - BLOCK + 1;
  let [s0, s1, s2, s3, s4, s5, s6, s7] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let i = 0; i < whole; i++) {
    const value = x[i];
    const at = i + from;
    s0 += value * x[at];
    s1 += value * x[at + 1];
    s2 += value * x[at + 2];
    s3 += value * x[at + 3];
    s4 += value * x[at + 4];
    s5 += value * x[at + 5];
    s6 += value * x[at + 6];
    s7 += value * x[at + 7];
  }
  const sums = [s0, s1, s2, s3, s4, s5, s6, s7];
  for (let k = 0; k < BLOCK; k++) {
    for (let i = whole; i + from + k < x.length; i++) sums[k] += x[i] * x[i + from + k];
    into[k] += sums[k];
  }
};

const byFourier = (centred: readonly Float64Array[]): Float64Array => {
  const n = centred[0].length;
  let padded = 1;
  while (padded < 2 * n) padded *= 2;
  const power = new Float64Array(padded);
  const real = new Float64Array(padded);
  const imaginary = new Float64Array(padded);
  for (let c = 0; c < centred.length; c += 2) {
    real.fill(0).set(centred[c]);
    imaginary.fill(0);
    if (c + 1 < centred.length) imaginary.set(centred[c + 1]);
    fourierInPlace(real, imaginary);
    // |X(k)|^2 + |Y(k)|^2 of the two series = (|Z(k)|^2 + |Z(-k)|^2) / 2 of z = x + i y.
    for (let k = 0; k < padded; k++) {
      const back = (padded - k) & (padded - 1);
      power[k] +=
        0.5 *
        (real[k] * real[k] + imaginary[k] * imaginary[k] + real[back] * real[back] + imaginary[back] * imaginary[back]);
    }
  }
  // The spectrum is even, so that the transform back is the transform itself.
  fourierInPlace(power, imaginary.fill(0));
  const out = power.subarray(0, n);
  for (let lag = 0; lag < n; lag++) out[lag] /= padded * n * centred.length;
  return out;
};
