import type { Controls, ValuesOf } from "./field.ts";
import type { JsonObject } from "./json.ts";
import type { Objective } from "./objective.ts";
import type { Address, SavedState } from "./protocol.ts";

/** Values of a control that a sweep goes through when nothing is said. */
export interface SweepRange {
  readonly from: number;
  readonly to: number;
}

/** What `observe` may look at besides the parameters. */
export interface Look extends Address {
  /** Loss at the parameters. */
  readonly loss: number;
  /** The control that is swept, in a sweep. */
  readonly swept?: string;
}

/** What a state showed, with its loss. */
export type Seen<Shown> = { readonly loss: number; readonly order: number; readonly label: string } & Shown;

/** One training run as it is watched: what phase it is in as a whole, which may be more than what its last state shows, and whether that can still change. */
export interface Course<Shown> {
  /** A state on the way; each once, in order. */
  see?(step: number, state: Seen<Shown>): void;
  /** The phase of the run up to this state, the last one seen. */
  phase(state: Seen<Shown>): string;
  /** No step from this state on can change the phase. */
  isDecided(state: Seen<Shown>): boolean;
  /** Steps at which something was first seen, null for not yet. */
  passages?(): { readonly [name: string]: number | null };
  /** What is needed to go on watching; none when it holds nothing of its own. */
  save?(): SavedState;
}

/**
 * Something that learns, declared once. Protocols, instruments, pictures and the page need nothing else of it: it can be trained, swept,
 * sampled, and its learning coefficients estimated at its phases.
 *
 * `at` holds a value for every control; an address (seed and chain) tells random numbers apart.
 */
export interface Learner<Declared extends Controls = Controls, Shown = JsonObject> {
  readonly controls: Declared;
  /** The controls that can be swept, with their default ends; the first is the default. */
  readonly sweeps: { readonly [name in keyof Declared]?: SweepRange };
  /** Refuses values that are each in range but do not go together. Throws a LandauError of kind "input". */
  check?(at: ValuesOf<Declared>): void;
  /** The loss that descends and that posteriors are made of. */
  objective(at: ValuesOf<Declared>, address: Address): Objective;
  /** Parameters at the start. */
  start(at: ValuesOf<Declared>, address: Address): Float64Array;
  /** Default step size of gradient descent. */
  readonly stepSize?: number;
  /**
   * Moves `w` in place by a number of steps and returns the loss where they end: a rule of its own, such as SGD or a coupled flow. `stage`
   * numbers the calls of a run from 0: what random numbers are addressed by. Gradient descent on the objective when absent.
   */
  move?(at: ValuesOf<Declared>, address: Address, w: Float64Array, steps: number, stage: number): number;
  /** What a state shows: `order` is the order parameter, `label` the phase, the rest what else is worth a record. */
  observe(
    at: ValuesOf<Declared>,
    w: Float64Array,
    look: Look,
  ): { readonly order: number; readonly label: string } & Shown;
  /** Watches a training run, from a state that `save` gave when it goes on. Without it the phase of a run is that of its last state. */
  course?(at: ValuesOf<Declared>, address: Address, saved?: SavedState): Course<Shown>;
  readonly order: {
    /** Name of the axis. */
    readonly label: string;
    /** The predicted order parameter of the phase of lowest loss; null where theory has none. */
    theory?(at: ValuesOf<Declared>, swept?: string): number | null;
  };
  /** Critical values of a control at these values of the others, for axes, sliders and maps. */
  critical?(at: ValuesOf<Declared>): { readonly [name in keyof Declared]?: readonly number[] };
  /** The phases by name, lowest loss last, each with the level of the loss it sits on. */
  phases(at: ValuesOf<Declared>): readonly PhaseLevel[];
  /** A point of a phase; found by descent from random starts when absent. Throws a LandauError of kind "input" for a phase without one. */
  point?(phase: string, at: ValuesOf<Declared>): PhasePoint;
  /** The learning coefficient of a phase in closed form; null where theory has none. */
  coefficient?(phase: string, at: ValuesOf<Declared>): ExactPrediction | null;
  /** Values that make everything small: for tests and previews. */
  readonly small: Partial<ValuesOf<Declared>>;
}

export interface PhaseLevel {
  readonly label: string;
  readonly loss: number;
}

/** A place in the space of parameters, with the loss it belongs to when that is not the learner's own. */
export interface PhasePoint {
  readonly w: Float64Array;
  readonly objective?: Objective;
}

export interface ExactPrediction {
  readonly lambda: number;
  /** Where it is from: a table or a derivation. */
  readonly where: string;
}

/** Declares a learner, the types of its values and of what it shows inferred. */
export const learner = <const Declared extends Controls, Shown extends JsonObject>(
  declaration: Learner<Declared, Shown>,
): Learner<Declared, Shown> => declaration;
