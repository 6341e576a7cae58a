import { invalid } from "../../../errors.ts";
import { adaptive } from "../../../numerics/ode/adaptive.ts";
import { meanField } from "../../../numerics/ode/mean-field.ts";
import { rosenbrock, type StiffProblem } from "../../../numerics/ode/rosenbrock.ts";
import { type Collective, checkCollective, checkState } from "./model.ts";

/**
 * The flow of collective learning over long times, where a strong coupling makes it stiff: equal steps have to be shorter than 2.78 / sigma, while M
 * moves at the rate gamma. Linearly implicit steps of their own length, each as cheap as the force, as each network feels the others through M alone.
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

const stiffProblem = ({ D, gamma, sigma, delta }: Collective): StiffProblem =>
  meanField({
    size: delta.length,
    coupling: sigma,
    own(m, i) {
      let raised = 1;
      for (let k = 0; k < D; k++) raised *= m;
      return raised * (delta[i] - raised * m) - (gamma + sigma) * m;
    },
    stiffness(m, i, shift) {
      let below = 1;
      for (let k = 1; k < D; k++) below *= m;
      return shift + gamma + sigma + (D === 0 ? 1 : below * ((2 * D + 1) * below * m * m - D * delta[i]));
    },
  });
