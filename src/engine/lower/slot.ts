import type { Element } from "../graph/node.ts";

/** Whose a slot is, which decides where its copies lie. */
export type SlotPlace =
  /** One for all chains and steps. */
  | "shared"
  /** One per chain, kept from step to step. */
  | "chain"
  /** One per step of a call. */
  | "step"
  /** One per chain and step of a call. */
  | "chainStep"
  /** Filled and read within one step of one chain; shares its memory with others of which the same is true. */
  | "temporary"
  /** Sums of one region while it runs, in f64. */
  | "sums";

/** A row-major array in the memory of a program. */
export interface Slot {
  readonly id: number;
  readonly place: SlotPlace;
  readonly element: Element;
  /** Entries, of one chain and step. */
  readonly size: number;
}
