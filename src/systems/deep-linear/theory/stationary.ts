import { exp, log } from "../../../numerics/elementary.ts";
import { turningPlaces } from "../../../numerics/minimum.ts";
import { realPower } from "../../../numerics/power.ts";
import { bisect } from "../../../numerics/root.ts";
import { balanceRatio, type Directions, eliminatedLoss } from "./landau.ts";

export interface StationaryPoint {
  readonly B: number;
  readonly stable: boolean;
  /** Loss there, without Ey2. */
  readonly ell: number;
}

/** Points per e-fold of the search for humps of h. */
const DENSITY = 200;

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
  const [from, to] = [log(low), log(high)];
  const ends = turningPlaces(excess, from, to, Math.max(64, Math.ceil((to - from) * DENSITY)));
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
