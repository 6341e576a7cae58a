/** Lags that are looked at before neighbours are averaged. */
const LAGS = 48;
/** The sum of correlations ends at a lag of so many correlation times. [Madras and Sokal, J. Stat. Phys. 50 (1988) 109] */
const WINDOW = 6;
/** A correlation time is not known from fewer draws than this many times itself. */
const LEAST = 8;

/**
 * How many independent draws would know the mean of a series as well: its length over 1 + 2 sum of its autocorrelations. Where the sum does not end
 * within some lags, it goes on with means of neighbours.
 */
export const effectiveDraws = (values: Float64Array): number => {
  const n = values.length;
  if (n < LEAST) return n;
  let series = values;
  for (let stride = 1; series.length >= LEAST; stride *= 2) {
    const time = correlationTime(series);
    if (time !== null) return Math.max(1, Math.min(n, n / (stride * time)));
    series = pairMeans(series);
  }
  return 1;
};

/** 1 + 2 sum of autocorrelations; 1 for a constant series, null where the sum does not end within the lags. */
const correlationTime = (values: Float64Array): number | null => {
  const n = values.length;
  let mean = 0;
  for (let i = 0; i < n; i++) mean += values[i];
  mean /= n;
  const variance = covarianceAt(values, mean, 0);
  if (!(variance > 0)) return 1;
  let time = 1;
  for (let lag = 1; lag <= Math.min(LAGS, n >> 1); lag++) {
    time += (2 * covarianceAt(values, mean, lag)) / variance;
    // Distances from the mean of the series itself are too small on average. [Wolff, Comput. Phys. Commun. 156 (2004) 143]
    if (lag >= (WINDOW / 2) * time) return Math.max(1, time * (1 + (2 * lag + 1) / n));
  }
  return null;
};

const covarianceAt = (values: Float64Array, mean: number, lag: number): number => {
  let sum = 0;
  for (let i = lag; i < values.length; i++) sum += (values[i] - mean) * (values[i - lag] - mean);
  return sum / values.length;
};

const pairMeans = (values: Float64Array): Float64Array =>
  Float64Array.from({ length: values.length >> 1 }, (_, i) => (values[2 * i] + values[2 * i + 1]) / 2);
