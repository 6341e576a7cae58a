import { directionsOf } from "../../../learning/data/directions.ts";
import type { Moments } from "../../../learning/data/weighted.ts";
import { power } from "../../../numerics/power.ts";
import { narrowed } from "../../../numerics/root.ts";
import type { Directions } from "./landau.ts";
import { stationaryPoints } from "./stationary.ts";

/** The learned state that an up-sweep follows to its end, whether or not it is the lowest. */
export interface FollowedState {
  /** B = |U|^2; s = sqrt(B) is the norm of a layer. */
  readonly B: number;
  /** The predictor. */
  readonly v: readonly number[];
  /** E(f - y)^2, without penalties. */
  readonly dataLoss: number;
}

/** Data of a plain linear network by its directions, and the state it is followed in; D >= 1 hidden layers, equal decays. */
export const followedStates = (moments: Moments, D: number) => {
  const { variances, n, back } = directionsOf(moments);
  const directions: Directions = { D, n, kappa: variances };

  const at = (gamma: number): FollowedState | null => {
    const B = stationaryPoints(directions, gamma)
      .filter(({ stable }) => stable)
      .at(-1)?.B;
    if (B === undefined) return null;
    const v = n.map((ni, i) => (ni * power(B, D)) / (variances[i] * power(B, D) + gamma));
    const dataLoss = v.reduce((sum, vi, i) => sum + vi * (variances[i] * vi - 2 * n[i]), moments.Ey2);
    return { B, v: back(v), dataLoss };
  };

  /** Decay at which it ends: N at D = 1, the spinodal at D >= 2. */
  const end = (): number => {
    let beyond = Math.sqrt(n.reduce((sum, ni) => sum + ni * ni, 0));
    while (at(beyond)) beyond *= 2;
    return narrowed(gamma => gamma > 0 && at(gamma) !== null, 0, beyond, 60)[1];
  };

  return { at, end };
};
