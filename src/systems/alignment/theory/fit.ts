import { invalid } from "../../../errors.ts";
import { choleskyInPlace, choleskySolve } from "../../../numerics/cholesky.ts";
import { exp, log } from "../../../numerics/elementary.ts";
import { levenbergMarquardt, type NonlinearFit, type Residuals } from "../../../numerics/levenberg-marquardt.ts";
import { minimumByThirds } from "../../../numerics/minimum.ts";
import { longRunCovariance } from "../../../numerics/statistics/long-run-covariance.ts";
import { mean } from "../../../numerics/statistics.ts";
import { studentQuantile } from "../../../numerics/student.ts";
import { sweepValues } from "../../../numerics/sweep-values.ts";
import { integrated, predicted } from "./trajectory.ts";
import { type Coefficients, lossOf, type PointPair, type Rates, type TwoPointState } from "./two-point.ts";

/** A pair as it was measured: states at ascending times, counted from the first. */
export interface Trajectory extends PointPair {
  readonly t: readonly number[];
  readonly h: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly w: ArrayLike<number>;
}

/** Ends of a 95 % interval. */
export type Interval = readonly [low: number, high: number];

export interface RateFit extends Rates {
  /** 95 % intervals that allow for correlated residuals; null where the trajectory does not tell a rate. */
  readonly intervals: { readonly etaH: Interval; readonly etaY: Interval } | null;
  /** Sum of the squared differences of h, y and w. */
  readonly squares: number;
  /** Coefficients of determination, 1 - residual / total sum of squares; NaN of what does not move. */
  readonly determination: { readonly h: number; readonly y: number; readonly w: number };
  /** The fitted trajectory at the measured times. */
  readonly states: readonly TwoPointState[];
}

/** Fewer points than this do not tell two rates and how well they fit. */
export const LEAST_POINTS = 4;

/** Rates are searched within these logarithms, relative to 1 / (time watched x largest h). */
const [SLOWEST, FASTEST] = [-35, 20];
/** The first rates are tried where outputs are learned within the time that was watched, or somewhat beyond. */
const [FIRST_FROM, FIRST_TO, FIRST_COUNT] = [1e-2, 1e4, 49];
/** Ratios of the two rates that are tried, relative to the rich regime's. */
const RATIOS = [1, 0.1, 0.01];
/** Places from which a local minimum is looked for. */
const STARTS = 3;

/**
 * Effective rates of least squares over h, y and w, the theory begun at the first measured state; `factors` are those of an altered equation. Throws a
 * LandauError of kind "input" for a trajectory that cannot tell them: too short, without distance in the inputs, targets or representations.
 */
export const fitEffectiveRates = (trajectory: Trajectory, factors?: Coefficients): RateFit => {
  checkTrajectory(trajectory);
  const { dx2, dy2, h, y, w } = trajectory;
  const count = trajectory.t.length;
  const t = trajectory.t.map(time => time - trajectory.t[0]);
  const start = { h: h[0], y: y[0], w: w[0] };
  const pair = { dx2, dy2 };
  const follow = ([a, b]: readonly number[]) => {
    const rates = { etaH: exp(a), etaY: exp(b) };
    return factors ? integrated(start, pair, rates, t, factors) : predicted(start, pair, rates, t);
  };
  const unit = log(1 / (t[count - 1] * largest(h)));
  const isSearched = (value: number): boolean => value > unit + SLOWEST && value < unit + FASTEST;
  const residualsOf: Residuals = at => {
    const states = at.every(isSearched) ? follow(at) : null;
    if (!states) return null;
    const out = new Float64Array(3 * count);
    states.forEach((state, i) => {
      out[i] = state.h - h[i];
      out[count + i] = state.y - y[i];
      out[2 * count + i] = state.w - w[i];
    });
    return out.every(Number.isFinite) ? out : null;
  };

  const best = bestOf(firstPlaces(residualsOf, unit, (h[count - 1] * h[count - 1]) / (dx2 * dy2)), residualsOf);
  if (!best)
    throw invalid(
      "the trajectory",
      { h0: h[0], y0: y[0], w0: w[0] },
      "a start from which the equations can be followed",
    );
  const [logH, logY] = best.parameters;
  const part = (from: number) => best.residuals.subarray(from * count, (from + 1) * count);
  return {
    etaH: exp(logH),
    etaY: exp(logY),
    intervals: intervalsOf(best, count),
    squares: best.squares,
    determination: {
      h: determination(part(0), h),
      y: determination(part(1), y),
      w: determination(part(2), w),
    },
    states: follow(best.parameters)!,
  };
};

const checkTrajectory = ({ t, h, y, w, dx2, dy2 }: Trajectory): void => {
  if (t.length < LEAST_POINTS) throw invalid("the length of t", t.length, `at least ${LEAST_POINTS} times`);
  for (const [name, values] of Object.entries({ h2: h, y2: y, w }))
    if (values.length !== t.length)
      throw invalid(`the length of ${name}`, values.length, `${t.length}, one for each time`);
  t.forEach((time, i) => {
    if (i > 0 && !(time > t[i - 1])) throw invalid(`t[${i}]`, time, `ascending times; t[${i - 1}] is ${t[i - 1]}`);
  });
  for (let i = 0; i < t.length; i++) {
    if (!(h[i] > 0)) throw invalid(`h2[${i}]`, h[i], "a positive squared distance");
    if (!(y[i] >= 0)) throw invalid(`y2[${i}]`, y[i], "a squared distance");
  }
  if (!(dx2 > 0)) throw invalid("dx2", dx2, "a positive squared distance of the inputs");
  if (!(dy2 > 0)) throw invalid("dy2", dy2, "a positive squared distance of the targets");
};

const largest = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => Math.max(a, b), 0);

/** Logarithms of rates along rays of constant ratio, those of the least sums first. */
const firstPlaces = (residualsOf: Residuals, unit: number, ratio: number): readonly (readonly number[])[] => {
  const tried = RATIOS.flatMap(share => {
    const scales = Array.from(sweepValues(FIRST_FROM, FIRST_TO, FIRST_COUNT, "log"), value => unit + log(value));
    const sums = scales.map(scale => {
      const at = [scale + log(share * ratio), scale];
      const residuals = residualsOf(at);
      return { at, sum: residuals ? residuals.reduce((sum, value) => sum + value * value, 0) : Infinity };
    });
    // One place for each valley along a ray.
    return sums.filter(({ sum }, i) => sum < Infinity && !(sums[i - 1]?.sum < sum) && !(sums[i + 1]?.sum < sum));
  });
  return tried.sort((a, b) => a.sum - b.sum).map(({ at }) => at);
};

const bestOf = (places: readonly (readonly number[])[], residualsOf: Residuals): NonlinearFit | undefined =>
  places
    .slice(0, STARTS)
    .flatMap(place => levenbergMarquardt(residualsOf, place) ?? [])
    .reduce<NonlinearFit | undefined>((best, fit) => (best && best.squares <= fit.squares ? best : fit), undefined);

/** Below this share of the larger slope a rate changes nothing that was measured. */
const UNTOLD = 1e-6;

/** A rate that may be a million times as large or small is not told. */
const WIDEST = log(1e6);

/**
 * From the covariance (J^T J)^-1 M (J^T J)^-1 of the logarithms, M that of the sum of slopes times residuals with their correlation in time, and Student's
 * quantile at as many independent points as that correlation leaves, less the two rates.
 */
const intervalsOf = ({ parameters, slopes, residuals }: NonlinearFit, count: number): RateFit["intervals"] => {
  const squares = slopes.map(slope => slope.reduce((sum, value) => sum + value * value, 0));
  if (!(Math.min(...squares) > UNTOLD * UNTOLD * Math.max(...squares))) return null;
  const pulls = slopes.map(slope =>
    Float64Array.from({ length: count }, (_, i) =>
      [0, 1, 2].reduce((sum, part) => sum + slope[part * count + i] * residuals[part * count + i], 0),
    ),
  );
  const normal = Float64Array.from(
    slopes.flatMap(a => slopes.map(b => a.reduce((sum, value, i) => sum + value * b[i], 0))),
  );
  if (!(normal[0] * normal[3] - normal[1] * normal[2] > 1e-12 * normal[0] * normal[3])) return null;
  choleskyInPlace(normal, 2);
  const covariance = longRunCovariance(pulls);
  const independent = pulls.map((pull, i) => {
    const whole = covariance[i][i];
    return whole > 0 ? (count * pull.reduce((sum, value) => sum + value * value, 0)) / whole : count;
  });
  const quantile = studentQuantile(Math.max(1, Math.min(count, ...independent) - 2));
  const errorOf = (entry: number): number => {
    const row = new Float64Array(2);
    row[entry] = 1;
    choleskySolve(normal, 2, row);
    const [a, b] = row;
    const variance = a * a * covariance[0][0] + 2 * a * b * covariance[0][1] + b * b * covariance[1][1];
    return quantile * Math.sqrt(Math.max(0, variance));
  };
  const errors = [errorOf(0), errorOf(1)];
  if (Math.max(...errors) > WIDEST) return null;
  const interval = (entry: number): Interval => [
    exp(parameters[entry] - errors[entry]),
    exp(parameters[entry] + errors[entry]),
  ];
  return { etaH: interval(0), etaY: interval(1) };
};

const determination = (residuals: Float64Array, measured: ArrayLike<number>): number => {
  const values = Array.from(measured);
  const centre = mean(values);
  const total = values.reduce((sum, value) => sum + (value - centre) * (value - centre), 0);
  return 1 - residuals.reduce((sum, value) => sum + value * value, 0) / total;
};

/** How much faster and slower than the time that was watched the mean error may decay. */
const MEAN_RANGE = 12;

/** The rate at which the mean error decays, by least squares against the measured loss, y and w as measured. */
export const fitMeanRate = (
  { t, y, w, dy2 }: Trajectory,
  loss: ArrayLike<number>,
  m0: number,
): { readonly etaMean: number; readonly squares: number } => {
  const squaresAt = (logRate: number): number => {
    const etaMean = exp(logRate);
    let sum = 0;
    t.forEach((time, i) => {
      const difference = lossOf({ y: y[i], w: w[i] }, { dy2, m0, etaMean, t: time - t[0] }) - loss[i];
      sum += difference * difference;
    });
    return sum;
  };
  const unit = log(1 / (t[t.length - 1] - t[0]));
  const grid = Array.from(sweepValues(unit - MEAN_RANGE / 2, unit + MEAN_RANGE, 60));
  const sums = grid.map(squaresAt);
  const least = sums.indexOf(Math.min(...sums));
  const step = grid[1] - grid[0];
  const place = minimumByThirds(squaresAt, grid[least] - step, grid[least] + step, 60);
  return { etaMean: exp(place), squares: squaresAt(place) };
};
