import { invalid } from "../../errors.ts";
import { log } from "../../numerics/elementary.ts";
import type { Interval } from "../order/index.ts";
import { type BestFit, fitCurve, floorOf } from "./curve-fit.ts";
import { sizesOf } from "./describe-changes.ts";
import { curveOf } from "./find-changes.ts";
import { type Curve, residualsOf, tangentColumns } from "./law-fit.ts";
import type { MeanChange } from "./mean-change.ts";
import { leastOf, levelCriteria } from "./next-change.ts";
import { type Place, placeOf } from "./place.ts";
import { MOST_CHANGES } from "./search.ts";

/** A place at which the levels of one or more series change. */
export interface JointChange {
  /** First index after it. */
  readonly at: Place;
  readonly step: number;
  /** The change of each series' level; null for those that do not take part. */
  readonly levels: readonly (Interval | null)[];
  /** By how much the criterion of all series is worse without it. */
  readonly evidence: number;
}

export interface JointChangesFound {
  /** By their places. */
  readonly changes: readonly JointChange[];
  /** Law and AR(1) coefficient of each series. */
  readonly series: readonly { readonly law: string; readonly phi: number }[];
}

/** A place, and which series take part. */
interface Shared {
  readonly at: number;
  readonly members: readonly boolean[];
}

/**
 * Changes of level that several series share: each series has a law and AR(1) noise of its own, as in findChanges, and the noise of one says nothing of the others'. A place costs
 * 2 ln n once, and ln n for each series whose level changes there, so that changes too small for any series alone are seen where they come together.
 * Places are added one at a time, each the best of all, and moved or taken back while that is better.
 *
 * Series are of equal length. Throws a LandauError for none, unequal lengths, and values and steps as findChanges does.
 */
export const findJointChanges = (
  series: readonly ArrayLike<number>[],
  steps?: ArrayLike<number>,
): JointChangesFound => {
  if (series.length === 0) throw invalid("the number of series", 0, "at least one");
  const curves = series.map(values => curveOf(values, steps));
  const n = curves[0].values.length;
  const other = curves.findIndex(({ values }) => values.length !== n);
  if (other >= 0)
    throw invalid(`the length of series[${other}]`, curves[other].values.length, `${n}, as of the first one`);
  const place = 2 * log(n);
  const fitted = fitter(curves, place);
  let now = fitted([]);
  for (let round = 0; round < 2 * MOST_CHANGES; round++) {
    const better = added(curves, now, fitted, place) ?? changed(curves, now, fitted, place);
    if (!better) break;
    now = better;
  }
  const { fits, shared, criterion } = now;
  return {
    changes: shared
      .map(each => described(curves, now, each, fitted(without(shared, each)), criterion))
      .sort((a, b) => a.at.estimate - b.at.estimate),
    series: fits.map(({ law, noise }) => ({ law: law.name, phi: noise.phi })),
  };
};

interface Fitted {
  readonly shared: readonly Shared[];
  readonly fits: readonly BestFit[];
  /** Of all series together. */
  readonly criterion: number;
}
type Fitter = (shared: readonly Shared[]) => Fitted;

const without = (shared: readonly Shared[], one: Shared): Shared[] => shared.filter(other => other !== one);

/** Fits with shared changes; those of a series are made once for each set of its own. */
const fitter = (curves: readonly Curve[], place: number): Fitter => {
  const known = curves.map(() => new Map<string, BestFit>());
  const fitOf = (i: number, places: readonly number[]): BestFit => {
    const key = places.join();
    const fit =
      known[i].get(key) ??
      fitCurve(
        curves[i],
        places.map((at): MeanChange => ({ at, kind: "level", width: 1 })),
      );
    known[i].set(key, fit);
    return fit;
  };
  return shared => {
    const fits = curves.map((_, i) =>
      fitOf(
        i,
        shared.filter(({ members }) => members[i]).map(({ at }) => at),
      ),
    );
    const whole = fits.reduce((sum, fit) => sum + fit.criterion, 0);
    // Each series has paid for each of its places.
    const twice = shared.reduce((sum, { members }) => sum + members.filter(Boolean).length - 1, 0);
    return { shared, fits, criterion: whole - place * twice };
  };
};

/** The best place more for some fits, with those series that are better for it; null where none is better for all together. */
const next = (curves: readonly Curve[], { fits }: Fitted, place: number): Shared | null => {
  const n = curves[0].values.length;
  // What each series saves at each index, but for the price of the place.
  const saved = curves.map((curve, i) => {
    if (fits[i].squares <= floorOf(curve)) return new Float64Array(n);
    const least = leastOf(fits[i]);
    return levelCriteria(curve, fits[i]).map(criterion => Math.max(0, least - criterion + place));
  });
  let [best, at] = [place, 0];
  for (let i = 1; i < n; i++) {
    const sum = saved.reduce((sum, own) => sum + own[i], 0);
    if (sum > best) [best, at] = [sum, i];
  }
  return at > 0 ? { at, members: saved.map(own => own[at] > 0) } : null;
};

const added = (curves: readonly Curve[], now: Fitted, fitted: Fitter, place: number): Fitted | null => {
  if (now.shared.length >= MOST_CHANGES) return null;
  const more = next(curves, now, place);
  const better = more && fitted([...now.shared, more]);
  return better && better.criterion < now.criterion ? better : null;
};

const LEAST_GAIN = 1e-6;

/** Takes a place back, or puts another in its place, where that is better. */
const changed = (curves: readonly Curve[], now: Fitted, fitted: Fitter, place: number): Fitted | null => {
  for (const one of now.shared) {
    const left = fitted(without(now.shared, one));
    if (left.criterion < now.criterion) return left;
    const other = next(curves, left, place);
    const better = other && fitted([...left.shared, other]);
    if (better && better.criterion < now.criterion - LEAST_GAIN) return better;
  }
  return null;
};

const described = (
  curves: readonly Curve[],
  { fits }: Fitted,
  one: Shared,
  left: Fitted,
  criterion: number,
): JointChange => {
  const scores = new Float64Array(curves[0].values.length);
  for (const [i, curve] of curves.entries()) {
    if (!one.members[i]) continue;
    const criteria = levelCriteria(curve, left.fits[i]);
    for (let at = 0; at < scores.length; at++) scores[at] -= criteria[at] / 2;
  }
  return {
    at: placeOf(scores, one.at),
    step: curves[0].steps[one.at],
    levels: curves.map((curve, i) => {
      if (!one.members[i]) return null;
      const fit = { ...fits[i], changes: left.fits[i].changes };
      const rest = residualsOf(curve.values, tangentColumns(curve, fit, fit.changes, true), fit.noise);
      return sizesOf(fit, { at: one.at, kind: "level", width: 1 }, rest)[0];
    }),
    evidence: left.criterion - criterion,
  };
};
