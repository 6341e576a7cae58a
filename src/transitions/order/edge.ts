import { exp, log } from "../../numerics/elementary.ts";
import type { Interval } from "./collapse.ts";
import { type EdgeFit, fitFalling, fitVanishing, type Stretch } from "./edge-fit.ts";
import { type Evidence, text } from "./evidence.ts";
import type { Location } from "./location.ts";
import { type QuietCurve, quietCurve } from "./quiet-curve.ts";
import { smoothness } from "./smoothness.ts";
import type { OrderTable } from "./table.ts";

/** Share of the largest value below which the order parameter is gone. */
const GONE = 0.01;
/** Least jump, as a share of the largest value, of a discontinuous transition. */
const LEAST_JUMP = 0.15;
/** The two directions of a sweep agree where they are less than this apart in ln m, each on its side of equilibrium. */
const AGREE = 0.1;

/** Numbers of points that are fitted, and of last ones that are left out: they may be late. */
const LENGTHS = [6, 8, 10, 14, 20] as const;
const DROPS = [0, 1, 2, 3] as const;
/** Corrections to the leading power are polynomials of these powers of the distance from the end, up to a degree. */
const POWERS = [1 / 6, 1 / 4, 1 / 3, 1 / 2, 2 / 3, 1, 4 / 3, 2] as const;
const DEGREES = [0, 1, 2] as const;
/** Part of the differences of -2 ln weight that counts, as in the exponents of sizes. */
const TEMPER = 0.2;
/** Half of an interval in standard errors: a few fits of few points. */
const MARGIN = 3;
/** A fit that knows its exponent less well than this knows nothing. */
const VAGUE = 0.5;

export interface Edge {
  readonly evidence: Evidence;
  /** Where the ordered phase ends, if it vanishes there or falls. */
  readonly vanishing: Location | null;
  readonly falling: Location | null;
}

/**
 * The end of the ordered phase in curves that hardly fluctuate: does the order parameter vanish as a power of the distance from a control, or fall from
 * a height, as at a fold or from a smooth branch? Both forms are fitted to the same points, and judged by their misfits. And where it never vanishes: is the
 * curve smooth? Null for sampled tables.
 */
export const edge = (table: OrderTable): Edge | null => {
  const curve = quietCurve(table);
  if (!curve) return null;
  const last = curve.values.reduce((found, value, i) => (value > GONE ? i : found), -1);
  if (last === curve.values.length - 1) return { evidence: smoothness(curve), vanishing: null, falling: null };
  const power = powerOf(curve, last);
  const odds = oddsOfPower(curve, last);
  if (odds === null) return null;
  const falling = fallOf(curve, last);
  const jump = curve.values[falling.index];
  return {
    evidence: {
      probe: "edge",
      support: { none: -5, continuous: Math.min(0, odds), discontinuous: Math.min(0, -odds) },
      finding:
        `the order parameter is gone beyond ${table.control} ${text(curve.controls[last])}; ` +
        (power
          ? `as a power that vanishes it ends at ${table.control} ${text(power.end.estimate)} (${text(power.end.low)} to ${text(power.end.high)}) with exponent ` +
            `${text(power.exponent.estimate)} (${text(power.exponent.low)} to ${text(power.exponent.high)}), which fits ${oddsInWords(odds)} than a fall from a height`
          : "no power that vanishes fits it"),
      values: {
        end: power?.end.estimate ?? null,
        exponent: power?.exponent.estimate ?? null,
        exponentLow: power?.exponent.low ?? null,
        exponentHigh: power?.exponent.high ?? null,
        jump,
        odds,
      },
    },
    vanishing: power && { control: power.end.estimate, interval: [power.end.low, power.end.high], by: "edge" },
    falling: falling.location,
  };
};

const oddsInWords = (odds: number): string => (odds > 1 ? "better" : odds < -1 ? "worse" : "no better");

/** Points from-to of a curve in units of their stretch, with an end after one point and before another; values and relative errors are given. */
const stretchOf = (
  { controls }: QuietCurve,
  values: readonly number[],
  errors: readonly number[],
  [from, to, after, before]: readonly [from: number, to: number, after: number, before: number],
) => {
  const sign = Math.sign(controls[to] - controls[from]);
  const scale = Math.abs(controls[to] - controls[from]);
  const stretch: Stretch = {
    controls: controls.slice(from, to + 1).map(control => (sign * (control - controls[to])) / scale),
    values: values.slice(from, to + 1),
    errors: errors.slice(from, to + 1),
    nearest: Math.abs(controls[after] - controls[to]) / scale,
    furthest: Math.abs(controls[before] - controls[to]) / scale,
  };
  return { stretch, controlAt: (end: number): number => controls[to] + sign * scale * end, scale };
};

/** The two directions have to agree up to so many points before the end. */
const REACH = 8;

interface Basis {
  readonly values: readonly number[];
  readonly errors: readonly number[];
  /** The last point that is used. */
  readonly end: number;
  readonly known: boolean;
  readonly lengths: readonly number[];
}

/** What is fitted: a plain curve, whose misfit is all that is known of its errors, or the middle of two directions that agree as far as their distance tells. */
const basisOf = ({ values, middle, halfLoop }: QuietCurve, last: number): Basis => {
  const agreeing = halfLoop.reduce((found, half, i) => (i <= last && half < AGREE ? i : found), -1);
  const sweeps = halfLoop.some(half => half > 0);
  const near = halfLoop.slice(Math.max(0, agreeing - 4), agreeing + 1);
  return sweeps && agreeing >= last - REACH && near.length === 5 && near.every(half => half < AGREE)
    ? { values: middle, errors: halfLoop, end: agreeing, known: true, lengths: [4, 5, ...LENGTHS] }
    : { values, errors: halfLoop.map(() => 0), end: last, known: false, lengths: LENGTHS };
};

/** Ends and exponents of all fits of a vanishing power, weighted by how well each knows the end and, where errors are known, how well it fits. */
const powerOf = (curve: QuietCurve, last: number): { end: Interval; exponent: Interval } | null => {
  const { values, errors, end, known, lengths } = basisOf(curve, last);
  const beyond = curve.values.findIndex((value, i) => i > last && value < 0.1 * GONE);
  const furthest = beyond < 0 ? curve.values.length - 1 : beyond;
  const found = DROPS.flatMap(drop =>
    lengths.flatMap(length => {
      const to = end - drop;
      const from = to - length + 1;
      if (from < 0) return [];
      const { stretch, controlAt, scale } = stretchOf(curve, values, errors, [from, to, known ? end : to, furthest]);
      return POWERS.flatMap(power =>
        fitsOf(stretch, power).map(fit => ({
          end: controlAt(fit.end),
          error: scale * fit.endError,
          exponent: fit.exponent,
          exponentError: fit.exponentError,
          misfit: fit.chi2 / (fit.points - fit.parameters),
          criterion: fit.chi2,
          cost: 2 * fit.parameters - 2 * fit.points,
        })),
      );
    }),
  );
  if (found.length === 0) return null;
  const levels = found.map(({ misfit }) => misfit).sort((x, y) => x - y);
  const unit = Math.max(1, levels[levels.length >> 2]);
  const criteria = found.map(({ criterion, cost }) => (known ? criterion / unit + cost : 0));
  const least = Math.min(...criteria);
  const weights = found.map(({ error }, i) => exp(-TEMPER * (criteria[i] - least)) / (error * error));
  return {
    end: averaged(
      found.map(each => each.end),
      found.map(each => each.error),
      weights,
    ),
    exponent: averaged(
      found.map(each => each.exponent),
      found.map(each => each.exponentError),
      weights,
    ),
  };
};

/** Fits of all degrees; what the next degree changes counts as an error of each. */
const fitsOf = (stretch: Stretch, power: number): EdgeFit[] => {
  const fits = DEGREES.flatMap(degree => {
    const fit = fitVanishing(stretch, degree, power);
    return fit && fit.points > fit.parameters && !fit.held && fit.exponentError < VAGUE ? [fit] : [];
  });
  return fits.map((fit, i) => {
    const other = fits[i + 1] ?? fits[i - 1] ?? fit;
    return {
      ...fit,
      endError: together(fit.endError, fit.end - other.end),
      exponentError: together(fit.exponentError, fit.exponent - other.exponent),
    };
  });
};

const together = (a: number, b: number): number => Math.sqrt(a * a + b * b);

const averaged = (values: readonly number[], errors: readonly number[], weights: readonly number[]): Interval => {
  const whole = weights.reduce((a, b) => a + b, 0);
  const estimate = values.reduce((sum, value, i) => sum + weights[i] * value, 0) / whole;
  const square =
    values.reduce(
      (sum, value, i) => sum + weights[i] * (errors[i] * errors[i] + (value - estimate) * (value - estimate)),
      0,
    ) / whole;
  const margin = MARGIN * Math.sqrt(square);
  return { estimate, low: estimate - margin, high: estimate + margin };
};

const MOST_ODDS = 4;
/** Numbers of points next to the end on which the two forms are compared: both hold better the nearer they are. */
const NEAREST = [6, 7, 8] as const;
/** Gain of the better form in ln of its misfit that shows the last point to be late. */
const LATE = 3;
/** Points below the least jump that may be on their way down; more of them show that there is none. */
const LATE_POINTS = 2;

/** ln odds of a vanishing power against a fall of as many parameters, by their misfits to the same points. Null with too few. */
const oddsOfPower = (curve: QuietCurve, last: number): number | null => {
  const low = curve.values
    .slice(0, last + 1)
    .filter((value, i, all) => value < LEAST_JUMP && all.slice(i).every(rest => rest < LEAST_JUMP));
  if (low.length > LATE_POINTS) return MOST_ODDS;
  const odds = oddsOfForms(curve, last);
  return odds === null || isSteep(curve.values, last - low.length) ? odds : Math.max(odds, STEADY_ODDS);
};

/** A fall is steeper than so many times what the order parameter loses between two controls before; else it may as well go on as it did. */
const STEEP = 1.5;
const STEADY_ODDS = 1.5;

const isSteep = (values: readonly number[], from: number): boolean => {
  const losses = values
    .slice(Math.max(0, from - 4), from)
    .map((value, i, before) => value - (before[i + 1] ?? values[from]));
  return values[from] > STEEP * Math.max(0, ...losses);
};

const oddsOfForms = (curve: QuietCurve, last: number): number | null => {
  const basis = basisOf(curve, last);
  // The last point of one direction may be late; where two agree, none is.
  const [first, second] = curve.swept && !basis.known ? [1, 2] : [0, 1];
  const [all, butLast] = [first, second].map(drop => comparedOn(curve, basis, last, drop));
  if (!all && !butLast) return null;
  const late = !all || (!basis.known && butLast !== null && all.misfit - butLast.misfit > LATE);
  const { odds } = (late ? butLast : all) as Comparison;
  return Math.max(-MOST_ODDS, Math.min(MOST_ODDS, odds));
};

interface Comparison {
  readonly odds: number;
  /** ln of the root mean square misfit of the better form, in units of the errors. */
  readonly misfit: number;
}

/** The comparison of middle odds of those on the points nearest to the end, without the last ones. */
const comparedOn = (curve: QuietCurve, basis: Basis, last: number, drop: number): Comparison | null => {
  const compared = NEAREST.flatMap((length): Comparison[] => {
    const to = basis.end - drop;
    const from = to - length + 1;
    if (from < 0) return [];
    const { stretch } = stretchOf(curve, basis.values, basis.errors, [from, to, to, last + 1]);
    const misfit = (fit: EdgeFit | null): number => (fit ? fit.chi2 / fit.points + 1 : Infinity);
    const power = misfit(fitVanishing(stretch, 2));
    const fold = misfit(fitFalling(stretch, 3, 0.5, LEAST_JUMP));
    const smooth = misfit(fitFalling(stretch, 3, 1, LEAST_JUMP));
    const fall = Math.min(fold, smooth);
    if (power === Infinity && fall === Infinity) return [];
    return [{ odds: 0.5 * length * log(fall / power), misfit: 0.5 * log(Math.min(fall, power)) }];
  });
  return compared.sort((x, y) => x.odds - y.odds)[compared.length >> 1] ?? null;
};

/** The two controls between which it falls. A point may be on its way down when its time is up. */
const fallOf = ({ controls, values }: QuietCurve, last: number): { location: Location; index: number } => {
  const caught = last > 1 && values[last] < 0.75 * values[last - 1];
  const from = caught ? last - 1 : last;
  const ends = [controls[from], controls[last + 1]].sort((a, b) => a - b);
  return { location: { control: (ends[0] + ends[1]) / 2, interval: [ends[0], ends[1]], by: "edge" }, index: from };
};
