import { stationaryNorms } from "./critical.ts";

/**
 * |U|^2 of a rectified network on a linear target with symmetric inputs, as x = relu(x) - relu(-x): two half-problems of strength N/2 and
 * curvature kappa/2, each with the stationary norms of a linear network. All critical decays halve, squared norms add up. Swish obeys the
 * same identity. Null above the spinodal, 0 there at D = 1.
 */
export const rectifiedNorm = (
  problem: { readonly D: number; readonly N: number; readonly kappa: number },
  gamma: number,
) => {
  const { D, N, kappa } = problem;
  const s = stationaryNorms({ D, N: N / 2, kappa: kappa / 2 }, gamma).at(-1);
  return s === undefined ? null : 2 * s * s;
};
