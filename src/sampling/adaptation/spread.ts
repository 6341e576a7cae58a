import { choleskyInPlace } from "../../numerics/cholesky.ts";
import type { Mass } from "../mass.ts";

/** Running mean and squared deviations of the draws of a window.  [Welford 1962] */
export type Spread = {
  spreadDraws: number;
  spreadMean: Float64Array;
  /** sum (w - mean)^2 of each parameter, or the lower triangle of sum (w - mean)(w - mean)^T. */
  spreadSquares: Float64Array;
};

export const freshSpread = (size: number, mass: Mass): Spread => ({
  spreadDraws: 0,
  spreadMean: new Float64Array(mass === "none" ? 0 : size),
  spreadSquares: new Float64Array({ none: 0, diagonal: size, dense: size * size }[mass]),
});

export const restartSpread = (state: Spread): void => {
  state.spreadDraws = 0;
  state.spreadMean.fill(0);
  state.spreadSquares.fill(0);
};

/** Takes in one draw; `work` has its size. */
export const takeIn = (state: Spread, w: Float64Array, mass: Mass, work: Float64Array): void => {
  const { spreadMean: mean, spreadSquares: squares } = state;
  const n = w.length;
  const draws = ++state.spreadDraws;
  for (let i = 0; i < n; i++) {
    work[i] = w[i] - mean[i];
    mean[i] += work[i] / draws;
  }
  if (mass === "diagonal") for (let i = 0; i < n; i++) squares[i] += work[i] * (w[i] - mean[i]);
  else
    for (let i = 0; i < n; i++) {
      const rest = w[i] - mean[i];
      for (let j = 0; j <= i; j++) squares[i * n + j] += rest * work[j];
    }
};

/**
 * Overwrites `scale` with A, A A^T = the covariance of the draws, drawn towards 1e-3 as if by five more draws.
 * [Stan, regularisation of the metric]
 */
export const scaleFrom = (state: Spread, mass: Mass, scale: Float64Array): void => {
  const { spreadDraws: draws, spreadSquares: squares, spreadMean: mean } = state;
  const n = mean.length;
  const weight = draws / (draws + 5) / (draws - 1);
  const floor = (1e-3 * 5) / (draws + 5);
  if (mass === "diagonal") for (let i = 0; i < n; i++) scale[i] = Math.sqrt(weight * squares[i] + floor);
  else {
    for (let i = 0; i < scale.length; i++) scale[i] = weight * squares[i];
    for (let i = 0; i < n; i++) scale[i * n + i] += floor;
    choleskyInPlace(scale, n);
  }
};
