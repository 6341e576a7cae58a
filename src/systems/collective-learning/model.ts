import type { Objective } from "../../contracts/objective.ts";
import { invalid, LandauError } from "../../errors.ts";
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

export interface FixedSteps {
  /** Length of a step; stable for dt (sigma + gamma + curvature) < 2.78. */
  readonly dt: number;
  readonly steps: number;
}

/** The flow by the classical method of Runge and Kutta in equal steps; moves `m` in place. Throws "diverged" when it leaves the finite numbers. */
export const rungeKutta4 = (collective: Collective, m: Float64Array, { dt, steps }: FixedSteps): void => {
  if (!(dt > 0 && dt < Infinity)) throw invalid("dt", dt, "a positive number");
  if (!(Number.isInteger(steps) && steps >= 0)) throw invalid("steps", steps, "an integer >= 0");
  const { size, lossAndGradient } = collectiveObjective(collective);
  checkState(m, size);
  const [k1, k2, k3, k4, point] = [0, 0, 0, 0, 0].map(() => new Float64Array(size));
  const ahead = (slope: Float64Array, length: number): Float64Array => {
    for (let i = 0; i < size; i++) point[i] = m[i] - length * slope[i];
    return point;
  };
  for (let step = 0; step < steps; step++) {
    lossAndGradient(m, k1);
    lossAndGradient(ahead(k1, dt / 2), k2);
    lossAndGradient(ahead(k2, dt / 2), k3);
    lossAndGradient(ahead(k3, dt), k4);
    let sum = 0;
    for (let i = 0; i < size; i++) {
      m[i] -= (dt / 6) * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]);
      sum += m[i];
    }
    if (!Number.isFinite(sum))
      throw new LandauError(
        "diverged",
        `m is not finite after step ${step + 1} at sigma ${collective.sigma}: needs a dt smaller than ${dt}`,
      );
  }
};

export const checkState = (m: Float64Array, size: number): void => {
  if (m.length !== size) throw invalid("the length of m", m.length, `${size}, as delta has`);
  for (let i = 0; i < size; i++) if (!Number.isFinite(m[i])) throw invalid(`m[${i}]`, m[i], "a finite number");
};
