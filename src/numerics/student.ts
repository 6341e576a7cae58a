import { betaQuantile, incompleteBeta } from "./incomplete-beta.ts";

/** Probability that |T| is larger than |t|, T of Student's law: I_x(nu / 2, 1 / 2) at x = nu / (nu + t^2). */
export const studentBeyond = (t: number, freedom: number): number =>
  Number.isFinite(t * t) ? incompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5) : 0;

/** Beyond this on either side of 0 with probability `outside`, 0.05 when absent. */
export const studentQuantile = (freedom: number, outside = 0.05): number => {
  const x = betaQuantile(outside, freedom / 2, 0.5);
  return Math.sqrt(freedom * (1 / x - 1));
};
