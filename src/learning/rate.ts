import type { Json } from "../contracts/json.ts";
import { invalid } from "../errors.ts";
import { checkPositive } from "./checks.ts";
import type { OptimiserState } from "./optimiser.ts";
import { checkSchedule, type Schedule } from "./schedules.ts";

/** Step size, in parameter units per unit of what the optimiser steps along; fixed, or by a schedule. */
export type Rate = number | Schedule;

/** A rate as an optimiser uses it. */
export interface RateSource {
  /** For the record of a run. */
  readonly settings: Json;
  /** What the state must hold: a schedule counts the steps made, a fixed rate needs no count. */
  readonly start: { readonly step?: number };
  /** The rate of the next step, which it counts. */
  next(state: OptimiserState): number;
}

export const rateSource = (rate: Rate): RateSource => {
  if (typeof rate !== "object" || rate === null) {
    checkPositive("rate", rate);
    return { settings: rate, start: {}, next: () => rate };
  }
  checkSchedule("rate", rate);
  return {
    settings: { schedule: rate.name, ...rate.settings },
    start: { step: 0 },
    next(state) {
      const step = state.step as number;
      const value = rate.at(step);
      if (!(value >= 0 && value < Infinity))
        throw invalid(`rate at step ${step} of ${rate.name}`, value, "a number from 0");
      state.step = step + 1;
      return value;
    },
  };
};
