import { exp } from "../../numerics/elementary.ts";
import type { Interval } from "../order/index.ts";

/** Where a change is: whole indices, the first ones that may come after it. */
export interface Place extends Interval {
  /** Probability of the interval: 95 % or the next that whole indices allow, and near 1 where one index is alone likely. */
  readonly probability: number;
  /**
   * Interval of 95 % for the moment of the change, on the scale of the indices: what comes first at index i has happened after i - 1 and until i, at any moment as
   * likely as at another.
   */
  readonly moment: { readonly low: number; readonly high: number };
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
  const shares = weights.map(weight => weight / whole);
  let interval = { low: at, high: at, mass: 0 };
  let moment: Place["moment"] | null = null;
  let isWide = false;
  for (const next of widening(shares, at)) {
    isWide ||= interval.mass > 0 && next.mass - WANTED > WANTED - interval.mass;
    if (!isWide) interval = next;
    if (!moment && next.mass >= WANTED) moment = momentIn(next);
    if (isWide && moment) break;
  }
  const { low, high, mass } = interval;
  return { estimate: at, low, high, probability: mass, moment: moment ?? { low: low - 1, high } };
};

interface Widened {
  readonly low: number;
  readonly high: number;
  readonly mass: number;
  /** The index that was added last, and what it holds. */
  readonly last: number;
  readonly added: number;
}

/** Ever wider intervals around an index; each time the side that is likelier is added, or, across a hollow, the one that holds more. */
function* widening(shares: Float64Array, at: number): Generator<Widened> {
  let [low, high, mass] = [at, at, shares[at]];
  yield { low, high, mass, last: at, added: mass };
  while (low > 0 || high < shares.length - 1) {
    const [before, after] = [shares[low - 1] ?? 0, shares[high + 1] ?? 0];
    const isBefore =
      high === shares.length - 1 ||
      (low > 0 && (before === after ? sumOf(shares, 0, low) > sumOf(shares, high + 1) : before > after));
    if (isBefore) low--;
    else high++;
    const added = isBefore ? before : after;
    mass += added;
    yield { low, high, mass, last: isBefore ? low : high, added };
  }
}

/** 95 % of an interval that holds as much or more: of the index that was added last only what is needed. */
const momentIn = ({ low, high, mass, last, added }: Widened): Place["moment"] => {
  const left = (mass - WANTED) / added;
  if (low === high) return { low: low - 1 + left / 2, high: high - left / 2 };
  return last === low ? { low: low - 1 + left, high } : { low: low - 1, high: high - left };
};

const sumOf = (values: Float64Array, from: number, to?: number): number =>
  values.subarray(from, to).reduce((sum, value) => sum + value, 0);
