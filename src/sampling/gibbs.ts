import type { JsonObject } from "../contracts/json.ts";
import { invalid } from "../errors.ts";
import type { Stream } from "../numerics/stream.ts";
import { checkFunction } from "./checks.ts";
import { plainSampler } from "./plain-sampler.ts";
import { diverged } from "./point.ts";
import type { ChainState, Sampler } from "./sampler.ts";
import type { Target } from "./target.ts";

/**
 * Gibbs sampling: one block of parameters after the other is drawn exactly from its distribution given all others.
 *
 *     for every block B:   w_B ~ p(w_B | the rest of w).   [Geman & Geman 1984]
 *
 * Nothing is refused and there is no step size, so that it is the truth to hold other samplers against.
 */
export interface GibbsSettings {
  /** The conditionals of a target; called once for each chain. They read `target.nBeta` and the prior at every draw. */
  readonly conditionals: (target: Target) => readonly Conditional[];
  /** What they are, for the record of a run. */
  readonly model?: JsonObject;
}

/** An exact draw of some parameters given the others. */
export interface Conditional {
  /** Overwrites its parameters in `w`; reads numbers from `random` as it likes. */
  draw(w: Float64Array, random: Stream): void;
}

export type GibbsState = ChainState;

export const gibbs = ({ conditionals, model = {} }: GibbsSettings): Sampler<GibbsState> => {
  checkFunction("conditionals", conditionals, "a function from a target to its conditionals");
  return plainSampler({
    name: "gibbs",
    settings: { model },
    hint: "needs conditionals that belong to this loss and prior",
    on(target, random, last, source) {
      const blocks = conditionals(target);
      if (blocks.length === 0) throw invalid("conditionals", [], "at least one block");
      const numbers = random("conditionals");
      const { objective, prior } = target;
      return state => {
        numbers.at(state.step);
        for (const block of blocks) block.draw(state.w, numbers);
        state.loss = objective.loss(state.w);
        last.energy = target.nBeta * state.loss + prior.energy(state.w);
        last.evaluations = 1;
        if (!(Math.abs(last.energy) < Infinity)) throw diverged("the loss", last.energy, state.step, source);
        state.step++;
      };
    },
  });
};
