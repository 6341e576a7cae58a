import { exp, log } from "../../numerics/elementary.ts";
import { leastSquares } from "../../numerics/least-squares.ts";
import type { Profile } from "./profile.ts";

/**
 * The form that averages take near a continuous transition, x = (control - critical) size^(1/nu):
 *
 *     ln m               = g(x) - beta/nu ln size + corrections
 *     ln <m^2> / <m>^2   = h(x)                   + corrections
 *
 * g and h are polynomials. Corrections fall as size^-omega, are constant or linear in x, or stretch x, and count as likely up to a given part at the
 * smallest size.
 * Sizes and controls enter by their ratios alone.
 */
export interface FormPoint {
  /** A share of draws is a mean that has no dimension: beta/nu is 0. */
  readonly quantity: "mean" | "share" | "ratio";
  /** ln of the size over the smallest one. */
  readonly size: number;
  /** Control in halves of the whole range, 0 in its middle. */
  readonly control: number;
  readonly value: number;
  readonly error: number;
  /** Of a ratio that follows the mean of its cell in the list: the correlation of their errors. */
  readonly correlation: number;
}

export interface FormChoice {
  readonly degree: number;
  readonly omega: number;
  /** Polynomials are of x / sqrt(1 + (bend x)^2), x in units of its largest value: with a bend they level off where averages do. */
  readonly bend: number;
}

export interface FormFit {
  /** Critical control in the units of the points. */
  readonly critical: number;
  readonly inverseNu: number;
  readonly betaOverNu: number;
  /** Standard errors, scaled up where the form does not fit. */
  readonly errors: readonly [critical: number, inverseNu: number, betaOverNu: number];
  readonly chi2: number;
  readonly freedom: number;
  readonly parameters: number;
}

/** What a correction is likely to be at the smallest size: the constant and what goes with x in ln m, and the stretch of x. */
const CORRECTION = 0.1;
const STRETCH = 0.15;
/** Relative errors below this are not believed: few tables are better than their seventh digit. */
const LEAST_ERROR = 1e-7;
/** Range of 1/nu, in the unit of the sizes. */
export const INVERSE_NU = [0.05, 6] as const;

export const formPoints = (
  profiles: readonly Profile[],
  middle: number,
  half: number,
  quantity: "mean" | "share",
): FormPoint[] => {
  const smallest = log(profiles[0].size);
  return profiles.flatMap(({ size, cells }) =>
    cells.flatMap(({ control, mean, error, logRatio, logRatioError, correlation }): FormPoint[] => {
      const at = { size: log(size) - smallest, control: (control - middle) / half };
      const points: FormPoint[] = [];
      if (mean > 0)
        points.push({ quantity, ...at, value: log(mean), error: error / mean + LEAST_ERROR, correlation: 0 });
      if (mean > 0 && logRatio > 0) {
        const bounded = Math.max(-MOST_CORRELATED, Math.min(MOST_CORRELATED, correlation));
        points.push({
          quantity: "ratio",
          ...at,
          value: logRatio,
          error: logRatioError + LEAST_ERROR,
          correlation: bounded,
        });
      }
      return points;
    }),
  );
};

/** What correlates more is not believed to. */
const MOST_CORRELATED = 0.98;

/** Means alone, or ratios too: an indicator has none. */
const quantitiesOf = (points: readonly FormPoint[]): number => (points.some(isRatio) ? 2 : 1);

const isRatio = ({ quantity }: FormPoint): boolean => quantity === "ratio";

/** Columns: polynomial and two corrections of each quantity, the control for what is analytic in it, and for means ln size. */
const columnsOf = (degree: number, quantities: number, sized: number): number =>
  quantities * (degree + 1) + priorsOf(quantities) + sized;

/** 1 where averages have a dimension. */
const sizedOf = ([first]: readonly FormPoint[]): number => (first.quantity === "share" ? 0 : 1);

/** Two corrections of each quantity, and the analytic part. */
const priorsOf = (quantities: number): number => 2 * quantities + 1;

interface Trial {
  readonly critical: number;
  readonly inverseNu: number;
  readonly stretch: number;
}

/** Rows of the linear problem at a trial, each in units of its error, with rows that hold corrections at bay. */
const rowsAt = (
  points: readonly FormPoint[],
  { critical, inverseNu, stretch }: Trial,
  reach: number,
  choice: FormChoice,
) => {
  const { degree, omega, bend } = choice;
  const quantities = quantitiesOf(points);
  const [sized, priors] = [sizedOf(points), priorsOf(quantities)];
  const k = columnsOf(degree, quantities, sized);
  const rows = new Float64Array((points.length + priors) * k);
  // Points of one size follow each other.
  let [last, fading, widening] = [Number.NaN, 0, 0];
  points.forEach(({ quantity, size, control, error, correlation }, i) => {
    if (size !== last) [last, fading, widening] = [size, exp(-omega * size), exp(inverseNu * size) / reach];
    const at = i * k;
    const isMean = quantity !== "ratio";
    const from = at + (isMean ? 0 : degree + 1);
    const x = (control - critical) * widening * (1 + stretch * fading);
    const z = x / Math.sqrt(1 + bend * bend * x * x);
    let [before, now] = [1, z];
    rows[from] = 1 / error;
    for (let n = 1; n <= degree; n++) {
      rows[from + n] = now / error;
      [before, now] = [now, 2 * z * now - before];
    }
    const nuisance = at + quantities * (degree + 1);
    rows[nuisance + (isMean ? 0 : 2)] = fading / error;
    rows[nuisance + (isMean ? 1 : 3)] = (z * fading) / error;
    if (isMean) {
      rows[at + k - 1 - sized] = (control - critical) / error;
      if (sized) rows[at + k - 1] = -size / error;
    } else for (let c = 0; c < k; c++) rows[at + c] = decorrelated(rows[at + c], rows[at - k + c], correlation);
  });
  for (let p = 0; p < priors; p++) rows[(points.length + p) * k + k - sized - priors + p] = 1 / CORRECTION;
  return { rows, k, n: points.length + priors };
};

/** The part of a ratio, in units of its error, that does not go with the mean of its cell. */
const decorrelated = (ratio: number, mean: number, correlation: number): number =>
  (ratio - correlation * mean) / Math.sqrt(1 - correlation * correlation);

interface Solved {
  readonly trial: Trial;
  readonly solution: Float64Array;
  readonly chi2: number;
}

const solveAt = (points: readonly FormPoint[], trial: Trial, reach: number, choice: FormChoice): Solved | null => {
  const { rows, k, n } = rowsAt(points, trial, reach, choice);
  const found = n >= k ? leastSquares(rows, targets(points, n), n, k) : null;
  const strain = trial.stretch / STRETCH;
  return found && { trial, solution: found.solution, chi2: found.squares + strain * strain };
};

const targets = (points: readonly FormPoint[], n: number): Float64Array => {
  const y = new Float64Array(n);
  points.forEach(({ quantity, value, error, correlation }, i) => {
    y[i] = quantity !== "ratio" ? value / error : decorrelated(value / error, y[i - 1], correlation);
  });
  return y;
};

/** Largest |x| of the points. */
const reachOf = (points: readonly FormPoint[], trial: Scaling): number =>
  points.reduce((most, point) => Math.max(most, distance(point, trial)), 1e-12);

/** Scaled distance of a point from the critical control. */
export const distance = ({ control, size }: FormPoint, { critical, inverseNu }: Scaling): number =>
  Math.abs(control - critical) * exp(inverseNu * size);

type Scaling = Pick<Trial, "critical" | "inverseNu">;

/** The best of a grid of trials. */
export const bestOfGrid = (points: readonly FormPoint[], choice: FormChoice): Scaling | null => {
  let best: Solved | null = null;
  for (let i = -9; i <= 9; i++)
    for (const inverseNu of [0.15, 0.3, 0.5, 0.8, 1.2, 1.7, 2.4, 3.2]) {
      const trial = { critical: i / 10, inverseNu, stretch: 0 };
      const solved = solveAt(points, trial, reachOf(points, trial), choice);
      if (solved && (!best || solved.chi2 < best.chi2)) best = solved;
    }
  return best?.trial ?? null;
};

const STEPS = 20;
/** Gain in chi-square below which a fit is done. */
const LEAST_GAIN = 0.01;
const DIFFERENCE = 1e-5;

/** Least squares over all parameters from a trial, by Gauss and Newton's steps in critical control and 1/nu. Null where there are too few points. */
export const fitForm = (points: readonly FormPoint[], start: Scaling, choice: FormChoice): FormFit | null => {
  const quantities = quantitiesOf(points);
  const sized = sizedOf(points);
  const k = columnsOf(choice.degree, quantities, sized);
  const priors = priorsOf(quantities);
  const freedom = points.length + priors - k - 2;
  if (freedom < 3) return null;
  const reach = reachOf(points, start);
  let best = solveAt(points, { critical: start.critical, inverseNu: start.inverseNu, stretch: 0 }, reach, choice);
  if (!best) return null;
  for (let step = 0; step < STEPS; step++) {
    const move = newtonStep(points, best, reach, choice);
    if (!move) return null;
    const better = shortened(points, best, move.step, reach, choice);
    if (!better) break;
    const gain: number = best.chi2 - better.chi2;
    best = better;
    if (gain < LEAST_GAIN) break;
  }
  const last = newtonStep(points, best, reach, choice);
  if (!last) return null;
  const scale = Math.max(1, best.chi2 / freedom);
  const error = (i: number): number => Math.sqrt(scale * last.covariance[i * (k + NONLINEAR) + i]);
  const { critical, inverseNu } = best.trial;
  return {
    critical,
    inverseNu,
    betaOverNu: sized ? best.solution[k - 1] : 0,
    errors: [error(k), error(k + 1), sized ? error(k - 1) : 0],
    chi2: best.chi2,
    freedom,
    parameters: k + 2 - priors,
  };
};

/** Half of a step, a quarter, ... until it makes the fit better and stays in range. */
const shortened = (
  points: readonly FormPoint[],
  { trial, chi2 }: Solved,
  [critical, inverseNu, stretch]: readonly [number, number, number],
  reach: number,
  choice: FormChoice,
): Solved | null => {
  for (let share = 1; share > 1e-3; share /= 2) {
    const there = {
      critical: trial.critical + share * critical,
      inverseNu: trial.inverseNu + share * inverseNu,
      stretch: trial.stretch + share * stretch,
    };
    const inside =
      Math.abs(there.critical) <= 1 &&
      Math.abs(there.stretch) < 0.9 &&
      there.inverseNu >= INVERSE_NU[0] &&
      there.inverseNu <= INVERSE_NU[1];
    const solved = inside ? solveAt(points, there, reach, choice) : null;
    if (solved && solved.chi2 < chi2) return solved;
  }
  return null;
};

/** Critical control, 1/nu and stretch. */
const NONLINEAR = 3;

/** The step of all parameters at once, of which the nonlinear ones are kept, and the covariance of all. */
const newtonStep = (points: readonly FormPoint[], { trial, solution }: Solved, reach: number, choice: FormChoice) => {
  const { rows, k, n } = rowsAt(points, trial, reach, choice);
  const here = times(rows, solution, n, k);
  const slopes = (["critical", "inverseNu", "stretch"] as const).map(name => {
    const moved = { ...trial, [name]: trial[name] + DIFFERENCE };
    return times(rowsAt(points, moved, reach, choice).rows, solution, n, k);
  });
  const width = k + NONLINEAR;
  const all = new Float64Array((n + 1) * width);
  const rest = new Float64Array(n + 1);
  rest.set(targets(points, n));
  for (let i = 0; i < n; i++) {
    all.set(rows.subarray(i * k, (i + 1) * k), i * width);
    slopes.forEach((slope, c) => {
      all[i * width + k + c] = (slope[i] - here[i]) / DIFFERENCE;
    });
    rest[i] -= here[i];
  }
  all[n * width + k + 2] = 1 / STRETCH;
  rest[n] = -trial.stretch / STRETCH;
  const found = leastSquares(all, rest, n + 1, width);
  if (!found) return null;
  const [critical, inverseNu, stretch] = found.solution.subarray(k);
  return { step: [critical, inverseNu, stretch] as const, covariance: found.covariance() };
};

const times = (rows: Float64Array, x: Float64Array, n: number, k: number): Float64Array =>
  Float64Array.from({ length: n }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < k; j++) sum += rows[i * k + j] * x[j];
    return sum;
  });
