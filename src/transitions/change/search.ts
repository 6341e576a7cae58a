import { log } from "../../numerics/elementary.ts";
import { autoregressiveMeanCost } from "./autoregressive-mean-cost.ts";
import { type BestFit, fitCurve, fitsBeside, floorOf, priceOfChange, withChanges } from "./curve-fit.ts";
import { type Curve, residualsOf, tangentColumns } from "./law-fit.ts";
import { leastMissed } from "./least-missed.ts";
import { endOf, LEAST_SEGMENT, type MeanChange } from "./mean-change.ts";
import { coefficientsNear, LEAST_GAIN, nextChange } from "./next-change.ts";
import { pelt } from "./pelt.ts";
import { seasonOf } from "./season.ts";
import type { SegmentCost } from "./segment-cost.ts";

export const MOST_CHANGES = 30;

/** The best fit without changes of the mean, and the best that is found with any. */
export interface Searched {
  /** With its season, where it has one. */
  readonly curve: Curve;
  readonly none: BestFit;
  readonly fit: BestFit;
}

/**
 * Changes are added one at a time, each the best of all places, and moved, widened or taken back while that is better. As some are only seen together, such as
 * a way there and back, the search also begins at the exact partition of the whole curve into levels.
 */
export const searchChanges = (curve: Curve): Searched => {
  const plain = searched(curve);
  const { residuals } = residualsOf(curve.values, tangentColumns(curve, plain.none, []), plain.none.noise);
  const season = seasonOf(residuals, curve.steps);
  if (!season) return plain;
  const other = searched({ ...curve, season });
  return other.fit.criterion < plain.fit.criterion ? other : plain;
};

const searched = (curve: Curve): Searched => {
  const none = fitCurve(curve, []);
  if (none.squares <= floorOf(curve)) return { curve, none, fit: none };
  const added = grown(curve, none);
  return {
    curve,
    none,
    fit: better(curve, none, added, partition(curve, added.squares)),
  };
};

/** After each change only those beside it are moved, as others hardly feel it; when there is none to add, all are, and what that brings may ask for more. */
const grown = (curve: Curve, start: BestFit): BestFit => {
  const floor = floorOf(curve);
  let [fit, whole] = [start, start];
  for (;;) {
    while (fit.squares > floor && fit.changes.length < MOST_CHANGES) {
      const next = nextChange(curve, fit);
      const more = next && fitCurve(curve, shaped(curve, withChanges(curve, fit, [...fit.changes, next])).changes);
      if (!more || !(more.criterion < fit.criterion)) break;
      fit = settled(curve, more, next.at);
    }
    if (fit === whole) return fit;
    whole = settled(curve, fit);
    if (whole === fit) return fit;
    fit = whole;
  }
};

/** The better of a fit and what becomes of an exact partition, under the law that suits it best. */
const better = (curve: Curve, none: BestFit, fit: BestFit, { changes, criterion }: Partition): BestFit => {
  // Its noise is even, and its shapes are none.
  const allowance = priceOfChange(curve.values.length, 1);
  if (changes.length === 0 || !(criterion < fit.criterion + allowance)) return fit;
  const begun = none.all
    .map(each => withChanges(curve, { ...none, ...each }, changes))
    .reduce((best, each) => (each.criterion < best.criterion ? each : best));
  const other = fitCurve(curve, thinned(curve, begun).changes);
  if (!(other.criterion < fit.criterion + allowance)) return fit;
  const grownOn = grown(curve, settled(curve, other));
  return grownOn.criterion < fit.criterion ? grownOn : fit;
};

interface Partition {
  readonly changes: readonly MeanChange[];
  readonly criterion: number;
}

/** Coefficients of the noise at which partitions are looked for. */
const STARTS = [0, 0.3, 0.6, 0.85] as const;
const ROUNDS = 4;

/** The exact partition into levels whose criterion is least. */
const partition = ({ values }: Curve, squares: number): Partition =>
  STARTS.map(phi => partitionAt(autoregressiveMeanCost(values, phi), squares)).reduce((best, each) =>
    each.criterion < best.criterion ? each : best,
  );

/**
 * The least of n ln(squares) and a price for each change is a least of squares and a penalty, which is the price times the variance: where one leads to
 * the other is found by going back and forth, from the variance of a fit that is to be improved.
 */
const partitionAt = (cost: SegmentCost, squares: number): Partition => {
  const n = cost.length;
  const price = priceOfChange(n, 1);
  const spaced = { ...cost, least: LEAST_SEGMENT };
  let best: Partition = { changes: [], criterion: Infinity };
  let variance = squares / (n - 1);
  for (let round = 0; round < ROUNDS; round++) {
    const places = pelt(spaced, price * variance);
    const edges = [0, ...places, n];
    const left =
      places.length > MOST_CHANGES ? 0 : edges.slice(1).reduce((sum, end, i) => sum + cost.at(edges[i], end), 0);
    if (!(left > 0)) break;
    const criterion = (n - 1) * log(left / (n - 1)) + 2 * log(n) + price * places.length;
    if (!(criterion < best.criterion)) break;
    best = { changes: places.map(at => ({ at, kind: "level", width: 1 })), criterion };
    variance = left / (n - 1);
  }
  return best;
};

/** Of the changes that are missed least so many are left out for a try. */
const TRIED = 3;

/** Takes changes back, that which is missed least first, while the fit is better without. */
const thinned = (curve: Curve, start: BestFit): BestFit => {
  let fit = start;
  while (fit.changes.length > 0) {
    const without = leastMissed(curve, fit, TRIED)
      .map(change =>
        withChanges(
          curve,
          fit,
          fit.changes.filter(other => other !== change),
        ),
      )
      .reduce((best, each) => (each.criterion < best.criterion ? each : best));
    if (!(without.criterion < fit.criterion)) break;
    fit = without;
  }
  return fit;
};

/** Takes changes back, and moves them, or those nearest to an index, while the fit is better for it. */
const settled = (curve: Curve, start: BestFit, near?: number): BestFit => {
  let fit = start;
  for (let round = 0; round < MOST_CHANGES; round++) {
    const next = without(curve, fit) ?? moved(curve, fit, near);
    if (!next) break;
    fit = next;
  }
  return fit;
};

const without = (curve: Curve, fit: BestFit): BestFit | null => {
  const fewer = thinned(curve, fit);
  if (fewer.changes.length === fit.changes.length) return null;
  const whole = fitCurve(curve, fewer.changes);
  return whole.criterion < fit.criterion ? whole : null;
};

/** A change, and its neighbours on both sides. */
const BESIDE = 3;

const moved = (curve: Curve, fit: BestFit, near?: number): BestFit | null => {
  const distance = ({ at }: MeanChange): number => (near === undefined ? 0 : Math.abs(at - near));
  const own =
    near === undefined ? fit.changes : fit.changes.toSorted((a, b) => distance(a) - distance(b)).slice(0, BESIDE);
  // One of many changes does not move the noise's coefficient far.
  const phis = fit.changes.length > BESIDE ? coefficientsNear(fit.noise.phi) : undefined;
  let best = fit;
  for (const change of own) {
    const others = best.changes.filter(other => other.at !== change.at);
    if (others.length === best.changes.length) continue;
    const left = withChanges(curve, best, others);
    const again = nextChange(curve, { ...left, all: [left] }, phis);
    if (!again) continue;
    const tried = shaped(curve, withChanges(curve, best, [...others, again]));
    if (tried.criterion < best.criterion - LEAST_GAIN) best = tried;
  }
  if (best === fit) return null;
  const whole = fitCurve(curve, best.changes);
  return whole.criterion < fit.criterion - LEAST_GAIN ? whole : null;
};

/** Begins and ends ramps where that is best, by ever smaller steps. */
const shaped = (curve: Curve, start: BestFit): BestFit => {
  let fit = start;
  for (const [i, { kind, ...asked }] of start.changes.entries()) {
    if (kind !== "ramp") continue;
    const others = start.changes.flatMap((_, j) => (j === i ? [] : [fit.changes[j]]));
    const beside = fitsBeside(curve, fit, others);
    let best = { fit, ...asked };
    for (let by = Math.max(1, asked.width >> 2); by >= 1; by = by >> 1) {
      const { at, width } = best;
      const tried = [
        { at: at - by, width: width + by, kind },
        { at: at + by, width: width - by, kind },
        { at, width: width - by, kind },
        { at, width: width + by, kind },
      ];
      for (const each of tried) {
        if (!isPossible(curve, each, others)) continue;
        const other = beside(each);
        if (other.criterion < best.fit.criterion) best = { ...each, fit: other };
      }
    }
    const changes = fit.changes.with(i, { at: best.at, width: best.width, kind });
    fit = { ...best.fit, changes };
  }
  return fit;
};

const isPossible = ({ values }: Curve, change: MeanChange, others: readonly MeanChange[]): boolean =>
  change.width >= 2 &&
  change.at >= LEAST_SEGMENT &&
  endOf(change) <= values.length - LEAST_SEGMENT &&
  others.every(other => other.at - endOf(change) >= LEAST_SEGMENT || change.at - endOf(other) >= LEAST_SEGMENT);
