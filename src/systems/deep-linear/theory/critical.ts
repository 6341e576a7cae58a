import { power, realPower } from "../../../numerics/power.ts";
import { bisect } from "../../../numerics/root.ts";
import type { Reduced } from "./problem.ts";

export interface CriticalPoint {
  readonly D: number;
  /** 0: no transition, 1: a jump, 2: continuous. */
  readonly order: 0 | 1 | 2;
  /** Where the global minimum changes phase. Null without a transition, as are the others. */
  readonly gamma_c: number | null;
  /** Where the learned phase ceases to be a minimum. */
  readonly gamma_spinodal_up: number | null;
  /** Where the trivial phase becomes one. */
  readonly gamma_spinodal_down: number | null;
  /** Jumps of the norm s of a layer and of the predictor v at gamma_c. */
  readonly s_jump: number | null;
  readonly v_jump: number | null;
  readonly s_spinodal: number | null;
  readonly v_spinodal: number | null;
  /** Jump of the total squared norm, which is that of dL/dgamma. */
  readonly dQ: number | null;
  /** gamma_c dQ, the drop of the data loss. */
  readonly latent: number | null;
  /** Height of the saddle above the two minima at gamma_c. */
  readonly barrier: number | null;
  readonly ratio_spinodal: number | null;
  /** Layer norm of that saddle; D >= 2. */
  readonly s_unstable_at_c?: number;
  /** d2L/dgamma2 just below gamma_c; zero above. D = 1. */
  readonly dLdgamma_slope_jump?: number;
}

/**
 * The transition in weight decay. D = 0 has none, D = 1 a continuous one at N, D >= 2 a jump at
 * gamma* = (N/D) ((D-1) N / (D kappa))^((D-1)/(D+1)). [Ziyin and Ueda, arXiv 2205.12510]
 */
export const criticalPoint = (problem: Reduced): CriticalPoint => {
  const { D, N, kappa } = problem;
  if (D === 0) return none;
  if (D === 1)
    return {
      D,
      order: 2,
      gamma_c: N,
      gamma_spinodal_up: N,
      gamma_spinodal_down: N,
      s_jump: 0,
      v_jump: 0,
      v_spinodal: 0,
      s_spinodal: 0,
      dQ: 0,
      latent: 0,
      barrier: 0,
      ratio_spinodal: 1,
      dLdgamma_slope_jump: -2 / kappa,
    };
  const exponent = (D - 1) / (D + 1);
  const v = ((D - 1) / D) * (N / kappa);
  const vSpinodal = v / 2;
  const gamma = (N / D) * realPower(v, exponent);
  const spinodal = ((N * (D + 1)) / (2 * D)) * realPower(vSpinodal, exponent);
  const s = realPower(v, 1 / (D + 1));
  const dQ = (D + 1) * s * s;
  const [unstable] = stationaryNorms(problem, gamma);
  return {
    D,
    order: 1,
    gamma_c: gamma,
    gamma_spinodal_up: spinodal,
    gamma_spinodal_down: 0,
    s_jump: s,
    v_jump: v,
    v_spinodal: vSpinodal,
    s_spinodal: realPower(vSpinodal, 1 / (D + 1)),
    dQ,
    latent: gamma * dQ,
    barrier: stationaryLoss(problem, power(unstable, D + 1)),
    ratio_spinodal: spinodal / gamma,
    s_unstable_at_c: unstable,
  };
};

const none: CriticalPoint = {
  D: 0,
  order: 0,
  gamma_c: null,
  gamma_spinodal_up: null,
  gamma_spinodal_down: null,
  s_jump: null,
  v_jump: null,
  v_spinodal: null,
  s_spinodal: null,
  dQ: null,
  latent: null,
  barrier: null,
  ratio_spinodal: null,
};

/** L - Ey2 at a stationary point with predictor v, D >= 1:  (D-1) N v - D kappa v^2. */
export const stationaryLoss = ({ D, N, kappa }: Reduced, v: number): number => (D - 1) * N * v - D * kappa * v * v;

/**
 * Positive stationary norms, ascending: the roots of kappa s^(2D) - N s^(D-1) + gamma. One below gamma_c at D = 1; a saddle and a
 * minimum below the spinodal at D >= 2; none above.
 */
export const stationaryNorms = ({ D, N, kappa }: Reduced, gamma: number): number[] => {
  if (D === 1) return gamma < N ? [Math.sqrt((N - gamma) / kappa)] : [];
  const turning = realPower(((D - 1) / (2 * D)) * (N / kappa), 1 / (D + 1));
  const largest = realPower(N / kappa, 1 / (D + 1));
  if (gamma === 0) return [largest];
  // Divided by s^(D-1), so that neither root is lost in rounding.
  const excess = (s: number): number => kappa * power(s, 2 * D) - N * power(s, D - 1) + gamma;
  if (excess(turning) > 0) return [];
  if (excess(turning) === 0) return [turning, turning];
  return [bisect(excess, 0, turning), bisect(excess, turning, largest)];
};
