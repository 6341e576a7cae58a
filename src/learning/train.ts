import { LandauError } from "../errors.ts";
import type { GradientSource } from "./gradients.ts";
import type { Optimiser, OptimiserState } from "./optimiser.ts";

export interface Training {
  readonly gradients: GradientSource;
  readonly optimiser: Optimiser;
  /** Parameters at the start; moved in place. */
  readonly w: Float64Array;
  /** Optimiser state at the start; a fresh one when absent. */
  readonly state?: OptimiserState;
  /** Number of steps already made; checkpoints up to it were visited. Absent at a fresh start. */
  readonly from?: number;
  /** Ascending step numbers at which `visit` is called, before the step is made; the last one ends the training. */
  readonly checkpoints: readonly number[];
  /** `w` and `state` are the live buffers: copy what must last. */
  visit(checkpoint: { step: number; w: Float64Array; state: OptimiserState }): void;
}

/**
 * Runs an optimiser from checkpoint to checkpoint. A training interrupted at a checkpoint and continued with the same
 * `w`, `state` and `from` makes the same bits as one that was not.
 *
 * Throws a LandauError of kind "diverged" at the first step whose loss is not finite.
 */
export const train = ({ gradients, optimiser, w, state, from, checkpoints, visit }: Training): void => {
  const memory = state ?? optimiser.init(w.length);
  const gradient = new Float64Array(w.length);
  let step = from ?? 0;
  for (const checkpoint of checkpoints) {
    if (from !== undefined && checkpoint <= from) continue;
    for (; step < checkpoint; step++) {
      const loss = gradients(w, gradient, step);
      // One comparison catches NaN and both infinities.
      if (!(Math.abs(loss) < Infinity))
        throw new LandauError(
          "diverged",
          `loss is ${loss} at step ${step} of ${optimiser.name}: lower the rate, or start closer to the origin`,
        );
      optimiser.step(w, gradient, memory);
    }
    visit({ step, w, state: memory });
  }
};
