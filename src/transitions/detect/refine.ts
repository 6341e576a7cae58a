import { log } from "../../numerics/elementary.ts";
import type { Change } from "../change/describe-changes.ts";
import type { ChangesFound } from "../change/find-changes.ts";
import { residualsOf } from "../change/law-fit.ts";
import { bestPhi } from "../change/phi-profile.ts";
import { placeOf } from "../change/place.ts";
import { scan } from "../change/scan.ts";
import type { Track, View } from "./view.ts";

/** Means on each side of a change whose points are looked at one by one. */
const REACH = 6;
/** Most points of such a window: of more, every other, or every third ... */
const MOST = 6000;

export interface Refined {
  readonly before: number;
  readonly step: number;
  readonly low: number;
  readonly high: number;
  readonly probability: number;
}

/**
 * The place of a sudden change among all points of a track, when it was found on means of them: a line beside it, in AR(1) noise whose coefficient is that of
 * the points. Null where each mean is one point, and for changes that are no jump of the mean.
 */
export const refined = (
  { step, value }: Track,
  { look, first, last, values }: View,
  { changes }: ChangesFound,
  change: Change,
): Refined | null => {
  const { at, width, type } = change;
  if (look.metric !== "value" || width > 1 || (type !== "level" && type !== "level and slope")) return null;
  const others = changes
    .filter(other => other !== change)
    .flatMap(other => [other.at.estimate, other.at.estimate + other.width - 1]);
  const low = Math.max(0, at.low - REACH, ...others.filter(other => other < at.estimate));
  const high = Math.min(
    values.length - 1,
    at.high + REACH,
    ...others.filter(other => other > at.estimate).map(other => other - 1),
  );
  const isInside = (i: number): boolean => step[i] >= first[low] && step[i] <= last[high] && Number.isFinite(value[i]);
  let count = 0;
  for (let i = 0; i < step.length; i++) if (isInside(i)) count++;
  if (count <= high - low + 1) return null;
  const stride = Math.ceil(count / MOST);
  const chosen: number[] = [];
  for (let i = 0, place = 0; i < step.length; i++) if (isInside(i) && place++ % stride === 0) chosen.push(i);
  const n = chosen.length;
  const own = Float64Array.from(chosen, i => value[i]);
  const columns = [new Float64Array(n).fill(1), Float64Array.from({ length: n }, (_, i) => i / n)];
  const guess = chosen.findIndex(i => step[i] >= first[at.estimate]);
  const jump = new Float64Array(n).fill(1, Math.max(1, guess));
  const { phi } = bestPhi(own, [...columns, jump]);
  const { residuals, basis } = residualsOf(own, columns, { phi, deviations: new Float64Array(n).fill(1) });
  const whole = residuals.reduce((sum, each) => sum + each * each, 0);
  const gains = scan(residuals, basis, { phi, deviations: new Float64Array(n).fill(1) }, []).level;
  const best = gains.reduce((most, gain, i) => (gain > gains[most] ? i : most), 0);
  if (!(gains[best] > 0) || !(whole > gains[best])) return null;
  const free = n - 1 - basis.length - 1;
  const place = placeOf(
    gains.map(gain => (gain > 0 ? (-free / 2) * log((whole - gain) / whole) : -Infinity)),
    best,
  );
  return {
    before: step[chosen[best - 1]],
    step: step[chosen[best]],
    low: step[chosen[place.low]],
    high: step[chosen[place.high]],
    probability: place.probability,
  };
};
