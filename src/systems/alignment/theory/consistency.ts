import { integrateTwoPoint } from "./trajectory.ts";
import {
  type Coefficients,
  type PointPair,
  type Rates,
  scalarDefect,
  squaredError,
  type TwoPointState,
} from "./two-point.ts";

/** What any trajectory of outputs keeps, whatever its equations were meant to be. */
export interface Consistency {
  /** Least |dyhat - dy|^2: a square, and so not negative. */
  readonly minError2: number;
  /** Largest |(y - w)^2 - y dy2|: 0 of outputs that are single numbers. */
  readonly maxScalarDefect: number;
  /** Squared distance of the representations at the end. */
  readonly hEnd: number;
}

/** What a solution of the equations, altered or not, breaks by itself: on `points` equally spaced times from 0 to tMax. */
export const consistency = (
  start: TwoPointState,
  pair: PointPair,
  rates: Rates,
  { factors, tMax, points }: { readonly factors: Coefficients; readonly tMax: number; readonly points: number },
): Consistency => {
  const times = Array.from({ length: points }, (_, i) => (tMax * i) / (points - 1));
  const states = integrateTwoPoint(start, pair, rates, times, { factors });
  return {
    minError2: states.reduce(
      (least, state) => Math.min(least, squaredError(state, pair.dy2)),
      Number.POSITIVE_INFINITY,
    ),
    maxScalarDefect: states.reduce((most, state) => Math.max(most, Math.abs(scalarDefect(state, pair.dy2))), 0),
    hEnd: states[points - 1].h,
  };
};

/** What counts as broken, in squared output distances of order 1: as the source's state is judged. */
export const BROKEN = { error2: -0.02, scalarDefect: 0.004 } as const;
