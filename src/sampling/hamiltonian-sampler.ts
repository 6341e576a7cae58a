import type { JsonObject } from "../contracts/json.ts";
import type { Stream } from "../numerics/stream.ts";
import { type Hamiltonian, type HamiltonianSettings, type HamiltonianState, hamiltonian } from "./hamiltonian.ts";
import type { Kernel, Sampler } from "./sampler.ts";

/** What tells a sampler that follows trajectories from the others. */
interface TrajectoryRule {
  readonly name: string;
  readonly settings: JsonObject;
  readonly moving: HamiltonianSettings;
  /** Whether the energy of its momenta tells how well the tails are reached. True when absent. */
  readonly hasEnergies?: boolean;
  /** Its step on a target of `size` parameters; `choices` stand at the step's own numbers. Counting and learning are done after it. */
  on(trajectory: Hamiltonian, choices: Stream, size: number): (state: HamiltonianState) => void;
  /** The time of a leapfrog step, and the scale where it is learnt, when absent. */
  readonly report?: Kernel<HamiltonianState>["report"];
}

/** A sampler that proposes ends of leapfrog trajectories, and accepts or refuses them. */
export const hamiltonianSampler = ({
  name,
  settings,
  moving,
  hasEnergies = true,
  on,
  report = state => ({ stepSize: state.time, ...(moving.mass === "diagonal" && { scale: [...state.scale] }) }),
}: TrajectoryRule): Sampler<HamiltonianState> => ({
  name,
  settings,
  adjusted: true,
  hamiltonian: hasEnergies,
  on(target, context) {
    const trajectory = hamiltonian(target, context, { name, settings }, moving);
    const { last, init, place, finish } = trajectory;
    const choices = context.random("choice");
    const move = on(trajectory, choices, target.size);
    return {
      last,
      init,
      place,
      step(state) {
        choices.at(state.step);
        move(state);
        finish(state);
      },
      report,
    };
  },
});
