import type { JsonObject } from "../contracts/json.ts";
import type { Stream } from "../numerics/stream.ts";
import type { Target } from "./target.ts";

/**
 * A sampler turns a point into the next one, so that the points come to follow the target's density. It is a name and settings;
 * bound to a target and to a chain's random numbers it becomes a kernel, which owns the work space and no state. All of a
 * chain's state is plain data that `step` changes in place: saved and continued it makes the same bits. Numbers come from
 * streams addressed by (seed, chain, purpose, step), so no generator has a state of its own.
 *
 *     const kernel = nuts().on(target, { random: purpose => stream({ seed, chain, purpose }), burnIn: 500 });
 *     const state = kernel.init(w0);
 *     for (let i = 0; i < 1500; i++) kernel.step(state);       // state.w, state.loss
 *
 * A new sampler is one file (equation and source, settings, state, init, step) and one row of `samplers.ts`.
 */
export interface Sampler<State extends ChainState = ChainState> {
  readonly name: string;
  /** As given, defaults filled in, for the record of a run. */
  readonly settings: JsonObject;
  /** Whether proposals are accepted or refused, so that the target is met exactly. */
  readonly adjusted: boolean;
  /** Whether fresh momenta are drawn at every step, whose energy tells how well the tails are reached. */
  readonly hamiltonian: boolean;
  /** Allocates the work space. Throws a LandauError of kind "input" when the target is not of the kind that it can sample. */
  on(target: Target, context: ChainContext): Kernel<State>;
}

export interface ChainContext {
  /** The chain's numbers for a purpose; different purposes never share any. */
  readonly random: (purpose: string) => Stream;
  /** Steps at the start that are not kept and in which samplers may adapt; after them they do not. */
  readonly burnIn: number;
}

export interface Kernel<State extends ChainState = ChainState> {
  /** The state before the first step. Throws a LandauError when the loss or its gradient at `w` is not finite. */
  init(w: Float64Array): State;
  /** Puts the chain at another point and brings up to date what is remembered of the target there. */
  place(state: State, w: Float64Array): void;
  /** Moves `state` by one step. Throws a LandauError of kind "diverged" that names the step and the setting to change. */
  step(state: State): void;
  /** What the last step did; overwritten by the next. */
  readonly last: StepReport;
  /** What a reader of the run should know of the chain at its end, such as the step size found. */
  report(state: State): JsonObject;
}

/** Numbers, arrays and lists of the like. */
export type SamplerState = { [name: string]: number | Float64Array | SamplerState[] };

/** What every sampler's state holds. */
export type ChainState = {
  /** Steps made. */
  step: number;
  w: Float64Array;
  /** Loss at `w`: of all samples, or for minibatches of those that the next step uses. */
  loss: number;
};

export interface StepReport {
  /** Mean probability of acceptance of the step's proposals; 1 where all are. */
  acceptance: number;
  /** Total energy at the new point: of position and momenta where they are drawn afresh, else of the position. */
  energy: number;
  /** Whether a trajectory left the surface of constant energy. */
  divergent: boolean;
  /** Whether a trajectory was ended by its limit, not by itself. */
  truncated: boolean;
  /** Evaluations of the loss. */
  evaluations: number;
}

export const freshReport = (): StepReport => ({
  acceptance: 1,
  energy: 0,
  divergent: false,
  truncated: false,
  evaluations: 0,
});
