import { bisect } from "../../../numerics/root.ts";
import type { Directions } from "./landau.ts";
import { type StationaryPoint, stationaryPoints } from "./stationary.ts";

/** A jump of the global minimum: from `from` to `to` as gamma rises through `gamma`. */
export interface Jump {
  readonly gamma: number;
  readonly from: number;
  readonly to: number;
}

/** B of the global minimum; 0 in the trivial phase. */
export const globalB = (directions: Directions, g: number): number => lowest(stationaryPoints(directions, g))?.B ?? 0;

const lowest = (points: readonly StationaryPoint[]): StationaryPoint | undefined =>
  points.reduce<StationaryPoint | undefined>(
    (best, each) => (each.stable && each.ell < (best?.ell ?? 0) ? each : best),
    undefined,
  );

const strength = ({ n }: Directions): number => {
  let sum = 0;
  for (let i = 0; i < n.length; i++) sum += n[i] * n[i];
  return Math.sqrt(sum);
};

/** Where the last learned minimum is as low as the trivial phase, and its B there. At D = 1 that is gamma = N, without a jump. */
export const trivialCoexistence = (directions: Directions): { readonly gamma: number; readonly Bjump: number } => {
  const N = strength(directions);
  if (directions.D === 1 || N === 0) return { gamma: N, Bjump: 0 };
  const isLearned = (gamma: number): boolean => lowest(stationaryPoints(directions, gamma)) !== undefined;
  let high = N;
  while (isLearned(high)) high *= 2;
  let low = high / 2;
  while (!isLearned(low)) low /= 2;
  const gamma = bisect(g => (isLearned(g) ? -1 : 1), low, high);
  return { gamma, Bjump: globalB(directions, gamma) };
};

const SCAN = 400;
/** From one value of gamma to the next of a scan, B moves by less than this factor unless it jumps. */
const SMOOTH = 1.3;

/**
 * All jumps of the global minimum between `from` and the trivial phase, in ascending gamma; none at D = 1, where B changes
 * continuously. Jumps by less than a factor of 1.3 are not told from smooth changes.
 */
export const jumps = (directions: Directions, from: number): Jump[] => {
  if (directions.D < 2) return [];
  const { gamma: end, Bjump } = trivialCoexistence(directions);
  const found: Jump[] = [];
  const at = (i: number): number => from + ((end - from) * i) / SCAN;
  let before = globalB(directions, from);
  for (let i = 1; i <= SCAN; i++) {
    const after = globalB(directions, at(i));
    if (after > 0 && before / after > SMOOTH) {
      const middle = Math.sqrt(before * after);
      const gamma = bisect(g => (globalB(directions, g) > middle ? -1 : 1), at(i - 1), at(i));
      const to = globalB(directions, gamma * (1 + 1e-12));
      const start = globalB(directions, gamma * (1 - 1e-12));
      // What shrinks to nothing as the two sides close up was steep, not a jump.
      if (start / to > SMOOTH) found.push({ gamma, from: start, to });
    }
    before = after;
  }
  return [...found, { gamma: end, from: Bjump, to: 0 }];
};
