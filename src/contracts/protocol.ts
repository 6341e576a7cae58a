import type { Controls, Settings } from "./control.ts";
import type { JsonObject } from "./json.ts";

/** One line of a run's log. `kind` says which protocol step wrote it; the other fields are that step's own. */
export interface RunRecord {
  readonly kind: string;
  readonly chain: number;
  readonly [field: string]: import("./json.ts").Json;
}

/** Arrays by name, for npz files and for saved states. A plain list of numbers is one row. */
export interface NamedArray {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}
export type NamedArrays = { readonly [name: string]: NamedArray };

/** Where a member of an ensemble stands: what it needs to go on, bit for bit. Random streams need no state. */
export type SavedState = { readonly [name: string]: number | Float64Array };

/** What the host offers to a protocol while it runs. */
export interface ProtocolContext {
  /** Appends a record to the run's log. */
  record(kind: string, fields: JsonObject): void;
  /** Stores arrays beside the log, once per name. */
  snapshot(name: string, arrays: NamedArrays): void;
  /**
   * Offers a state from which the member can go on; call it right after the records that belong to it. The host decides
   * by the clock whether to keep it; results never depend on that. `state` is called only when it is kept.
   */
  save(state: () => SavedState): void;
  /** The state this member was saved with, when it is being resumed. */
  readonly saved: SavedState | undefined;
  /** How far this member is, in [0, 1]; throws when the run was cancelled. */
  progress(fraction: number): void;
}

/** How a system is driven. One call drives one member of an ensemble, addressed by (seed, chain). */
export interface Protocol {
  readonly name: string;
  readonly summary: string;
  /** Every setting the protocol reads, the system's own controls included. */
  readonly settings: Controls;
  /** Refuses settings that are each in range but do not go together. Throws a LandauError of kind "input". */
  check?(settings: Settings): void;
  run(member: Member, context: ProtocolContext): void;
  /** Drives several members side by side in one program, where that is faster. When it is there, hosts call it instead of `run`. */
  runTogether?(members: Members, context: EnsembleContext): void;
}

/** Chains `from`, ..., `to - 1` of a seed, at the same settings. */
export interface Members {
  readonly settings: Settings;
  readonly seed: number;
  readonly from: number;
  readonly to: number;
}

/** A protocol's context for several members: what it is told names the chain; a saved state is that of all of them. */
export interface EnsembleContext extends Pick<ProtocolContext, "save" | "saved" | "progress"> {
  record(chain: number, kind: string, fields: JsonObject): void;
  snapshot(chain: number, name: string, arrays: NamedArrays): void;
}

export interface Member {
  /** Complete: every setting of the protocol is there, within its range. */
  readonly settings: Settings;
  readonly seed: number;
  readonly chain: number;
}

/** An ensemble to run: a protocol at fixed settings, for a number of chains. */
export interface Study {
  readonly name: string;
  readonly protocol: string;
  readonly chains: number;
  /** Chains per task: what one worker runs before it reports done. 1 when absent. */
  readonly chunk?: number;
  /** Settings that differ from their defaults. */
  readonly settings: Settings;
}
