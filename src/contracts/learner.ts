import type { Controls, ValuesOf } from "./field.ts";
import type { JsonObject } from "./json.ts";
import type { Objective } from "./objective.ts";
import type { Address } from "./protocol.ts";

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

/**
 * Something that learns, declared once. Protocols, instruments, pictures and the page need nothing else of it: it can be trained, swept,
 * sampled, and its learning coefficients estimated at its phases.
 *
 * `at` holds a value for every control; an address (seed and chain) tells random numbers apart.
 */
export interface Learner<Declared extends Controls = Controls, Seen = JsonObject> {
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
  ): { readonly order: number; readonly label: string } & Seen;
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
export const learner = <const Declared extends Controls, Seen extends JsonObject>(
  declaration: Learner<Declared, Seen>,
): Learner<Declared, Seen> => declaration;
