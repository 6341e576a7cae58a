import { invalid, LandauError } from "../../errors.ts";
import { checkState } from "./model.ts";
import { type Collective, checkCollective } from "./theory.ts";

/**
 * The flow of collective learning over long times, where a strong coupling makes it stiff: equal steps have to be shorter than 2.78 / sigma, while M
 * moves at the rate gamma. A linearly implicit method of four stages and order 4 with an error estimate of order 3
 * (Kaps and Rentrop 1979, with the coefficients of Shampine 1982) and steps of its own choice. Each network feels the others through M alone, so the
 * Jacobian is a diagonal plus sigma/N everywhere, and a stage costs no more than the force itself (Sherman and Morrison 1950).
 *
 * Only + - * / sqrt: the same bits in every engine.
 */
export interface ImplicitFlow {
  /** Moves `m` in place by a time >= 0. The step length is carried from call to call. Throws "diverged" when steps become too small. */
  advance(m: Float64Array, time: number): void;
  /** Steps made so far, refused ones included. */
  steps(): number;
}

/** Smaller states are let go: errors count relative to this then. */
const SMALL = 1e-12;
const MOST_STEPS = 1_000_000;

/** Shampine's coefficients: stage k stands at m + sum A g, its right side has C g / h besides the force. */
const SHARE = 0.5;
const A21 = 2;
const [A31, A32] = [48 / 25, 6 / 25];
const C21 = -8;
const [C31, C32] = [372 / 25, 12 / 5];
const [C41, C42, C43] = [-112 / 125, -54 / 125, -2 / 5];
const [B1, B2, B3, B4] = [19 / 9, 1 / 2, 25 / 108, 125 / 108];
const [E1, E2, E4] = [17 / 54, 7 / 36, 125 / 108];

export const implicitFlow = (collective: Collective, tolerance = 1e-9): ImplicitFlow => {
  checkCollective(collective);
  if (!(tolerance >= 1e-13 && tolerance <= 1e-2)) throw invalid("tolerance", tolerance, "a number from 1e-13 to 0.01");
  const { D, gamma, sigma, delta } = collective;
  const N = delta.length;
  const [g1, g2, g3, g4, point, force, inverse] = Array.from({ length: 7 }, () => new Float64Array(N));
  let length = 0.01 / (1 + sigma);
  let count = 0;
  let whole = 0;

  const forceAt = (m: Float64Array): void => {
    let sum = 0;
    for (let i = 0; i < N; i++) sum += m[i];
    const pull = (sigma * sum) / N;
    for (let i = 0; i < N; i++) {
      let raised = 1;
      for (let k = 0; k < D; k++) raised *= m[i];
      force[i] = raised * (delta[i] - raised * m[i]) - (gamma + sigma) * m[i] + pull;
    }
  };

  /** Prepares 1/(h SHARE) - J at m; false unless it is positive definite, that is unless the step is short enough for what grows. */
  const factorise = (m: Float64Array, h: number): boolean => {
    const own = 1 / (SHARE * h) + gamma + sigma;
    let sum = 0;
    for (let i = 0; i < N; i++) {
      let below = 1;
      for (let k = 1; k < D; k++) below *= m[i];
      const slope = D === 0 ? 1 : below * ((2 * D + 1) * below * m[i] * m[i] - D * delta[i]);
      const diagonal = own + slope;
      if (!(diagonal > 0)) return false;
      inverse[i] = 1 / diagonal;
      sum += inverse[i];
    }
    whole = 1 - (sigma * sum) / N;
    return whole > 0;
  };

  /** Solves for one stage; g holds the right side before and the answer after. */
  const solve = (g: Float64Array): void => {
    let sum = 0;
    for (let i = 0; i < N; i++) sum += g[i] * inverse[i];
    const pull = (sigma * sum) / (N * whole);
    for (let i = 0; i < N; i++) g[i] = (g[i] + pull) * inverse[i];
  };

  /** Makes a trial step into `point`; returns its error, relative to the size of m, in units of the tolerance. */
  const attempt = (m: Float64Array, h: number): number => {
    const rate = 1 / h;
    forceAt(m);
    g1.set(force);
    solve(g1);
    for (let i = 0; i < N; i++) point[i] = m[i] + A21 * g1[i];
    forceAt(point);
    for (let i = 0; i < N; i++) g2[i] = force[i] + rate * C21 * g1[i];
    solve(g2);
    for (let i = 0; i < N; i++) point[i] = m[i] + A31 * g1[i] + A32 * g2[i];
    forceAt(point);
    for (let i = 0; i < N; i++) g3[i] = force[i] + rate * (C31 * g1[i] + C32 * g2[i]);
    solve(g3);
    for (let i = 0; i < N; i++) g4[i] = force[i] + rate * (C41 * g1[i] + C42 * g2[i] + C43 * g3[i]);
    solve(g4);
    let [errors, sizes] = [0, 0];
    for (let i = 0; i < N; i++) {
      point[i] = m[i] + B1 * g1[i] + B2 * g2[i] + B3 * g3[i] + B4 * g4[i];
      const error = E1 * g1[i] + E2 * g2[i] + E4 * g4[i];
      errors += error * error;
      sizes += m[i] * m[i];
    }
    return Math.sqrt(errors) / (tolerance * Math.max(SMALL, Math.sqrt(sizes)));
  };

  return {
    advance(m, time) {
      checkState(m, N);
      if (!(time >= 0 && time < Infinity)) throw invalid("time", time, "a number >= 0");
      let left = time;
      const most = count + MOST_STEPS;
      while (left > 0) {
        if (++count > most || !(length > 1e-14 * time))
          throw new LandauError(
            "diverged",
            `the flow stopped ${left} before the end of ${time} at sigma ${sigma}: needs a shorter time or a larger tolerance`,
          );
        const last = length >= left;
        const h = last ? left : length;
        if (!factorise(m, h)) {
          length = h / 2;
          continue;
        }
        const error = attempt(m, h);
        if (!(error <= 1)) {
          length = h / (error < 16 ? 2 : 4);
          continue;
        }
        m.set(point);
        left = last ? 0 : left - h;
        // The error is of fourth order in h; a last step cut short says nothing of the next.
        const growth = Math.min(4, 0.9 / Math.sqrt(Math.sqrt(Math.max(error, 1e-6))));
        if (!last || growth < 1) length = h * growth;
      }
    },
    steps: () => count,
  };
};
