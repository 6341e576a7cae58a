import { exp, log } from "../../numerics/elementary.ts";

/**
 * Step size by dual averaging: after a step with mean acceptance alpha, for t = 1, 2, ...
 *
 *     error <- (1 - 1 / (t + 10)) error + (target - alpha) / (t + 10),   log stepSize = centre - sqrt(t) / 0.05 error,
 *     mean <- (1 - t^-0.75) mean + t^-0.75 log stepSize,   and in the end stepSize = exp(mean).
 *
 * [Hoffman & Gelman 2014, section 3.2.1; constants as in Stan]
 */
export type Averaging = {
  averagingSteps: number;
  averagingError: number;
  averagingMean: number;
  averagingCentre: number;
};

/** Begins anew from a step size; the search is drawn towards ten times it, as larger steps are cheaper to try. */
export const restartAveraging = (state: Averaging, stepSize: number): void => {
  state.averagingSteps = 0;
  state.averagingError = 0;
  state.averagingMean = 0;
  state.averagingCentre = log(10 * stepSize);
};

export const freshAveraging = (): Averaging => ({
  averagingSteps: 0,
  averagingError: 0,
  averagingMean: 0,
  averagingCentre: 0,
});

/** Takes in one step's acceptance; returns the step size to try next. */
export const average = (state: Averaging, acceptance: number, target: number): number => {
  const t = ++state.averagingSteps;
  const weight = 1 / (t + 10);
  state.averagingError += weight * (target - acceptance - state.averagingError);
  const logStep = state.averagingCentre - (Math.sqrt(t) / 0.05) * state.averagingError;
  // t^-0.75
  const forget = 1 / (Math.sqrt(t) * Math.sqrt(Math.sqrt(t)));
  state.averagingMean += forget * (logStep - state.averagingMean);
  return exp(logStep);
};

/** What the averaging has settled on. */
export const averaged = (state: Averaging): number => exp(state.averagingMean);
