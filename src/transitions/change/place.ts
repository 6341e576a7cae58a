import { exp } from "../../numerics/elementary.ts";
import type { Interval } from "../order/index.ts";

/** Where a change is: whole indices. */
export interface Place extends Interval {
  /** Probability of the interval: 95 % or the next that whole indices allow, and near 1 where one index is alone likely. */
  readonly probability: number;
}

const WANTED = 0.95;

/**
 * The interval of indices around the most likely one whose probability is nearest to 95 %, all places being equally likely before: one side is added at a time,
 * the likelier first. `scores` are ln likelihood up to a constant, -Infinity where there is no place.
 */
export const placeOf = (scores: Float64Array, at: number): Place => {
  const most = scores.reduce((high, value) => Math.max(high, value), -Infinity);
  const weights = scores.map(value => (value > -Infinity ? exp(value - most) : 0));
  const whole = weights.reduce((sum, value) => sum + value, 0);
  let [low, high, mass] = [at, at, weights[at] / whole];
  while (mass < WANTED) {
    const [before, after] = [weights[low - 1] ?? 0, weights[high + 1] ?? 0];
    // A hollow is crossed to the side that holds more.
    const isBefore = before === after ? sumOf(weights, 0, low) > sumOf(weights, high + 1) : before > after;
    const more = mass + (isBefore ? before : after) / whole;
    if (more - WANTED > WANTED - mass) break;
    mass = more;
    if (isBefore) low--;
    else high++;
    if (low <= 0 && high >= weights.length - 1) break;
  }
  return { estimate: at, low: Math.max(0, low), high: Math.min(weights.length - 1, high), probability: mass };
};

const sumOf = (values: Float64Array, from: number, to?: number): number =>
  values.subarray(from, to).reduce((sum, value) => sum + value, 0);
