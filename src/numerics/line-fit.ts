export interface Line {
  readonly slope: number;
  readonly intercept: number;
}

export interface LineFit extends Line {
  readonly slopeError: number;
}

/**
 * Weighted least squares of a line; `errors` are standard errors of y, all 1 when absent. The error of the slope is scaled up where the
 * points scatter by more than their errors. Null with fewer than two different x.
 */
export const lineFit = (x: ArrayLike<number>, y: ArrayLike<number>, errors?: ArrayLike<number>): LineFit | null => {
  const n = x.length;
  const w = Float64Array.from({ length: n }, (_, i) => (errors ? 1 / (errors[i] * errors[i]) : 1));
  const sum = (f: (i: number) => number): number => w.reduce((total, weight, i) => total + weight * f(i), 0);
  const whole = sum(() => 1);
  const xMean = sum(i => x[i]) / whole;
  const yMean = sum(i => y[i]) / whole;
  const spread = sum(i => (x[i] - xMean) * (x[i] - xMean));
  if (!(spread > 0)) return null;
  const slope = sum(i => (x[i] - xMean) * (y[i] - yMean)) / spread;
  const intercept = yMean - slope * xMean;
  const chi2 = sum(i => (y[i] - intercept - slope * x[i]) * (y[i] - intercept - slope * x[i]));
  const scale = n > 2 ? Math.max(1, chi2 / (n - 2)) : 1;
  return { slope, slopeError: Math.sqrt(scale / spread), intercept };
};

/** The least-squares line; NaN with fewer than two different x. */
export const line = (x: ArrayLike<number>, y: ArrayLike<number>): Line =>
  lineFit(x, y) ?? { slope: Number.NaN, intercept: Number.NaN };

/** The same through points. */
export const lineThrough = (points: readonly (readonly [x: number, y: number])[]): Line =>
  line(
    points.map(([x]) => x),
    points.map(([, y]) => y),
  );

/** Where the least-squares line is zero. */
export const lineZero = (x: ArrayLike<number>, y: ArrayLike<number>): number => {
  const { slope, intercept } = line(x, y);
  return -intercept / slope;
};
