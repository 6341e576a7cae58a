export interface LineFit {
  readonly slope: number;
  readonly slopeError: number;
  readonly intercept: number;
}

/**
 * Weighted least squares of a line; `errors` are standard errors of y. The error of the slope is scaled up where the points scatter by
 * more than their errors. Null with fewer than two different x.
 */
export const lineFit = (x: readonly number[], y: readonly number[], errors: readonly number[]): LineFit | null => {
  const w = errors.map(error => 1 / (error * error));
  const sum = (f: (i: number) => number): number => x.reduce((total, _, i) => total + w[i] * f(i), 0);
  const whole = sum(() => 1);
  const xMean = sum(i => x[i]) / whole;
  const yMean = sum(i => y[i]) / whole;
  const spread = sum(i => (x[i] - xMean) * (x[i] - xMean));
  if (!(spread > 0)) return null;
  const slope = sum(i => (x[i] - xMean) * (y[i] - yMean)) / spread;
  const intercept = yMean - slope * xMean;
  const chi2 = sum(i => (y[i] - intercept - slope * x[i]) * (y[i] - intercept - slope * x[i]));
  const scale = x.length > 2 ? Math.max(1, chi2 / (x.length - 2)) : 1;
  return { slope, slopeError: Math.sqrt(scale / spread), intercept };
};
