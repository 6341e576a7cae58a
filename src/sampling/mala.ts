import { exp } from "../numerics/elementary.ts";
import { checkPositive } from "./checks.ts";
import { checkHamiltonian, freshPhase, type HamiltonianState, LARGEST_ERROR } from "./hamiltonian.ts";
import { hamiltonianSampler } from "./hamiltonian-sampler.ts";
import type { Mass } from "./mass.ts";
import type { Sampler } from "./sampler.ts";

/**
 * Metropolis-adjusted Langevin: the Langevin proposal
 *
 *     w' = w - (stepSize / 2) grad U(w) + sqrt(stepSize) xi,   xi ~ N(0, I),
 *
 * accepted with probability min(1, exp(U(w) - U(w') + (|xi|^2 - |xi'|^2) / 2)), xi' the noise that would lead back from w'. It is one
 * leapfrog step of time sqrt(stepSize) with momenta xi, and written so: the two sums are then the change of the total energy, walls
 * included.  [Roberts & Tweedie 1996; Neal 2011, section 5.2]
 */
export interface MalaSettings {
  /** Squared length scale of a step, in squared parameter units. Found at the start when absent. */
  readonly stepSize?: number;
  /** Preconditioner learnt in the burn-in. "none" when absent. */
  readonly mass?: Mass;
  /** Mean acceptance that the burn-in adapts the step size to. 0.574, the optimum in many dimensions, when absent. */
  readonly targetAcceptance?: number;
  /** Whether the burn-in adapts at all. True when absent. */
  readonly adapt?: boolean;
}

export const mala = ({
  stepSize,
  mass = "none",
  targetAcceptance = 0.574,
  adapt = true,
}: MalaSettings = {}): Sampler<HamiltonianState> => {
  const name = "mala";
  const settings = { ...(stepSize !== undefined && { stepSize }), mass, targetAcceptance, adapt };
  if (stepSize !== undefined) checkPositive("stepSize", stepSize);
  const moving = { time: stepSize && Math.sqrt(stepSize), mass, targetAcceptance, adapt };
  checkHamiltonian(moving);
  return hamiltonianSampler({
    name,
    settings,
    moving,
    hasEnergies: false,
    on({ last, depart, leap, arrive }, choices, size) {
      const phase = freshPhase(size);
      return state => {
        const before = depart(state, phase);
        const error = leap(state, phase, state.time) - before;
        last.divergent = !(error <= LARGEST_ERROR);
        last.acceptance = error <= 0 ? 1 : exp(-error);
        if (choices.uniform() < last.acceptance) arrive(state, phase);
        last.energy = state.energy;
      };
    },
    report: state => ({ stepSize: state.time * state.time }),
  });
};
