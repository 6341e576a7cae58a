import { invalid } from "../../../errors.ts";
import { timeOfFall } from "../../../numerics/ode/passage.ts";
import { power, realPower } from "../../../numerics/power.ts";
import { loopArea } from "../../../transitions/order/statistics.ts";
import { criticalPoint, stationaryNorms } from "./critical.ts";
import { balancedForce } from "./landau.ts";
import type { Reduced } from "./problem.ts";

export interface DiscreteSweep extends Reduced {
  /** Ascending. */
  readonly gammas: ArrayLike<number>;
  readonly s0: number;
  /** Step size of gradient descent. */
  readonly lr: number;
  /** Steps at each value. */
  readonly steps: number;
  /** Kick of the down-sweep: s is at least this at the start of each value. */
  readonly floor: number;
}

/**
 * Gradient descent of the balanced scalar, s <- s - 2 lr (kappa s^(2D+1) - N s^D + gamma s), up through the values from s0 and down again from
 * where it ended. `up` and `down` in ascending gamma; `area` is the trapezoid of |up - down|.
 */
export const discreteSweep = (sweep: DiscreteSweep): { up: number[]; down: number[]; area: number } => {
  const { gammas, s0, lr, steps, floor } = sweep;
  for (let i = 1; i < gammas.length; i++)
    if (!(gammas[i] > gammas[i - 1])) throw invalid(`gammas[${i}]`, gammas[i], `more than the ${gammas[i - 1]} before`);
  const settle = (start: number, gamma: number): number => {
    let s = start;
    for (let step = 0; step < steps; step++) s -= lr * 2 * balancedForce(sweep, gamma, s);
    if (!Number.isFinite(s)) throw invalid("lr", lr, "a step size at which descent stays finite");
    return s;
  };
  let s = s0;
  const up = Array.from(gammas, gamma => {
    s = settle(s, gamma);
    return s;
  });
  const down = new Array<number>(gammas.length);
  for (let i = gammas.length - 1; i >= 0; i--) {
    s = settle(Math.max(s, floor), gammas[i]);
    down[i] = s;
  }
  return { up, down, area: loopArea(gammas, up, down) };
};

/** First zero of the Airy function Ai, with its sign turned. */
const AIRY_ZERO = 2.338107410459767;

/** dgamma / r^(2/3) of a slow sweep through the spinodal: 2.338107 (2 N (D^2-1) s_sp^(D-1))^(-1/3). Saddle-node normal form; D >= 2. */
export const delayCoefficient = (problem: Reduced): number => {
  const { D, N } = problem;
  const { s_spinodal } = criticalPoint(problem);
  return AIRY_ZERO / realPower(2 * N * (D * D - 1) * power(s_spinodal as number, D - 1), 1 / 3);
};

/** Time step of the sweep, a fraction of the relaxation time at the start. */
const STEP = 0.02;

/** gamma at which s has fallen to half its value at the spinodal, for dgamma/dt = rate from 0.9 of the spinodal (Runge-Kutta, order 4). */
export const slowSweep = (problem: Reduced, rate: number): number => {
  const { gamma_spinodal_up, s_spinodal } = criticalPoint(problem);
  const spinodal = gamma_spinodal_up as number;
  const goal = (s_spinodal as number) / 2;
  const start = 0.9 * spinodal;
  const speed = (t: number, s: number): number => -2 * balancedForce(problem, start + rate * t, s);
  return start + rate * timeOfFall(speed, stationaryNorms(problem, start)[1], goal, STEP / spinodal);
};
