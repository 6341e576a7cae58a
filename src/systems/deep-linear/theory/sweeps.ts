import { invalid } from "../../../errors.ts";
import { explicitStep } from "../../../numerics/ode/explicit.ts";
import { classical } from "../../../numerics/ode/tableau.ts";
import { power, realPower } from "../../../numerics/power.ts";
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
  let area = 0;
  for (let i = 1; i < up.length; i++)
    area += 0.5 * (gammas[i] - gammas[i - 1]) * (Math.abs(up[i] - down[i]) + Math.abs(up[i - 1] - down[i - 1]));
  return { up, down, area };
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
  const h = STEP / spinodal;
  const speed = (t: number, s: Float64Array, out: Float64Array): void => {
    out[0] = -2 * balancedForce(problem, start + rate * t, s[0]);
  };
  const { slopes, step } = explicitStep(classical, speed, 1);
  const next = new Float64Array(1);
  const advance = (t: number, s: Float64Array, dt: number): number => {
    step(t, s, dt, next);
    return next[0];
  };
  const s = Float64Array.of(stationaryNorms(problem, start)[1]);
  for (let count = 0; ; count++) {
    const t = count * h;
    speed(t, s, slopes[0]);
    const end = advance(t, s, h);
    if (end <= goal) {
      let [low, high] = [0, h];
      for (let i = 0; i < 50; i++) {
        const middle = (low + high) / 2;
        if (advance(t, s, middle) > goal) low = middle;
        else high = middle;
      }
      return start + rate * (t + low);
    }
    s[0] = end;
  }
};
