import type { Chains } from "./chains.ts";
import { eBfmi } from "./energy.ts";

/** What a Hamiltonian sampler says of its transitions, a series for each chain. */
export interface Transitions {
  /** 1 where a trajectory diverged. */
  readonly divergent?: Chains;
  /** Doublings of each trajectory, and the most that were allowed. */
  readonly depth?: { readonly chains: Chains; readonly limit: number };
  /** The Hamiltonian of each transition. */
  readonly energy?: Chains;
}

export interface TransitionFinding {
  readonly name: "divergences" | "trajectories" | "energy";
  readonly outcome: "good" | "doubtful" | "bad";
  /** How many transitions; for the energy, E-BFMI of each chain, null where it is undefined. */
  readonly value: number | readonly (number | null)[];
  /** Of how many. */
  readonly transitions: number;
  readonly text: string;
}

/** Below this the momenta cannot carry the chain through the tails.  [Betancourt 2016] */
const LEAST_E_BFMI = 0.3;

/** What the transitions say against the draws, by the rules of CmdStan's `diagnose`: any divergence, any trajectory at the largest depth, E-BFMI below 0.3. */
export const judgeTransitions = ({ divergent, depth, energy }: Transitions): TransitionFinding[] => [
  ...(divergent ? [divergences(divergent)] : []),
  ...(depth ? [depths(depth.chains, depth.limit)] : []),
  ...(energy ? [energies(energy)] : []),
];

const divergences = (chains: Chains): TransitionFinding => {
  const transitions = size(chains);
  const value = count(chains, each => each !== 0);
  return {
    name: "divergences",
    outcome: value === 0 ? "good" : "bad",
    value,
    transitions,
    text:
      value === 0
        ? `none of ${transitions} transitions diverged`
        : `${value} of ${transitions} transitions diverged${percent(value, transitions)}: the draws miss a place too narrow for the step size; raise the target acceptance (adapt_delta), or reparametrise`,
  };
};

const depths = (chains: Chains, limit: number): TransitionFinding => {
  const transitions = size(chains);
  const value = count(chains, each => each >= limit);
  return {
    name: "trajectories",
    outcome: value === 0 ? "good" : "doubtful",
    value,
    transitions,
    text:
      value === 0
        ? `none of ${transitions} transitions reached the largest tree depth, ${limit}`
        : `${value} of ${transitions} transitions at the largest tree depth, ${limit}${percent(value, transitions)}: right, but slow; raise max_depth, or reparametrise`,
  };
};

const energies = (chains: Chains): TransitionFinding => {
  const value = eBfmi(chains).map(each => (each.kind === "value" ? each.value : null));
  const low = value.filter(each => each !== null && each < LEAST_E_BFMI).length;
  const unknown = value.filter(each => each === null).length;
  const shown = value.map(each => (each === null ? "undefined" : each.toFixed(3))).join(", ");
  const what = `E-BFMI ${chains.length > 1 ? "of the chains " : ""}${shown}`;
  return {
    name: "energy",
    outcome: low > 0 || unknown > 0 ? "doubtful" : "good",
    value,
    transitions: size(chains),
    text:
      low > 0
        ? `${what}: below ${LEAST_E_BFMI}${chains.length > 1 ? ` in ${low} of ${chains.length}` : ""}, the momenta hardly reach the tails; reparametrise towards a normal shape, or run longer`
        : what,
  };
};

const size = (chains: Chains): number => chains.reduce((sum, { length }) => sum + length, 0);

const count = (chains: Chains, of: (value: number) => boolean): number => {
  let sum = 0;
  for (const chain of chains) for (let i = 0; i < chain.length; i++) if (of(chain[i])) sum++;
  return sum;
};

const percent = (part: number, all: number): string => ` (${((100 * part) / all).toFixed(1)} %)`;
