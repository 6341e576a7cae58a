import { invalid } from "../../errors.ts";
import { adaptive } from "../../numerics/ode/adaptive.ts";
import { rosenbrock, type StiffProblem } from "../../numerics/ode/rosenbrock.ts";
import { type Collective, checkCollective, checkState } from "./model.ts";

/**
 * The flow of collective learning over long times, where a strong coupling makes it stiff: equal steps have to be shorter than 2.78 / sigma, while M
 * moves at the rate gamma. Linearly implicit steps of their own length. Each network feels the others through M alone, so the Jacobian is a diagonal plus
 * sigma/N everywhere, and a stage costs no more than the force itself (Sherman and Morrison 1950).
 *
 * Only + - * / sqrt: the same bits in every engine.
 */
export interface ImplicitFlow {
  /** Moves `m` in place by a time >= 0. The step length is carried from call to call. Throws "diverged" when steps become too small. */
  advance(m: Float64Array, time: number): void;
  /** Steps made so far, refused ones included. */
  steps(): number;
  /** Length of the next step. A flow that begins with it at the same state continues with the same bits. */
  length(): number;
}

export const implicitFlow = (
  collective: Collective,
  tolerance = 1e-9,
  first = 0.01 / (1 + collective.sigma),
): ImplicitFlow => {
  checkCollective(collective);
  if (!(tolerance >= 1e-13 && tolerance <= 1e-2)) throw invalid("tolerance", tolerance, "a number from 1e-13 to 0.01");
  const { sigma, delta } = collective;
  const { advance, steps, length } = adaptive(rosenbrock(stiffProblem(collective)), {
    tolerance,
    // Errors are relative down to nothing: zero is a state of its own, and what grows from near it is followed.
    floor: 1e-12,
    length: first,
    name: `the flow at sigma ${sigma}`,
  });
  return {
    advance(m, time) {
      checkState(m, delta.length);
      if (!(time >= 0 && time < Infinity)) throw invalid("time", time, "a number >= 0");
      advance(m, 0, time);
    },
    steps,
    length: () => length() ?? first,
  };
};

/** Whether the energy of the networks curves up in every direction at m: where the flow ends there, it is a regular minimum. */
export const curvesUp = (collective: Collective, m: Float64Array): boolean => stiffProblem(collective).factorise(m, 0);

const stiffProblem = ({ D, gamma, sigma, delta }: Collective): StiffProblem => {
  const N = delta.length;
  const inverse = new Float64Array(N);
  let whole = 0;
  return {
    size: N,
    force(m, out) {
      let sum = 0;
      for (let i = 0; i < N; i++) sum += m[i];
      const pull = (sigma * sum) / N;
      for (let i = 0; i < N; i++) {
        let raised = 1;
        for (let k = 0; k < D; k++) raised *= m[i];
        out[i] = raised * (delta[i] - raised * m[i]) - (gamma + sigma) * m[i] + pull;
      }
    },
    /** False unless shift - J is positive definite. */
    factorise(m, shift) {
      const own = shift + gamma + sigma;
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
    },
    solve(g) {
      let sum = 0;
      for (let i = 0; i < N; i++) sum += g[i] * inverse[i];
      const pull = (sigma * sum) / (N * whole);
      for (let i = 0; i < N; i++) g[i] = (g[i] + pull) * inverse[i];
    },
  };
};
