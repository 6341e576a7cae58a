import { exp, log } from "../../numerics/elementary.ts";
import { mean, standardDeviation } from "../../numerics/statistics.ts";
import { stream } from "../../numerics/stream.ts";
import { type Evidence, text } from "./evidence.ts";
import type { Profile } from "./profile.ts";

/** A number with its 95 % interval. */
export interface Interval {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

/** Exponents of the collapse m size^(beta/nu) = f((control - critical) size^(1/nu)), sizes in the unit of the table. */
export interface Exponents {
  readonly critical: Interval;
  readonly inverseNu: Interval;
  readonly betaOverNu: Interval;
  /** Root mean square distance of the curves from each other after scaling, in units of their errors. */
  readonly misfit: number;
}

interface Curve {
  readonly size: number;
  readonly controls: readonly number[];
  readonly means: readonly number[];
  readonly errors: readonly number[];
}

const RESAMPLES = 24;
/** 1/nu and beta/nu from which the fit starts. */
const STARTS = [
  [0.5, 0.1],
  [1, 0.15],
  [1.5, 0.3],
] as const;

/**
 * Fitted exponents of a continuous transition: the scaled curves of all sizes are brought onto each other, and the fit is repeated on means moved
 * by their errors. Small sizes bias it. Null with fewer than two sizes.
 */
export const collapse = (profiles: readonly Profile[]): Exponents | null => {
  if (profiles.length < 2) return null;
  const curves = profiles.map(
    ({ size, cells }): Curve => ({
      size,
      controls: cells.map(({ control }) => control),
      means: cells.map(cell => cell.mean),
      errors: cells.map(({ error }) => error),
    }),
  );
  const last = profiles[profiles.length - 1];
  const span = last.cells[last.cells.length - 1].control - last.cells[0].control;
  const centre = last.peak.control;
  const fitFrom = (data: readonly Curve[], start: readonly number[]) =>
    minimise(p => cost(data, p), start, [0.05 * span, 0.2, 0.05]);
  const best = STARTS.map(([inverseNu, betaOverNu]) => fitFrom(curves, [centre, inverseNu, betaOverNu])).reduce(
    (a, b) => (b.value < a.value ? b : a),
  );
  if (!Number.isFinite(best.value)) return null;
  const random = stream({ seed: 1, purpose: "collapse" });
  const fits = Array.from({ length: RESAMPLES }, (_, step) => {
    random.at(step);
    const moved = curves.map(curve => ({
      ...curve,
      means: curve.means.map((value, i) => value + curve.errors[i] * random.normal()),
    }));
    return fitFrom(moved, best.at).at;
  });
  const interval = (i: number): Interval => {
    const values = fits.map(fit => fit[i]);
    const half = 1.96 * standardDeviation(values) + Math.abs(mean(values) - best.at[i]);
    return { estimate: best.at[i], low: best.at[i] - half, high: best.at[i] + half };
  };
  return { critical: interval(0), inverseNu: interval(1), betaOverNu: interval(2), misfit: Math.sqrt(best.value) };
};

/** Exponents 1/nu of curves that hardly move with size, at most, and of a transition, at least. */
const STILL = 0.3;
const SHARPENING = 0.35;

/** A collapse as good as the errors allow, and an order parameter that then vanishes with size at the critical point. */
const GOOD = 1.2;
const VANISHING = 0.05;

/**
 * Does the width of the transition shrink as size^(-1/nu), and the order parameter at the critical point as size^(-beta/nu)? A crossover collapses
 * with 1/nu = 0, a jump with beta/nu = 0, if at all. `resolved`: whether the largest size was seen on its way through.
 */
export const sharpening = ({ inverseNu, betaOverNu, misfit }: Exponents, resolved: boolean): Evidence => {
  const sharpens = inverseNu.low > SHARPENING;
  const vanishes = sharpens && resolved && misfit < GOOD && betaOverNu.low > VANISHING;
  return {
    probe: "collapse",
    support:
      inverseNu.high < STILL
        ? { none: 0, continuous: -2, discontinuous: -2 }
        : { none: sharpens ? -2 : 0, continuous: 0, discontinuous: vanishes ? -1.5 : 0 },
    finding:
      `the curves of all sizes fall onto one with 1/nu = ${text(inverseNu.estimate)} (${text(inverseNu.low)} to ${text(inverseNu.high)}) and ` +
      `beta/nu = ${text(betaOverNu.estimate)} (${text(betaOverNu.low)} to ${text(betaOverNu.high)}) in units of the size, misfit ${text(misfit)}`,
    values: {
      inverseNu: inverseNu.estimate,
      inverseNuLow: inverseNu.low,
      inverseNuHigh: inverseNu.high,
      betaOverNu: betaOverNu.estimate,
      misfit,
    },
  };
};

/** Mean squared distance, in errors, of each scaled point from the lines between those of the other sizes. */
const cost = (curves: readonly Curve[], [critical, inverseNu, betaOverNu]: readonly number[]): number => {
  if (!(inverseNu > 0.05 && inverseNu < 4 && betaOverNu > -0.5 && betaOverNu < 2)) return Infinity;
  const scaled = curves.map(({ size, controls, means, errors }) => {
    const stretch = exp(inverseNu * log(size));
    const lift = exp(betaOverNu * log(size));
    return {
      x: controls.map(control => (control - critical) * stretch),
      y: means.map(value => value * lift),
      e: errors.map(error => error * lift),
    };
  });
  let [sum, count] = [0, 0];
  scaled.forEach((mine, a) => {
    scaled.forEach((other, b) => {
      if (a === b) return;
      mine.x.forEach((x, i) => {
        const k = other.x.findIndex(each => each > x);
        if (k <= 0) return;
        const t = (x - other.x[k - 1]) / (other.x[k] - other.x[k - 1]);
        const y = other.y[k - 1] + t * (other.y[k] - other.y[k - 1]);
        const error = mine.e[i] * mine.e[i] + (1 - t) * other.e[k - 1] * other.e[k - 1] + t * other.e[k] * other.e[k];
        // Two per cent of the height stand for corrections to scaling, so that the plateaus do not decide.
        sum += ((mine.y[i] - y) * (mine.y[i] - y)) / (error + 0.0004 * y * y + 1e-12);
        count++;
      });
    });
  });
  const possible = scaled.reduce((total, { x }) => total + x.length, 0) * (curves.length - 1);
  // Curves scaled apart from each other fit nothing.
  return count < 0.25 * possible ? Infinity : sum / count;
};

/** Nelder and Mead's simplex, for a few parameters. */
const minimise = (f: (p: readonly number[]) => number, start: readonly number[], steps: readonly number[]) => {
  let simplex = [start, ...start.map((_, i) => start.map((value, k) => (k === i ? value + steps[k] : value)))].map(
    at => ({
      at: [...at],
      value: f(at),
    }),
  );
  for (let round = 0; round < 160; round++) {
    simplex = simplex.sort((a, b) => a.value - b.value);
    const worst = simplex[simplex.length - 1];
    const centre = start.map(
      (_, k) => simplex.slice(0, -1).reduce((sum, { at }) => sum + at[k], 0) / (simplex.length - 1),
    );
    const towards = (t: number) => {
      const at = centre.map((c, k) => c + t * (c - worst.at[k]));
      return { at, value: f(at) };
    };
    const mirrored = towards(1);
    if (mirrored.value < simplex[0].value) {
      const further = towards(2);
      simplex[simplex.length - 1] = further.value < mirrored.value ? further : mirrored;
    } else if (mirrored.value < simplex[simplex.length - 2].value) simplex[simplex.length - 1] = mirrored;
    else {
      const inside = towards(mirrored.value < worst.value ? 0.5 : -0.5);
      if (inside.value < Math.min(worst.value, mirrored.value)) simplex[simplex.length - 1] = inside;
      else
        simplex = simplex.map(({ at }, i) => {
          if (i === 0) return simplex[0];
          const nearer = at.map((value, k) => 0.5 * (value + simplex[0].at[k]));
          return { at: nearer, value: f(nearer) };
        });
    }
  }
  return simplex.sort((a, b) => a.value - b.value)[0];
};
