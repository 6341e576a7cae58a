import type { Objective } from "../../contracts/objective.ts";
import { invalid } from "../../errors.ts";
import { type EqualSteps, equalSteps } from "../../numerics/ode/equal-steps.ts";
import { classical } from "../../numerics/ode/tableau.ts";
import { type Collective, checkCollective } from "./theory.ts";

/**
 * The networks as one objective, whose gradient flow dm/dt = -grad E is that of collective learning [arXiv 2310.12802, effective theory]:
 *
 *     dm_i/dt = delta_i m_i^D - m_i^(2D+1) - gamma m_i + sigma (M - m_i),   M = mean m
 *     E = sum_i [m_i^(2D+2)/(2D+2) - delta_i m_i^(D+1)/(D+1) + (gamma + sigma) m_i^2/2] - N sigma M^2/2
 *
 * A sum over the networks, not a mean: a step of gradient descent then is the step that each network makes.
 */
export const collectiveObjective = (collective: Collective): Objective => {
  checkCollective(collective);
  const { D, gamma, sigma, delta } = collective;
  const N = delta.length;
  const scratch = new Float64Array(N);
  const lossAndGradient = (m: Float64Array, gradient: Float64Array): number => {
    let sum = 0;
    for (let i = 0; i < N; i++) sum += m[i];
    const pull = (sigma * sum) / N;
    let loss = -0.5 * pull * sum;
    for (let i = 0; i < N; i++) {
      let raised = 1;
      for (let k = 0; k < D; k++) raised *= m[i];
      const next = raised * m[i];
      loss += next * (next / (2 * D + 2) - delta[i] / (D + 1)) + 0.5 * (gamma + sigma) * m[i] * m[i];
      gradient[i] = raised * (next - delta[i]) + (gamma + sigma) * m[i] - pull;
    }
    return loss;
  };
  return {
    parameters: [{ name: "m", shape: [N], offset: 0 }],
    size: N,
    loss: m => lossAndGradient(m, scratch),
    lossAndGradient,
  };
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
  const force = (_: number, y: Float64Array, slope: Float64Array): void => {
    lossAndGradient(y, slope);
    for (let i = 0; i < size; i++) slope[i] = -slope[i];
  };
  equalSteps(classical, force, m, steps, `sigma ${collective.sigma}`);
};

export const checkState = (m: Float64Array, size: number): void => {
  if (m.length !== size) throw invalid("the length of m", m.length, `${size}, as delta has`);
  for (let i = 0; i < size; i++) if (!Number.isFinite(m[i])) throw invalid(`m[${i}]`, m[i], "a finite number");
};
