import { log } from "../../numerics/elementary.ts";
import { type BestFit, criterionOf, floorOf } from "./curve-fit.ts";
import { type Curve, groundColumns, type LawFit, type Rest, residualsOf, termColumns, withColumns } from "./law-fit.ts";
import { type MeanChange, meanChanges } from "./mean-change.ts";
import { dot } from "./orthonormal.ts";
import { PHIS } from "./phi-profile.ts";
import { scan } from "./scan.ts";
import type { Noise } from "./whitened.ts";

/** A change that a fit does not have, and the sum of squares that it leaves. */
interface Candidate {
  readonly change: MeanChange;
  readonly squares: number;
}

/** The best place of each kind of change beside some columns, with the law's shapes moving along their tangents. */
const candidatesOf = (
  { residuals, basis }: Rest,
  noise: Noise,
  taken: readonly MeanChange[],
  kinds: readonly MeanChange["kind"][],
): Candidate[] => {
  const whole = dot(residuals, residuals);
  const gains = scan(residuals, basis, noise, taken);
  return kinds.flatMap(kind => {
    const own = gains[kind];
    let at = 0;
    for (let i = 1; i < own.length; i++) if (own[i] > own[at]) at = i;
    if (!(own[at] > 0)) return [];
    return [{ change: { at, kind, width: kind === "ramp" ? gains.widths[at] : 1 }, squares: whole - own[at] }];
  });
};

/** A law at a noise, and what it leaves of the curve. */
interface Look {
  readonly start: LawFit;
  readonly noise: Noise;
  readonly rest: Rest;
}

/** A coefficient and those beside it of all that are looked at. */
export const coefficientsNear = (phi: number): number[] => {
  const above = PHIS.findIndex(other => other > phi);
  const at = above < 0 ? PHIS.length : above;
  return [...new Set([...PHIS.slice(Math.max(0, at - (PHIS[at - 1] === phi ? 2 : 1)), at + 1), phi])];
};

/** A fit's laws beside its changes, for each coefficient of the noise. */
function* looks(
  curve: Curve,
  { all, changes, noise: { deviations } }: BestFit,
  phis: readonly number[] = PHIS,
): Generator<Look> {
  const ground = groundColumns(curve, changes);
  const terms = all.map(start => termColumns(curve, start));
  for (const phi of phis) {
    const noise = { phi, deviations };
    const shared = residualsOf(curve.values, ground, noise);
    for (const [i, start] of all.entries()) yield { start, noise, rest: withColumns(shared, terms[i], noise) };
  }
}

/** The least criterion of a fit's laws, whose own price for their deviations is left out. */
export const leastOf = ({ all }: BestFit): number =>
  all.reduce((low, { criterion }) => Math.min(low, criterion), Infinity);

/** The best change more, over all laws, coefficients, kinds and places; null where that is no better than none. */
export const nextChange = (curve: Curve, fit: BestFit, phis?: readonly number[]): MeanChange | null => {
  const { changes } = fit;
  let best: MeanChange | null = null;
  let least = leastOf(fit);
  for (const { start, noise, rest } of looks(curve, fit, phis))
    for (const { change, squares } of candidatesOf(rest, noise, changes, curve.kinds ?? meanChanges)) {
      const more = [...changes, change];
      const criterion = criterionOf(curve, { law: start.law, changes: more, squares, ...noise });
      if (criterion < least) [best, least] = [change, criterion];
    }
  return best;
};

/** The least criterion with one change of level more, over all laws and coefficients, for each of its indices; Infinity where there is no room for it. */
export const levelCriteria = (curve: Curve, fit: BestFit): Float64Array => {
  const { changes } = fit;
  const n = curve.values.length;
  const floor = floorOf(curve);
  const least = new Float64Array(n).fill(Infinity);
  for (const { start, noise, rest } of looks(curve, fit)) {
    const whole = dot(rest.residuals, rest.residuals);
    const change: MeanChange = { at: 0, kind: "level", width: 1 };
    const none = criterionOf(curve, { law: start.law, changes: [...changes, change], squares: whole, ...noise });
    const gains = scan(rest.residuals, rest.basis, noise, changes).level;
    for (let at = 1; at < n; at++) {
      if (!(gains[at] > 0)) continue;
      const criterion = none + (n - 1) * log(Math.max(whole - gains[at], floor) / Math.max(whole, floor));
      if (criterion < least[at]) least[at] = criterion;
    }
  }
  return least;
};

/** What a fit gets better by at least, or rounding could go back and forth. */
export const LEAST_GAIN = 1e-6;
