import type { JsonObject } from "../contracts/json.ts";
import { invalid } from "../errors.ts";
import { cos, exp, log } from "../numerics/elementary.ts";
import { powerBySquaring } from "../numerics/power.ts";
import { checkCount, checkNotNegative, checkPositive } from "./checks.ts";

/** A step size that depends on the number of steps made before, from 0. A pure function: any step may be asked for. */
export interface Schedule {
  readonly name: string;
  /** For the record of a run. */
  readonly settings: JsonObject;
  at(step: number): number;
}

export const checkSchedule = (name: string, value: Schedule): void => {
  if (typeof value?.name !== "string" || typeof value.settings !== "object" || typeof value.at !== "function")
    throw invalid(name, value, "a step size, or a schedule such as cosineDecay({ stepSize, steps })");
};

export const constant = (stepSize: number): Schedule => {
  checkPositive("stepSize", stepSize);
  return { name: "constant", settings: { stepSize }, at: () => stepSize };
};

export interface WarmUp {
  readonly steps: number;
  /** The step size to reach, or a schedule that begins where the warm-up ends. */
  readonly stepSize: number | Schedule;
}

/**
 * Rises linearly to the first step size of what follows:  (s + 1) / steps x stepSize(0) at s < steps,  then stepSize(s - steps).
 * So the first of `steps` steps already moves, and the last of them has the whole step size.
 */
export const warmUp = ({ steps, stepSize }: WarmUp): Schedule => {
  checkCount("steps", steps);
  const next = typeof stepSize === "number" ? constant(stepSize) : stepSize;
  checkSchedule("stepSize", next);
  const top = next.at(0);
  return {
    name: "warm-up",
    settings: { steps, stepSize: { schedule: next.name, ...next.settings } },
    at: step => (step < steps ? ((step + 1) / steps) * top : next.at(step - steps)),
  };
};

export interface CosineDecay {
  /** At step 0. */
  readonly stepSize: number;
  readonly steps: number;
  /** From step `steps` on. 0 when absent. */
  readonly end?: number;
}

/** Half a period of a cosine:  end + (stepSize - end) (1 + cos(pi s / steps)) / 2.  [Loshchilov & Hutter 2017] */
export const cosineDecay = ({ stepSize, steps, end = 0 }: CosineDecay): Schedule => {
  checkPositive("stepSize", stepSize);
  checkCount("steps", steps);
  checkNotNegative("end", end);
  return {
    name: "cosine decay",
    settings: { stepSize, steps, end },
    at: step => (step < steps ? end + (stepSize - end) * (0.5 * (1 + cos((Math.PI * step) / steps))) : end),
  };
};

export interface Decay {
  /** At step 0. */
  readonly stepSize: number;
  /** What the step size is multiplied by, in (0, 1], */
  readonly factor: number;
  /** each time this many steps are made. */
  readonly every: number;
}

const checkDecay = ({ stepSize, factor, every }: Decay): void => {
  checkPositive("stepSize", stepSize);
  checkCount("every", every);
  if (!(factor > 0 && factor <= 1)) throw invalid("factor", factor, "a number in (0, 1]");
};

/** A staircase:  stepSize factor^floor(s / every). */
export const stepDecay = ({ stepSize, factor, every }: Decay): Schedule => {
  checkDecay({ stepSize, factor, every });
  return {
    name: "step decay",
    settings: { stepSize, factor, every },
    at: step => stepSize * powerBySquaring(factor, Math.floor(step / every)),
  };
};

/** The smooth curve through the starts of the staircase:  stepSize factor^(s / every). */
export const exponentialDecay = ({ stepSize, factor, every }: Decay): Schedule => {
  checkDecay({ stepSize, factor, every });
  const slope = log(factor) / every;
  return {
    name: "exponential decay",
    settings: { stepSize, factor, every },
    at: step => stepSize * exp(slope * step),
  };
};

/** Straight lines between (step, stepSize) points in ascending order of steps; level before the first and after the last. */
export const piecewiseLinear = (points: readonly (readonly [step: number, stepSize: number])[]): Schedule => {
  if (!(points.length > 0)) throw invalid("points", points, "at least one [step, stepSize]");
  points.forEach(([step, stepSize], i) => {
    checkNotNegative(`stepSize of points[${i}]`, stepSize);
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
