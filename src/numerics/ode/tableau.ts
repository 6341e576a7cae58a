/**
 * An explicit Runge-Kutta method as data (Butcher tableau). Stage s has the slope k_s = f(t + nodes[s] h, y + h sum_j stages[s][j] k_j); a step
 * ends at y + h sum weights[s] k_s.
 */
export interface Tableau {
  readonly order: number;
  readonly nodes: readonly number[];
  /** Row s has s entries. */
  readonly stages: readonly (readonly number[])[];
  readonly weights: readonly number[];
}

/** A tableau with a second answer of lower order, whose distance from the first estimates the error. */
export interface EmbeddedTableau extends Tableau {
  /** Weights of the answer minus those of the answer of lower order. */
  readonly errorWeights: readonly number[];
  /** Power of h with which that difference falls: the lower order + 1. */
  readonly errorOrder: number;
  /** The last stage is at the end of the step, and so the first of the next. */
  readonly lastIsFirst: boolean;
}

/** The classical method of order 4 [Kutta 1901]. */
export const classical: Tableau = {
  order: 4,
  nodes: [0, 1 / 2, 1 / 2, 1],
  stages: [[], [1 / 2], [0, 1 / 2], [0, 0, 1]],
  weights: [1 / 6, 1 / 3, 1 / 3, 1 / 6],
};

/** Order 5 with an error estimate of order 4 [Dormand and Prince 1980, RK5(4)7M; Hairer, Norsett, Wanner I, table II.5.2]. */
export const dormandPrince: EmbeddedTableau = {
  order: 5,
  errorOrder: 5,
  lastIsFirst: true,
  nodes: [0, 1 / 5, 3 / 10, 4 / 5, 8 / 9, 1, 1],
  stages: [
    [],
    [1 / 5],
    [3 / 40, 9 / 40],
    [44 / 45, -56 / 15, 32 / 9],
    [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
    [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656],
    [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84],
  ],
  weights: [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84, 0],
  errorWeights: [71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40],
};
