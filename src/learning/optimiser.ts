import type { Arithmetic } from "../contracts/arithmetic.ts";
import type { JsonObject } from "../contracts/json.ts";
import type { StepRule } from "../contracts/objective.ts";
import type { SavedState } from "../contracts/protocol.ts";

/** Plain numbers and arrays, so that it can be saved and continued bit for bit. Changed in place. */
export type OptimiserState = { -readonly [name in keyof SavedState]: SavedState[name] };

/** What moves a flat vector: one optimiser, or several that share its arrays between them. */
export interface VectorOptimiser {
  readonly name: string;
  /** As given, for the record of a run; a schedule by its description. */
  readonly settings: JsonObject;
  /** The state for `size` parameters before the first step. */
  init(size: number): OptimiserState;
  /** Set for steps of a fixed size along the gradient or the velocity: many may then be made at once. */
  readonly stepRule?: StepRule;
  /** Moves `w` in place by one step; both arrays have length `size`. Allocates nothing. */
  step(w: Float64Array, gradient: Float64Array, state: OptimiserState): void;
}

/** Parameters, their gradient, and by its name each array the optimiser remembers; all of one shape. */
export type UpdateValues<T> = { readonly w: T; readonly gradient: T; readonly [memory: string]: T };
export type Updated<T> = { readonly w: T; readonly [memory: string]: T };

/**
 * One way of turning a gradient into a step. The formula is there twice: `update` states it for any arithmetic, so that
 * it can become part of a compiled program; `step` is the plain loop. On float64 numbers both give the same bits.
 */
export interface Optimiser extends VectorOptimiser {
  /** Names of the arrays remembered for each parameter array, all 0 at the start. */
  readonly memory: readonly string[];
  /** Names of the numbers that each step has of its own: its step size, corrections for the start. */
  readonly scalars: readonly string[];
  /** Counts one step in the plain numbers of `state` and writes that step's scalars, in the order of `scalars`. */
  advance(state: OptimiserState, out: Float64Array): void;
  /** The parameters and the remembered arrays after a step. What does not change from step to step is a number. */
  update<T>(a: Arithmetic<T>, values: UpdateValues<T>, scalars: { readonly [name: string]: T | number }): Updated<T>;
}
