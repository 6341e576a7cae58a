import { power } from "../../../numerics/power.ts";
import type { Reduced } from "./problem.ts";

/*
 * Three one-dimensional forms of the loss, without Ey2. All have the same minima and the same values there.
 * [Ziyin and Ueda, arXiv 2205.12510, effective loss]
 */

/** Balanced form: all layers have norm s.  L(s) = kappa s^(2D+2) - 2 N s^(D+1) + (D+1) gamma s^2 */
export const balancedLoss = ({ D, N, kappa }: Reduced, gamma: number, s: number): number => {
  const v = power(s, D + 1);
  return kappa * v * v - 2 * N * v + (D + 1) * gamma * s * s;
};

/** L'(s) = 2 (D+1) (kappa s^(2D+1) - N s^D + gamma s) */
export const balancedSlope = (problem: Reduced, gamma: number, s: number): number =>
  2 * (problem.D + 1) * balancedForce(problem, gamma, s);

/** kappa s^(2D+1) - N s^D + gamma s: gradient flow is ds/dt = -2 times this. */
export const balancedForce = ({ D, N, kappa }: Reduced, gamma: number, s: number): number => {
  const below = power(s, D);
  return kappa * below * below * s - N * below + gamma * s;
};

/** L''(s) = 2 (D+1) (kappa (2D+1) s^(2D) - N D s^(D-1) + gamma); for D >= 1. */
export const balancedCurvature = ({ D, N, kappa }: Reduced, gamma: number, s: number): number => {
  const below = power(s, D - 1);
  return 2 * (D + 1) * (kappa * (2 * D + 1) * below * below * s * s - N * D * below + gamma);
};

/** Loss with the first layer minimised away; n_i and kappa_i by directions of the data, B = |U|^2 for equal decays. */
export interface Directions {
  readonly D: number;
  readonly n: ArrayLike<number>;
  readonly kappa: ArrayLike<number>;
}

/** lbar(B) = D g B - sum_i n_i^2 B^D / (kappa_i B^D + g) */
export const eliminatedLoss = ({ D, n, kappa }: Directions, g: number, B: number): number => {
  const top = power(B, D);
  let sum = 0;
  for (let i = 0; i < n.length; i++) sum += (n[i] * n[i] * top) / (kappa[i] * top + g);
  return D * g * B - sum;
};

/** h(B) = sum_i n_i^2 B^(D-1) / (kappa_i B^D + g)^2: stationary where it is 1, a minimum where it falls through 1. */
export const balanceRatio = ({ D, n, kappa }: Directions, g: number, B: number): number => {
  const top = power(B, D - 1);
  let sum = 0;
  for (let i = 0; i < n.length; i++) {
    const under = kappa[i] * top * B + g;
    sum += (n[i] * n[i] * top) / (under * under);
  }
  return sum;
};

/** lbar'(B) = D g (1 - h(B)) */
export const eliminatedSlope = (directions: Directions, g: number, B: number): number =>
  directions.D * g * (1 - balanceRatio(directions, g, B));
