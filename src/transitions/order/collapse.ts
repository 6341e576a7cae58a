import { exp } from "../../numerics/elementary.ts";
import type { Profile } from "./profile.ts";
import { bestOfGrid, distance, type FormFit, type FormPoint, fitForm, formPoints, INVERSE_NU } from "./scaling-form.ts";

/** A number with its 95 % interval. */
export interface Interval {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

/** Exponents of the form m size^(beta/nu) = f((control - critical) size^(1/nu)), sizes in the unit of the table. */
export interface Exponents {
  readonly critical: Interval;
  readonly inverseNu: Interval;
  readonly betaOverNu: Interval;
  /** Root of chi-square per degree of freedom of the best fit that was averaged. */
  readonly misfit: number;
  /** Share of the averages that it uses, and the sizes. */
  readonly window: number;
  readonly sizes: readonly number[];
  /** Sizes that it leaves out. */
  readonly unused: readonly number[];
  /** The parameter that ends at its bound, if any. */
  readonly atBound: "1/nu" | "the critical control" | null;
}

/** Shares of the averages, nearest to the critical control in units of the scaled distance, that are tried. */
const WINDOWS = [0.8, 0.6, 0.45, 0.35] as const;
const DEGREES = [3, 5, 7, 9] as const;
/** Powers of size by which corrections fall. */
const OMEGAS = [0.5, 1.5] as const;
/** Bends of the polynomials' variable. */
const BENDS = [0, 2, 4] as const;
/** Degree of the polynomials in a first fit of everything. */
const FIRST = { degree: 5, omega: 1, bend: 0 } as const;

/** A fit that knows 1/nu less well than this part of it knows too little. */
const VAGUE = 0.35;
/**
 * Part of the differences of -2 ln weight that counts: half would, were errors Gaussian and known; as they are neither, more fits have a say, and what
 * they disagree on.
 */
const TEMPER = 0.2;

/** Half of a 95 % interval in standard errors, which are known from some ten independent draws where it matters. */
export const MARGIN = 2.2;

/** A fit with what it left out. */
interface Attempt {
  readonly fit: FormFit;
  readonly window: number;
  readonly sizes: readonly number[];
  /** -2 ln of its weight: chi-square, twice the parameters, twice the points left out. [Jay and Neil, Phys. Rev. D 103 (2021) 114502] */
  readonly criterion: number;
}

/**
 * Exponents of a continuous transition, from the averages of all sizes. Fits of several windows around the critical control, with and without the
 * smallest size, of several degrees and corrections are averaged by their weights; what they disagree on is part of the interval. Null with fewer
 * than two sizes, or too few averages. A share, the average of an indicator, has no dimension.
 */
export const collapse = (profiles: readonly Profile[], quantity: "mean" | "share" = "mean"): Exponents | null => {
  if (profiles.length < 2) return null;
  const controls = profiles.flatMap(({ cells }) => cells.map(({ control }) => control));
  const [low, high] = [Math.min(...controls), Math.max(...controls)];
  const [middle, half] = [(low + high) / 2, (high - low) / 2];
  const points = formPoints(profiles, middle, half, quantity);
  const start = bestOfGrid(points, FIRST);
  const whole = start && fitForm(points, start, FIRST);
  if (!whole) return null;
  const all = sizeChoices(profiles).flatMap(from =>
    WINDOWS.flatMap(window => attemptsAt(profiles, points, whole, from, window)),
  );
  if (all.length === 0) return null;
  const telling = all.filter(({ fit }) => fit.errors[1] < VAGUE * fit.inverseNu);
  const attempts = telling.length > 0 ? telling : all;
  const least = Math.min(...attempts.map(({ criterion }) => criterion));
  const weights = attempts.map(({ criterion }) => exp(-TEMPER * (criterion - least)));
  const average = (i: 0 | 1 | 2): Interval => {
    const values = attempts.map(({ fit }) => [fit.critical, fit.inverseNu, fit.betaOverNu][i]);
    const errors = attempts.map(({ fit }) => fit.errors[i]);
    const total = weights.reduce((a, b) => a + b, 0);
    const mean = values.reduce((sum, value, n) => sum + weights[n] * value, 0) / total;
    const square =
      values.reduce(
        (sum, value, n) => sum + weights[n] * (errors[n] * errors[n] + (value - mean) * (value - mean)),
        0,
      ) / total;
    const margin = MARGIN * Math.sqrt(square);
    return { estimate: mean, low: mean - margin, high: mean + margin };
  };
  const best = attempts.reduce((a, b) => (b.criterion < a.criterion ? b : a));
  const inUnits = (value: number): number => middle + half * value;
  const critical = average(0);
  return {
    critical: { estimate: inUnits(critical.estimate), low: inUnits(critical.low), high: inUnits(critical.high) },
    inverseNu: average(1),
    betaOverNu: average(2),
    misfit: Math.sqrt(best.fit.chi2 / best.fit.freedom),
    window: best.window,
    sizes: best.sizes,
    unused: profiles.map(({ size }) => size).filter(size => !best.sizes.includes(size)),
    atBound: boundOf(best.fit),
  };
};

const NEAR_BOUND = 0.02;

const boundOf = ({ critical, inverseNu }: FormFit): "1/nu" | "the critical control" | null =>
  Math.abs(critical) > 1 - NEAR_BOUND
    ? "the critical control"
    : inverseNu < INVERSE_NU[0] * (1 + NEAR_BOUND) || inverseNu > INVERSE_NU[1] * (1 - NEAR_BOUND)
      ? "1/nu"
      : null;

/** All sizes, and without the smallest where three are left. */
const sizeChoices = (profiles: readonly Profile[]): number[] => (profiles.length > 3 ? [0, 1] : [0]);

const attemptsAt = (
  profiles: readonly Profile[],
  points: readonly FormPoint[],
  whole: FormFit,
  from: number,
  window: number,
): Attempt[] => {
  const sizes = profiles.slice(from).map(({ size }) => size);
  const left = from === 0 ? points : points.filter(({ size }) => size > 0.5 * (points[0].size + secondSize(points)));
  const distances = left.map(point => distance(point, whole)).sort((a, b) => a - b);
  const reach = distances[Math.min(left.length - 1, Math.round(window * left.length))];
  const used = left.filter(point => distance(point, whole) <= reach);
  return DEGREES.flatMap(degree =>
    OMEGAS.flatMap(omega =>
      BENDS.flatMap(bend => {
        const fit = fitForm(used, whole, { degree, omega, bend });
        if (!fit) return [];
        const criterion = fit.chi2 + 2 * fit.parameters + 2 * (points.length - used.length);
        return [{ fit, window: used.length / points.length, sizes, criterion }];
      }),
    ),
  );
};

const secondSize = (points: readonly FormPoint[]): number =>
  points.reduce((least, { size }) => (size > 0 ? Math.min(least, size) : least), Infinity);
