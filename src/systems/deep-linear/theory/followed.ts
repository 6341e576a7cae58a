import { symmetricEigen } from "../../../numerics/linear-algebra.ts";
import { power } from "../../../numerics/power.ts";
import type { Directions } from "./landau.ts";
import type { Moments } from "./reduction.ts";
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
export const followedStates = ({ A0, n, Ey2 }: Moments, D: number) => {
  const dx = n.length;
  const { values, vectors } = symmetricEigen(Float64Array.from(A0.flat()), dx);
  const own = Array.from({ length: dx }, (_, i) => n.reduce((sum, nk, k) => sum + vectors[i * dx + k] * nk, 0));
  const directions: Directions = { D, n: own, kappa: values };

  const at = (gamma: number): FollowedState | null => {
    const B = stationaryPoints(directions, gamma)
      .filter(({ stable }) => stable)
      .at(-1)?.B;
    if (B === undefined) return null;
    const top = power(B, D);
    const inBasis = own.map((ni, i) => (ni * top) / (values[i] * top + gamma));
    return {
      B,
      v: Array.from({ length: dx }, (_, k) => inBasis.reduce((sum, vi, i) => sum + vi * vectors[i * dx + k], 0)),
      dataLoss: inBasis.reduce((sum, vi, i) => sum + vi * (values[i] * vi - 2 * own[i]), Ey2),
    };
  };

  /** Decay at which it ends: N at D = 1, the spinodal at D >= 2. */
  const end = (): number => {
    let [low, high] = [0, Math.sqrt(own.reduce((sum, ni) => sum + ni * ni, 0))];
    while (at(high)) high *= 2;
    for (let step = 0; step < 60; step++) {
      const middle = (low + high) / 2;
      if (middle > 0 && at(middle)) low = middle;
      else high = middle;
    }
    return high;
  };

  return { at, end };
};
