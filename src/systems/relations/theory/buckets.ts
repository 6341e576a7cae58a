import { invalid } from "../../../errors.ts";
import { expm1, log1p } from "../../../numerics/elementary.ts";

/** Training samples are balls that fall into b buckets, one for each bit of a description [section III]. */
export interface Buckets {
  /** Expected share of filled buckets after so many balls: f(m) = 1 - (1 - 1/b)^m. */
  known(samples: number): number;
  /** Smallest number of balls that fill a share alpha. */
  samplesFor(alpha: number): number;
}

/** Throws a LandauError of kind "input" for less than one bit. */
export const buckets = (bits: number): Buckets => {
  if (!(bits >= 1)) throw invalid("b", bits, "at least one bit");
  // One bucket is full after one ball.
  const missed = bits === 1 ? Number.NEGATIVE_INFINITY : log1p(-1 / bits);
  return {
    known: samples => (samples === 0 ? 0 : -expm1(samples * missed)),
    samplesFor: alpha => (bits === 1 ? 0 : log1p(-alpha) / missed),
  };
};

/** Accuracy when a share of the pairs is known and the others are guessed: p is the probability that one of them is related [equation 5]. */
export const guessedAccuracy = (known: number, p: number): number => known + Math.max(p, 1 - p) * (1 - known);
