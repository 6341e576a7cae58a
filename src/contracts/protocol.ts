import type { Controls, Settings, ValuesOf } from "./field.ts";
import type { Json, JsonObject } from "./json.ts";

/** One line of a run's log. `kind` says which protocol step wrote it; the other fields are that step's own. */
export interface RunRecord {
  readonly kind: string;
  readonly chain: number;
  readonly [field: string]: Json;
}

/** The fields of each kind of record that a protocol writes. Type literals, not interfaces: only those are known to be JSON. */
export type RecordFields = { readonly [kind: string]: JsonObject };

/** A record whose fields are known. */
export type RecordOf<Kinds, Kind extends keyof Kinds> = Kinds[Kind] & { readonly kind: Kind; readonly chain: number };
/** A record of any of the kinds, distinguished by `kind`. */
export type AnyRecordOf<Kinds> = { readonly [Kind in keyof Kinds]: RecordOf<Kinds, Kind> }[keyof Kinds];

/** Arrays by name, for npz files and for saved states. A plain list of numbers is one row. */
export interface NamedArray {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}
export type NamedArrays = { readonly [name: string]: NamedArray };

/** Where a member of an ensemble stands: what it needs to continue, bit for bit. Random streams need no state. */
export type SavedState = { readonly [name: string]: number | Float64Array };

/** What the host offers to a protocol while it runs. */
export interface ProtocolContext<Kinds = RecordFields> {
  /** Appends a record to the run's log. */
  record<Kind extends keyof Kinds & string>(kind: Kind, fields: Kinds[Kind]): void;
  /** Stores arrays beside the log, once per name. */
  snapshot(name: string, arrays: NamedArrays): void;
  /**
   * Offers a state from which the member can continue; call it right after the records that belong to it. The host decides
   * by the clock whether to keep it; results never depend on that. `state` is called only when it is kept.
   */
  save(state: () => SavedState): void;
  /** The state this member was saved with, when it is being resumed. */
  readonly saved: SavedState | undefined;
  /** How far this member or piece is, in [0, 1]; throws when the run was cancelled. */
  progress(fraction: number): void;
}

/** A part of a member's work that can be done by itself: JSON that, with the member's address, determines its records. */
export type Piece = JsonObject;

/** How a system is driven. One call drives one member of an ensemble, addressed by (seed, chain), or one piece of it. */
export interface Protocol {
  readonly name: string;
  readonly summary: string;
  /** Every setting the protocol reads, the system's own controls included. */
  readonly settings: Controls;
  /** Settings that make a member short: for tests and previews. */
  readonly small?: Settings;
  /**
   * Settings that only say which pieces there are. Pieces are run without them and named without them: what was done stays done when these
   * settings change.
   */
  readonly planning?: readonly string[];
  /** Refuses settings that are each in range but do not go together. Throws a LandauError of kind "input". */
  check?(settings: Settings): void;
  /**
   * For a member that is made of pieces: those of the next round, none when it is finished. Pieces of one round know nothing of each other and
   * run in any order; a later round may depend on the records of all rounds before. A pure function: random pieces come from a stream at the
   * member's address. When it is absent, a member is one piece.
   * @param records All records of the rounds before, by round, then by piece
   * @param round Number of rounds before; there is at least one piece in round 0
   */
  plan?(member: Member, records: readonly RunRecord[], round: number): readonly Piece[];
  /** Drives a member, or the piece that it carries. */
  run(member: Member, context: ProtocolContext): void;
  /** Drives several members side by side in one program, where that is faster. When it is there, hosts call it instead of `run`. */
  runTogether?(members: Members, context: EnsembleContext): void;
}

/** A protocol whose settings and records are typed. Made by `protocol`; wherever a `Protocol` is asked for, it is one. */
export interface ProtocolOf<Declared extends Controls, Kinds, Part = undefined>
  extends Pick<Protocol, "name" | "summary" | "planning" | "runTogether"> {
  readonly settings: Declared;
  readonly small?: Partial<ValuesOf<Declared>>;
  check?(settings: ValuesOf<Declared>): void;
  plan?(
    member: Member<ValuesOf<Declared>>,
    records: readonly AnyRecordOf<Kinds>[],
    round: number,
  ): readonly NonNullable<Part>[];
  run(
    member: Omit<Member<ValuesOf<Declared>>, "piece"> & { readonly piece: Part },
    context: ProtocolContext<Kinds>,
  ): void;
  /** Never there: the type of the records. */
  readonly kinds?: Kinds;
}

/**
 * Declares a protocol with the types of its records; those of its settings follow from its controls.
 *
 *     const census = protocol<{ final: { loss: number } }>()({ name: "census", settings: { ... }, run(member, context) { ... } });
 *
 * One with a plan also gives the type of its pieces: `protocol<Records, { readonly row: number }>()`.
 */
export const protocol =
  <Kinds, Part = undefined>() =>
  <const Declared extends Controls>(
    declaration: ProtocolOf<Declared, Kinds, Part>,
  ): ProtocolOf<Declared, Kinds, Part> =>
    declaration;

/** Chains `from`, ..., `to - 1` of a seed, at the same settings. */
export interface Members {
  readonly settings: Settings;
  readonly seed: number;
  readonly from: number;
  readonly to: number;
  /** The piece to run, the same for all, of a protocol with a plan. */
  readonly piece?: Piece;
}

/** A protocol's context for several members: records and snapshots name the chain; a saved state is that of all of them. */
export interface EnsembleContext extends Pick<ProtocolContext, "save" | "saved" | "progress"> {
  record(chain: number, kind: string, fields: JsonObject): void;
  snapshot(chain: number, name: string, arrays: NamedArrays): void;
}

/** What random numbers of a member are addressed by. */
export interface Address {
  readonly seed: number;
  readonly chain: number;
}

export interface Member<Values = Settings> extends Address {
  /** Complete: every setting of the protocol is there, within its range. */
  readonly settings: Values;
  /** The piece to run, of a protocol with a plan. */
  readonly piece?: Piece;
}

/** An ensemble to run: a protocol at fixed settings, for a number of chains. */
export interface Study {
  readonly name: string;
  readonly protocol: string;
  readonly chains: number;
  /** Chains per task: what one worker runs before it reports done. 1 when absent. Of a protocol with a plan, chains that plan the same pieces. */
  readonly chunk?: number;
  /** Settings that differ from their defaults. */
  readonly settings: Settings;
  /** Settings with which it was run before it was extended, the first ones first: their pieces are planned before those of `settings`. */
  readonly earlier?: readonly Settings[];
}
