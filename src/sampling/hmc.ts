import { exp } from "../numerics/elementary.ts";
import { checkCount, checkWithin } from "./checks.ts";
import { checkHamiltonian, freshPhase, type HamiltonianState, LARGEST_ERROR } from "./hamiltonian.ts";
import { hamiltonianSampler } from "./hamiltonian-sampler.ts";
import { kineticEnergy, type Mass } from "./mass.ts";
import type { Sampler } from "./sampler.ts";

/**
 * Hamiltonian Monte Carlo: fresh momenta q ~ N(0, I), `steps` leapfrog steps
 *
 *     q <- q - (h / 2) A^T grad U(w);   w <- w + h A q;   q <- q - (h / 2) A^T grad U(w)
 *
 * of one time h drawn around stepSize, and the end accepted with probability min(1, exp(H at the start - H at the end)),
 * H = U + |q|^2 / 2.  [Duane et al. 1987; Neal 2011, section 5.3.2]
 */
export interface HmcSettings {
  /** Leapfrog steps in a trajectory. 16 when absent. */
  readonly steps?: number;
  /** Time per leapfrog step, in parameter units over sqrt(mass). Found at the start when absent. */
  readonly stepSize?: number;
  /** h is uniform within stepSize (1 -+ jitter), so that no trajectory closes on itself. 0.2 when absent. */
  readonly jitter?: number;
  /** Mass learnt in the burn-in. "diagonal" when absent. */
  readonly mass?: Mass;
  /** Mean acceptance that the burn-in adapts the step size to. 0.8 when absent. */
  readonly targetAcceptance?: number;
  /** Whether the burn-in adapts at all. True when absent. */
  readonly adapt?: boolean;
}

export const hmc = ({
  steps = 16,
  stepSize,
  jitter = 0.2,
  mass = "diagonal",
  targetAcceptance = 0.8,
  adapt = true,
}: HmcSettings = {}): Sampler<HamiltonianState> => {
  const name = "hmc";
  const settings = { steps, ...(stepSize !== undefined && { stepSize }), jitter, mass, targetAcceptance, adapt };
  const moving = { time: stepSize, mass, targetAcceptance, adapt };
  checkHamiltonian(moving);
  checkCount("steps", steps);
  if (jitter !== 0) checkWithin("jitter", jitter, 0, 1);
  return hamiltonianSampler({
    name,
    settings,
    moving,
    on({ last, depart, leap, arrive }, choices, size) {
      const phase = freshPhase(size);
      return state => {
        const time = state.time * (1 + jitter * (2 * choices.uniform() - 1));
        const before = depart(state, phase);
        let error = 0;
        for (let i = 0; i < steps && error <= LARGEST_ERROR; i++) error = leap(state, phase, time) - before;
        last.divergent = !(error <= LARGEST_ERROR);
        last.acceptance = error <= 0 ? 1 : last.divergent ? 0 : exp(-error);
        const accepted = choices.uniform() < last.acceptance;
        if (accepted) arrive(state, phase);
        last.energy = accepted ? state.energy + kineticEnergy(phase.q) : before;
      };
    },
  });
};
