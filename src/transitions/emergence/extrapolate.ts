import { invalid } from "../../errors.ts";
import { checkValues } from "../../numerics/statistics/check-values.ts";
import { studentBeyond, studentQuantile } from "../../numerics/student.ts";
import { sum } from "./counts.ts";

/** A line through the first m points, and what it says of the others. */
export interface Extrapolation {
  readonly intercept: number;
  readonly slope: number;
  /** Standard deviation of the points about the line. */
  readonly sigma: number;
  /** Prediction at each later point, with its standard error and interval. */
  readonly mean: readonly number[];
  readonly se: readonly number[];
  readonly lo: readonly number[];
  readonly hi: readonly number[];
  /** (observed - mean) / se */
  readonly z: readonly number[];
  readonly pTwoSided: readonly number[];
  /** Share of the later points that lie in their intervals. */
  readonly coverage: number;
  readonly tQuantile: number;
}

export interface ExtrapolateOptions {
  /** Points that the line is fitted to, at least 3. Half of them when absent. */
  readonly m?: number;
  /** Probability that an interval holds the observation. 0.95 when absent. */
  readonly level?: number;
  /** Least standard deviation: that of counting, where the first points may all be nought. 0 when absent. */
  readonly sigmaFloor?: number;
}

/** Ordinary least squares on the first m of the points, prediction intervals of Student's law at the rest. */
export const extrapolate = (
  x: readonly number[],
  y: readonly number[],
  { m = Math.floor(x.length / 2), level = 0.95, sigmaFloor = 0 }: ExtrapolateOptions = {},
): Extrapolation => {
  checkValues("x", x, 4);
  checkValues("y", y, 4);
  if (y.length !== x.length) throw invalid("the length of y", y.length, `${x.length}, as x has`);
  if (!(Number.isSafeInteger(m) && m >= 3 && m < x.length))
    throw invalid("m", m, `a whole number between 3 and ${x.length - 1}, which leaves a point to predict`);
  if (!(level > 0 && level < 1)) throw invalid("level", level, "a probability between 0 and 1, ends excluded");
  if (!(sigmaFloor >= 0)) throw invalid("sigmaFloor", sigmaFloor, "a number from 0 on");
  const [xs, ys] = [x.slice(0, m), y.slice(0, m)];
  const [xMean, yMean] = [sum(xs) / m, sum(ys) / m];
  const spread = sum(xs.map(value => (value - xMean) * (value - xMean)));
  if (!(spread > 0)) throw invalid("x", xs, "at least two different values among the first m");
  const slope = sum(xs.map((value, i) => (value - xMean) * (ys[i] - yMean))) / spread;
  const intercept = yMean - slope * xMean;
  const squares = sum(xs.map((value, i) => squared(ys[i] - yMean - slope * (value - xMean))));
  // Points on a line to the last bit are known to that bit.
  const rounding = Number.EPSILON * (Math.max(...ys.map(Math.abs)) || 1);
  const sigma = Math.max(Math.sqrt(squares / (m - 2)), sigmaFloor, rounding);
  const tQuantile = studentQuantile(m - 2, 1 - level);
  const later = x.slice(m);
  const mean = later.map(value => yMean + slope * (value - xMean));
  const se = later.map(value => sigma * Math.sqrt(1 + 1 / m + squared(value - xMean) / spread));
  const z = mean.map((value, i) => (y[m + i] - value) / se[i]);
  const [lo, hi] = [-1, 1].map(sign => mean.map((value, i) => value + sign * tQuantile * se[i]));
  return {
    intercept,
    slope,
    sigma,
    mean,
    se,
    lo,
    hi,
    z,
    pTwoSided: z.map(value => studentBeyond(value, m - 2)),
    coverage: z.filter((_, i) => y[m + i] >= lo[i] && y[m + i] <= hi[i]).length / z.length,
    tQuantile,
  };
};

const squared = (value: number): number => value * value;
