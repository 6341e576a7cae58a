import type { JsonObject } from "../contracts/json.ts";
import { invalid } from "../errors.ts";
import { cos, exp, log } from "../numerics/elementary.ts";
import { powerBySquaring } from "../numerics/power.ts";
import { checkCount, checkNotNegative, checkPositive } from "./checks.ts";

/** A rate that depends on the number of steps made before, from 0. A pure function: any step may be asked for. */
export interface Schedule {
  readonly name: string;
  /** For the record of a run. */
  readonly settings: JsonObject;
  at(step: number): number;
}

export const checkSchedule = (name: string, value: Schedule): void => {
  if (typeof value?.name !== "string" || typeof value.settings !== "object" || typeof value.at !== "function")
    throw invalid(name, value, "a rate, or a schedule such as cosineDecay({ rate, steps })");
};

export const constant = (rate: number): Schedule => {
  checkPositive("rate", rate);
  return { name: "constant", settings: { rate }, at: () => rate };
};

export interface WarmUp {
  readonly steps: number;
  /** The rate to reach, or a schedule that begins where the warm-up ends. */
  readonly rate: number | Schedule;
}

/**
 * Rises linearly to the first rate of what follows:  (s + 1) / steps x rate(0) at s < steps,  then rate(s - steps).
 * So the first of `steps` steps already moves, and the last of them has the whole rate.
 */
export const warmUp = ({ steps, rate }: WarmUp): Schedule => {
  checkCount("steps", steps);
  const next = typeof rate === "number" ? constant(rate) : rate;
  checkSchedule("rate", next);
  const top = next.at(0);
  return {
    name: "warm-up",
    settings: { steps, rate: { schedule: next.name, ...next.settings } },
    at: step => (step < steps ? ((step + 1) / steps) * top : next.at(step - steps)),
  };
};

export interface CosineDecay {
  /** At step 0. */
  readonly rate: number;
  readonly steps: number;
  /** From step `steps` on. 0 when absent. */
  readonly end?: number;
}

/** Half a period of a cosine:  end + (rate - end) (1 + cos(pi s / steps)) / 2.  [Loshchilov & Hutter 2017] */
export const cosineDecay = ({ rate, steps, end = 0 }: CosineDecay): Schedule => {
  checkPositive("rate", rate);
  checkCount("steps", steps);
  checkNotNegative("end", end);
  return {
    name: "cosine decay",
    settings: { rate, steps, end },
    at: step => (step < steps ? end + (rate - end) * (0.5 * (1 + cos((Math.PI * step) / steps))) : end),
  };
};

export interface Decay {
  /** At step 0. */
  readonly rate: number;
  /** What the rate is multiplied by, in (0, 1], */
  readonly factor: number;
  /** each time this many steps are made. */
  readonly every: number;
}

const checkDecay = ({ rate, factor, every }: Decay): void => {
  checkPositive("rate", rate);
  checkCount("every", every);
  if (!(factor > 0 && factor <= 1)) throw invalid("factor", factor, "a number in (0, 1]");
};

/** A staircase:  rate factor^floor(s / every). */
export const stepDecay = ({ rate, factor, every }: Decay): Schedule => {
  checkDecay({ rate, factor, every });
  return {
    name: "step decay",
    settings: { rate, factor, every },
    at: step => rate * powerBySquaring(factor, Math.floor(step / every)),
  };
};

/** The smooth curve through the starts of the staircase:  rate factor^(s / every). */
export const exponentialDecay = ({ rate, factor, every }: Decay): Schedule => {
  checkDecay({ rate, factor, every });
  const slope = log(factor) / every;
  return {
    name: "exponential decay",
    settings: { rate, factor, every },
    at: step => rate * exp(slope * step),
  };
};

/** Straight lines between (step, rate) points in ascending order of steps; level before the first and after the last. */
export const piecewiseLinear = (points: readonly (readonly [step: number, rate: number])[]): Schedule => {
  if (!(points.length > 0)) throw invalid("points", points, "at least one [step, rate]");
  points.forEach(([step, rate], i) => {
    checkNotNegative(`rate of points[${i}]`, rate);
    if (!(Number.isSafeInteger(step) && step >= 0 && !(i > 0 && step <= points[i - 1][0])))
      throw invalid(`step of points[${i}]`, step, "a whole number from 0, above the one before");
  });
  return {
    name: "piecewise linear",
    settings: { points },
    at(step) {
      const behind = points.findIndex(point => point[0] > step);
      if (behind < 0) return points[points.length - 1][1];
      if (behind === 0) return points[0][1];
      const [[left, low], [right, high]] = [points[behind - 1], points[behind]];
      return low + (high - low) * ((step - left) / (right - left));
    },
  };
};
