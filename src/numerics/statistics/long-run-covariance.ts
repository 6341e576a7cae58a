import { cubeRoot } from "../cube-root.ts";

/** Bandwidths longer than this share of the series would leave nothing to average over. */
const LONGEST = 1 / 4;
/** Correlations of neighbours that are taken out at most: beyond, a trend is not told from a random walk. */
const MOST = 0.97;

/**
 * Covariance of the sum of a correlated series of vectors of mean 0: the Bartlett-weighted sum of products at all lags of what an autoregression of each component
 * leaves, put together again. Andrews and Monahan, Econometrica 60 (1992) 953, with the bandwidth of Andrews, Econometrica 59 (1991) 817, equations 6.2 and 6.4.
 * @param series One array a component, all of one length
 * @returns One row a component
 */
export const longRunCovariance = (series: readonly Float64Array[]): number[][] => {
  const whitened = series.map(withoutOwnPast);
  const rests = whitened.map(({ rest }) => rest);
  const n = rests[0].length;
  const bandwidth = Math.min(LONGEST * n, bandwidthOf(rests));
  const sums = (a: Float64Array, b: Float64Array, lag: number): number => {
    let sum = 0;
    for (let t = lag; t < n; t++) sum += a[t] * b[t - lag];
    return sum;
  };
  return whitened.map(({ rest: a, kept: ofA }) =>
    whitened.map(({ rest: b, kept: ofB }) => {
      let sum = sums(a, b, 0);
      for (let lag = 1; lag < bandwidth; lag++) sum += (1 - lag / bandwidth) * (sums(a, b, lag) + sums(b, a, lag));
      return sum / ((1 - ofA) * (1 - ofB));
    }),
  );
};

/** The share of a value that its neighbour before tells, and what it does not tell. */
const withoutOwnPast = (values: Float64Array): { readonly rest: Float64Array; readonly kept: number } => {
  const kept = neighbourCorrelation(values);
  return {
    kept,
    rest: values.map((value, t) => (t === 0 ? value * Math.sqrt(1 - kept * kept) : value - kept * values[t - 1])),
  };
};

const neighbourCorrelation = (values: Float64Array): number => {
  let [product, square] = [0, 0];
  for (let t = 1; t < values.length; t++) {
    product += values[t] * values[t - 1];
    square += values[t - 1] * values[t - 1];
  }
  return square === 0 ? 0 : Math.max(-MOST, Math.min(MOST, product / square));
};

const bandwidthOf = (series: readonly Float64Array[]): number => {
  const n = series[0].length;
  let [over, under] = [0, 0];
  for (const values of series) {
    const r = neighbourCorrelation(values);
    let innovations = 0;
    for (let t = 1; t < n; t++) innovations += (values[t] - r * values[t - 1]) * (values[t] - r * values[t - 1]);
    const variance = innovations / (n - 1);
    const apart = 1 - r;
    const square = apart * apart;
    over += (4 * r * r * variance * variance) / (square * square * square * (1 + r) * (1 + r));
    under += (variance * variance) / (square * square);
  }
  return under > 0 ? 1.1447 * cubeRoot((over / under) * n) : 0;
};
