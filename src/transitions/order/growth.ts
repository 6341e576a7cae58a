import { log } from "../../numerics/elementary.ts";
import { lineFit } from "../../numerics/line-fit.ts";
import { type Evidence, text } from "./evidence.ts";
import { around, capped, withinRange } from "./likelihood.ts";
import { isOrdered, type OrderedSide } from "./ordered-side.ts";
import type { Profile } from "./profile.ts";

/** Exponents of size that still count as none: sums of n independent parts have neither growth. */
const STILL = 0.08;
/** Growths of a transition that are looked for, in dimensions: of the peak, 1/2 in mean field and 1 where phases coexist; of the slope, 1/4 in mean field. */
const PEAK_RANGE = [0.25, 1.2] as const;
const SLOPE_RANGE = [0.1, 1] as const;
/** Dimensions, where the ordered side does not tell: of sizes that count parts, and of edges. */
const DIMENSIONS = [1, 3] as const;
/** Errors of a peak that was picked as the largest of several. */
const PICKED = 0.08;

/**
 * Does it sharpen with size? Growth exponents of the peak of the variance over its background, and of the steepest slope. Both are
 * zero for a smooth crossover, whatever the size does to the noise, and positive at a transition of either order, whatever the dimension.
 * Null with fewer than two sizes.
 */
export const growth = (profiles: readonly Profile[], side: OrderedSide | null): Evidence | null => {
  const [least, most] = isOrdered(side) ? [side.dimension, side.dimension] : DIMENSIONS;
  const used = largest(profiles);
  if (used.length < 2) return null;
  const sizes = used.map(({ size }) => log(size));
  const peaks = used.map(({ peak, jump, unresolved, background }) => {
    // What lies between two sides that never met counts as variance.
    const variance = unresolved ? Math.max(peak.variance, (jump.height * jump.height) / 4) : peak.variance;
    return {
      value: log(variance) - background.logVariance,
      error: Math.sqrt(
        finite(peak.logVarianceError) * finite(peak.logVarianceError) +
          finite(background.error) * finite(background.error) +
          PICKED * PICKED,
      ),
    };
  });
  const peak = lineFit(
    sizes,
    peaks.map(({ value }) => value),
    peaks.map(({ error }) => error),
  );
  const slope = lineFit(
    sizes,
    used.map(({ steepness }) => log(steepness)),
    used.map(({ steepnessError }) => Math.sqrt(steepnessError * steepnessError + PICKED * PICKED)),
  );
  if (!peak || !slope) return null;
  const [noneByPeak, someByPeak] = capped(
    [
      around(peak.slope, peak.slopeError, 0, STILL),
      withinRange(peak.slope, peak.slopeError, PEAK_RANGE[0] * least, PEAK_RANGE[1] * most),
    ],
    4,
  );
  const [noneBySlope, someBySlope] = capped(
    [
      around(slope.slope, slope.slopeError, 0, STILL),
      withinRange(slope.slope, slope.slopeError, SLOPE_RANGE[0] * least, SLOPE_RANGE[1] * most),
    ],
    // The steepest of many slopes is a poor witness.
    0.7,
  );
  const some = someByPeak + someBySlope;
  return {
    probe: "growth",
    support: { none: noneByPeak + noneBySlope, continuous: some, discontinuous: some },
    finding:
      `with size, the peak of the variance grows over its background as size^(${text(peak.slope)} +- ${text(peak.slopeError)}), ` +
      `the steepest slope as size^(${text(slope.slope)} +- ${text(slope.slopeError)})`,
    values: {
      peak: peak.slope,
      peakError: peak.slopeError,
      slope: slope.slope,
      slopeError: slope.slopeError,
    },
  };
};

/** The sizes within a factor of eight of the largest: what small ones do may only be a beginning. */
export const largest = <P extends { readonly size: number }>(profiles: readonly P[]): P[] => {
  const top = Math.max(...profiles.map(({ size }) => size));
  const near = profiles.filter(({ size }) => size * 8 >= top);
  const nearer = near.filter(({ size }) => size * 4.01 >= top);
  return nearer.length >= 3 ? nearer : near;
};

const finite = (error: number): number => (Number.isFinite(error) ? error : 1);
