import { exp, log } from "../../../numerics/elementary.ts";
import { realPower } from "../../../numerics/power.ts";
import { bisect } from "../../../numerics/root.ts";
import { balanceRatio, type Directions, eliminatedLoss } from "./landau.ts";

export interface StationaryPoint {
  readonly B: number;
  readonly stable: boolean;
  /** Loss there, without Ey2. */
  readonly ell: number;
}

/** Points per e-fold and halvings of the search for humps of h. */
const DENSITY = 200;
const REFINEMENTS = 60;

/**
 * All stationary points B > 0 of a network on data with several directions, ascending; D >= 1 and g > 0. Every solution of
 * h(B) = 1 lies between (g/N)^(2/(D-1)) and (sum n_i^2 / kappa_i^2)^(1/(D+1)), as h is at most N^2 B^(D-1) / g^2 and at most
 * sum n_i^2 / (kappa_i^2 B^(D+1)).
 */
export const stationaryPoints = (directions: Directions, g: number): StationaryPoint[] => {
  const { D } = directions;
  const { total, reach } = strengths(directions);
  if (total === 0) return [];
  const high = realPower(reach, 1 / (D + 1)) * (1 + 1e-9);
  if (D === 1) {
    const excess = (B: number): number => balanceRatio(directions, g, B) - 1;
    return excess(0) <= 0 ? [] : [point(directions, g, bisect(excess, 0, high), true)];
  }
  const low = realPower((g * g) / total, 1 / (D - 1)) * (1 - 1e-9);
  if (!(low < high)) return [];
  const excess = (x: number): number => balanceRatio(directions, g, exp(x)) - 1;
  const ends = extremes(excess, log(low), log(high));
  const found: StationaryPoint[] = [];
  for (let i = 0; i + 1 < ends.length; i++) {
    const [left, right] = [excess(ends[i]), excess(ends[i + 1])];
    if (left < 0 === right < 0) continue;
    found.push(point(directions, g, exp(bisect(excess, ends[i], ends[i + 1])), right < 0));
  }
  return found;
};

const point = (directions: Directions, g: number, B: number, stable: boolean): StationaryPoint => ({
  B,
  stable,
  ell: eliminatedLoss(directions, g, B),
});

const strengths = ({ n, kappa }: Directions) => {
  let [total, reach] = [0, 0];
  for (let i = 0; i < n.length; i++) {
    total += n[i] * n[i];
    if (n[i] !== 0) reach += (n[i] * n[i]) / (kappa[i] * kappa[i]);
  }
  return { total, reach };
};

/** The ends of an interval and the places in between where a function turns, ascending. */
const extremes = (f: (x: number) => number, low: number, high: number): number[] => {
  const count = Math.max(64, Math.ceil((high - low) * DENSITY));
  const at = (i: number): number => low + ((high - low) * i) / count;
  const values = Array.from({ length: count + 1 }, (_, i) => f(at(i)));
  const places = [low];
  for (let i = 1; i < count; i++) {
    const up = values[i] >= values[i - 1] && values[i] > values[i + 1];
    const down = values[i] <= values[i - 1] && values[i] < values[i + 1];
    if (up || down) places.push(turning(x => (up ? f(x) : -f(x)), at(i - 1), at(i + 1)));
  }
  return [...places, high];
};

/** Place of the maximum of a function with one hump, by thirds. */
const turning = (f: (x: number) => number, low: number, high: number): number => {
  let [left, right] = [low, high];
  for (let step = 0; step < REFINEMENTS; step++) {
    const third = (right - left) / 3;
    if (f(left + third) < f(right - third)) left += third;
    else right -= third;
  }
  return left + (right - left) / 2;
};
