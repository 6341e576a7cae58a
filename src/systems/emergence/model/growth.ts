import { exp } from "../../../numerics/elementary.ts";

/** An order parameter that grows from ln sigma0 of a normal law: ds/dT = s (1 - s). */
export const GROWTH = { mean: 1e-3, spread: 0.8, until: 14, points: 57 } as const;

export const growthTimes: readonly number[] = Array.from(
  { length: GROWTH.points },
  (_, i) => (GROWTH.until * i) / (GROWTH.points - 1),
);

/** s at time T from s = sigma0, in closed form. */
export const grown = (sigma0: number, T: number): number => {
  const factor = sigma0 * exp(T);
  return factor / (1 - sigma0 + factor);
};

/** Steps of the integration between two times. */
const STEPS = 5;

/** s at every time from s = sigma0, by Runge and Kutta's method of fourth order. */
export const integrated = (sigma0: number): readonly number[] => {
  const h = GROWTH.until / (GROWTH.points - 1) / STEPS;
  const slope = (s: number): number => s * (1 - s);
  let s = sigma0;
  return growthTimes.map((_, i) => {
    for (let step = 0; i > 0 && step < STEPS; step++) {
      const k1 = slope(s);
      const k2 = slope(s + (h / 2) * k1);
      const k3 = slope(s + (h / 2) * k2);
      const k4 = slope(s + h * k3);
      s += (h / 6) * (k1 + 2 * k2 + 2 * k3 + k4);
    }
    return s;
  });
};

/** Standard deviations of ln sigma0 over which the law is integrated, and points of the rule. */
const [REACH, POINTS] = [8, 801];

/** Mean and variance of s at time T over the law of sigma0, by the trapezoidal rule on the closed form. */
export const momentsAt = (T: number): { readonly mean: number; readonly variance: number } => {
  let [weights, first, second] = [0, 0, 0];
  for (let i = 0; i < POINTS; i++) {
    const z = -REACH + (2 * REACH * i) / (POINTS - 1);
    const weight = exp((-z * z) / 2);
    const s = grown(GROWTH.mean * exp(GROWTH.spread * z), T);
    weights += weight;
    first += weight * s;
    second += weight * s * s;
  }
  const mean = first / weights;
  return { mean, variance: second / weights - mean * mean };
};
