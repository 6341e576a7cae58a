import type { SavedState } from "../contracts/protocol.ts";

/**
 * One way of turning a gradient into a step. `init` makes the state for `size` parameters; `step` moves `w` in place.
 * A state is plain numbers and arrays, so that it can be saved and continued bit for bit.
 */
export interface Optimiser {
  readonly name: string;
  init(size: number): OptimiserState;
  step(w: Float64Array, gradient: Float64Array, state: OptimiserState): void;
}

/** Changed in place by `step`. */
export type OptimiserState = { -readonly [name in keyof SavedState]: SavedState[name] };
