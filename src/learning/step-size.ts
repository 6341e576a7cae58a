import type { Json } from "../contracts/json.ts";
import { invalid } from "../errors.ts";
import { checkPositive } from "./checks.ts";
import type { OptimiserState } from "./optimiser.ts";
import { checkSchedule, type Schedule } from "./schedules.ts";

/** Step size, in parameter units per unit of what the optimiser steps along; fixed, or by a schedule. */
export type StepSize = number | Schedule;

/** A step size as an optimiser uses it. */
export interface StepSizeSource {
  /** For the record of a run. */
  readonly settings: Json;
  /** What the state must hold: a schedule counts the steps made, a fixed step size needs no count. */
  readonly start: { readonly step?: number };
  /** The step size of the next step, which it counts. */
  next(state: OptimiserState): number;
}

export const stepSizeSource = (stepSize: StepSize): StepSizeSource => {
  if (stepSize === undefined)
    throw invalid("stepSize", stepSize, "a positive number, or a schedule; its earlier name was rate");
  if (typeof stepSize !== "object" || stepSize === null) {
    checkPositive("stepSize", stepSize);
    return { settings: stepSize, start: {}, next: () => stepSize };
  }
  checkSchedule("stepSize", stepSize);
  return {
    settings: { schedule: stepSize.name, ...stepSize.settings },
    start: { step: 0 },
    next(state) {
      const step = state.step as number;
      const value = stepSize.at(step);
      if (!(value >= 0 && value < Infinity))
        throw invalid(`stepSize at step ${step} of ${stepSize.name}`, value, "a number from 0");
      state.step = step + 1;
      return value;
    },
  };
};
