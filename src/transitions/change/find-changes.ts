import { invalid } from "../../errors.ts";
import { checkValues } from "../../numerics/statistics/check-values.ts";
import { type CurveFit, floorOf } from "./curve-fit.ts";
import { type Cycle, cycleOf } from "./cycle.ts";
import type { Change } from "./describe-changes.ts";
import { describeReading, meanOf } from "./describe-reading.ts";
import type { Curve } from "./law-fit.ts";
import { LEAST_NOISE } from "./noise-change.ts";
import { bestReading, innovationsOf, type Reading } from "./readings.ts";
import { MOST_CHANGES } from "./search.ts";

export interface ChangesFound {
  readonly changes: readonly Change[];
  /** The smooth law beside them, of what is looked at. */
  readonly law: string;
  /** Whether the values are looked at or, where that is simpler, their logarithms, of which then the law is one and the noise the noise. Changes and fit are of the values always. */
  readonly scale: Reading["scale"];
  /** Whether the differences of neighbours are looked at, as the noise is smoother than AR(1) noise is: their law, and their noise. */
  readonly isIntegrated: boolean;
  /** Period, in values, of what comes again and again beside it; null where nothing does. */
  readonly period: number | null;
  /** What changes of the mean were found and are not listed as they are the curve's course; null otherwise. */
  readonly cycle: Cycle | null;
  /** Indices of values that were left out: short excursions that come back. */
  readonly spikes: readonly number[];
  readonly noise: {
    /** AR(1) coefficient that the whole curve shares. */
    readonly phi: number;
    /** Standard deviation of the innovations of what is looked at: typical one where it changes. */
    readonly deviation: number;
    readonly spread: CurveFit["spread"];
  };
  /** The criterion of the best law without changes of the mean, less that of the answer. */
  readonly evidence: number;
  /** The fitted mean at each index, at the level nearest to the curve where the noise leaves that open; null where its parts can't be told apart. */
  readonly fitted: Float64Array | null;
  /** Innovations of the noise from index 1 on, of differences from index 2 on, in units of its relative deviations. */
  readonly innovations: Float64Array;
  readonly health: { readonly isHealthy: boolean; readonly warnings: readonly string[] };
}

/** Fewest values that can tell a law from a change. */
const LEAST_VALUES = 15;

/**
 * Whether a curve changes otherwise than a smooth law with AR(1) noise does, and where. A constant, a line, a power law from its beginning or a later part of one, an exponential, and sums of two of the others, alone,
 * are compared with the same and changes of level, slope or both, by -2 ln likelihood + ln n for each parameter and 2 ln n for each place (the
 * modified criterion of Zhang and Siegmund 2007). Changes are added one at a time, each the best of all places, and moved or taken back
 * while that is better. The noise may grow, fall or jump; one change of its variance and one of its AR(1) coefficient are looked for.
 * All of that is done for the values and for their logarithms, and for the differences of neighbours of both where these depend on each other; the likeliest form counts.
 *
 * `steps` ascend and are 0, 1, ... by default. Throws a LandauError for fewer than 15 values, values that are not finite, or steps that do not ascend.
 */
export const findChanges = (values: ArrayLike<number>, steps?: ArrayLike<number>): ChangesFound => {
  const whole = curveOf(values, steps);
  const reading = bestReading(whole);
  const { curve, none, fit, scale, isIntegrated, spikes } = reading;
  const residuals = innovationsOf(reading);
  const described = describeReading(reading, whole.steps, residuals);
  const cycle = cycleOf(whole.values, described);
  return {
    changes: cycle ? described.filter(({ level, slope }) => level === null && slope === null) : described,
    cycle,
    law: fit.law.name,
    scale,
    isIntegrated,
    period: curve.season?.period ?? null,
    spikes,
    noise: {
      phi: fit.noise.phi,
      deviation: Math.sqrt(fit.squares / residuals.length),
      spread: fit.spread,
    },
    evidence: none.criterion - fit.criterion,
    fitted: meanOf(reading),
    innovations: residuals,
    health: healthOf(fit, residuals, floorOf(curve)),
  };
};

export const curveOf = (values: ArrayLike<number>, steps?: ArrayLike<number>): Curve => {
  checkValues("values", values, LEAST_VALUES);
  if (steps) {
    checkValues("steps", steps, LEAST_VALUES);
    if (steps.length !== values.length)
      throw invalid("the length of steps", steps.length, `${values.length}, as of values`);
    for (let i = 1; i < steps.length; i++)
      if (!(steps[i] > steps[i - 1]))
        throw invalid(`steps[${i}]`, steps[i], `more than the step before, ${steps[i - 1]}`);
  }
  return { values: Float64Array.from(values), steps: steps ?? Array.from(values, (_, i) => i) };
};

const healthOf = (fit: CurveFit, residuals: Float64Array, floor: number) => {
  const warnings: string[] = [];
  if (fit.squares <= floor)
    warnings.push("the curve has no noise, or none beyond its rounding: intervals and evidence mean nothing");
  if (fit.noise.phi >= 0.97) warnings.push("the noise is close to a random walk, which hides all but large changes");
  if (fit.changes.length === MOST_CHANGES) warnings.push(`the search ended at ${MOST_CHANGES} changes`);
  let [lagged, whole, fourth] = [0, 0, 0];
  for (let i = 0; i < residuals.length; i++) {
    const square = residuals[i] * residuals[i];
    whole += square;
    fourth += square * square;
    if (i > 0) lagged += residuals[i] * residuals[i - 1];
  }
  const correlation = whole > 0 ? lagged / whole : 0;
  if (Math.abs(correlation) * Math.sqrt(residuals.length) > 3)
    warnings.push(`innovations are correlated (${correlation.toFixed(2)}): the noise is no AR(1)`);
  const kurtosis = whole > 0 ? (residuals.length * fourth) / (whole * whole) : 3;
  if (kurtosis > 6)
    warnings.push(`innovations have heavy tails (kurtosis ${kurtosis.toFixed(1)}): evidence is overstated`);
  if (residuals.length < 5 * LEAST_NOISE) warnings.push("few values: changes of the noise are hardly seen");
  return { isHealthy: warnings.length === 0, warnings };
};
