import { type Objective, objectiveOf } from "../../../contracts/objective.ts";
import { invalid } from "../../../errors.ts";
import { type EqualSteps, equalSteps } from "../../../numerics/ode/equal-steps.ts";
import { classical } from "../../../numerics/ode/tableau.ts";
import { power } from "../../../numerics/power.ts";

/** Deeper networks are refused: powers of m beyond it leave nothing to see. */
export const DEEPEST = 16;

/** Networks of one depth, each with a data strength delta_i of its own, coupled to their mean M by sigma. */
export interface Collective {
  /** Hidden layers of each network. */
  readonly D: number;
  /** Weight decay. */
  readonly gamma: number;
  /** Coupling: how fast parameters diffuse between the networks. */
  readonly sigma: number;
  readonly delta: ArrayLike<number>;
}

/** Throws a LandauError that names the number that cannot be. */
export const checkCollective = ({ D, gamma, sigma, delta }: Collective): void => {
  checkDepth(D, 0);
  checkNotNegative("gamma", gamma);
  checkNotNegative("sigma", sigma);
  if (delta.length === 0) throw invalid("the length of delta", 0, "at least 1");
  for (let i = 0; i < delta.length; i++)
    if (!Number.isFinite(delta[i])) throw invalid(`delta[${i}]`, delta[i], "a finite number");
};

export const checkDepth = (D: number, min: number): void => {
  if (!(Number.isInteger(D) && D >= min && D <= DEEPEST))
    throw invalid("D", D, `a number of hidden layers, an integer from ${min} to ${DEEPEST}`);
};

export const checkNotNegative = (name: string, value: number): void => {
  if (!(value >= 0 && value < Infinity)) throw invalid(name, value, "a number >= 0");
};

/**
 * Potential of one network in the field of the others:
 *
 *     V(m) = m^(2D+2)/(2D+2) - delta m^(D+1)/(D+1) + (gamma + sigma) m^2/2 - sigma M m
 */
export const potential = (
  { D, gamma, sigma }: Omit<Collective, "delta">,
  delta: number,
  M: number,
  m: number,
): number => {
  const raised = power(m, D + 1);
  return (raised * raised) / (2 * D + 2) - (delta * raised) / (D + 1) + ((gamma + sigma) * m * m) / 2 - sigma * M * m;
};

/** Loss of the networks as one: mean(m^(2D+2)) - 2 mean(delta) mean(m^(D+1)). */
export const collectiveLoss = (D: number, delta: ArrayLike<number>, m: ArrayLike<number>): number => {
  const N = m.length;
  let [strength, first, second] = [0, 0, 0];
  for (let i = 0; i < N; i++) {
    const raised = power(m[i], D + 1);
    strength += delta[i];
    first += raised;
    second += raised * raised;
  }
  return second / N - 2 * (strength / N) * (first / N);
};

/** Times the gradient of the mean loss, with the sign turned round, it is how fast each of N networks moves. */
const mobility = (D: number, N: number): number => N / (2 * (D + 1));

/**
 * The networks as one objective, whose gradient flow dm/dt = -N / (2 (D+1)) grad L is that of collective learning [arXiv 2310.12802, effective theory]:
 *
 *     dm_i/dt = delta_i m_i^D - m_i^(2D+1) - gamma m_i + sigma (M - m_i),   M = mean m
 *     L = mean(m^(2D+2) - 2 delta m^(D+1)) + (D+1) (gamma mean(m^2) + sigma (mean(m^2) - M^2))
 *
 * Without decay and coupling it is the mean squared error of the networks, each on its own data, relative to that of m = 0.
 */
export const collectiveObjective = (collective: Collective): Objective => {
  checkCollective(collective);
  const { D, gamma, sigma, delta } = collective;
  const N = delta.length;
  const rate = mobility(D, N);
  const lossAndGradient = (m: Float64Array, gradient: Float64Array): number => {
    let sum = 0;
    for (let i = 0; i < N; i++) sum += m[i];
    const pull = (sigma * sum) / N;
    let energy = -0.5 * pull * sum;
    for (let i = 0; i < N; i++) {
      let raised = 1;
      for (let k = 0; k < D; k++) raised *= m[i];
      const next = raised * m[i];
      energy += next * (next / (2 * D + 2) - delta[i] / (D + 1)) + 0.5 * (gamma + sigma) * m[i] * m[i];
      gradient[i] = (raised * (next - delta[i]) + (gamma + sigma) * m[i] - pull) / rate;
    }
    return energy / rate;
  };
  return objectiveOf({ m: [N] }, lossAndGradient);
};

/** Mean of m. */
export const magnetisation = (m: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < m.length; i++) sum += m[i];
  return sum / m.length;
};

/** The flow in equal steps of the classical Runge-Kutta method, stable for dt (sigma + gamma + curvature) < 2.78; moves `m` in place. */
export const rungeKutta4 = (collective: Collective, m: Float64Array, steps: EqualSteps): void => {
  const { size, lossAndGradient } = collectiveObjective(collective);
  checkState(m, size);
  const rate = mobility(collective.D, size);
  const force = (_: number, y: Float64Array, slope: Float64Array): void => {
    lossAndGradient(y, slope);
    for (let i = 0; i < size; i++) slope[i] *= -rate;
  };
  equalSteps(classical, force, m, steps, `sigma ${collective.sigma}`);
};

export const checkState = (m: Float64Array, size: number): void => {
  if (m.length !== size) throw invalid("the length of m", m.length, `${size}, as delta has`);
  for (let i = 0; i < size; i++) if (!Number.isFinite(m[i])) throw invalid(`m[${i}]`, m[i], "a finite number");
};
