import type { LossDraws } from "../coefficient/draws/loss-draws.ts";
import type { Transitions } from "../sampling/diagnostics/transitions.ts";

/** Draws of a sampler as a file holds them: for every quantity a series of each chain, all of one length. */
export interface DrawTable {
  readonly chains: number;
  /** Draws per chain. */
  readonly draws: number;
  readonly quantities: readonly Quantity[];
  /** What the sampler wrote beside the draws of its own steps; absent when it wrote nothing. */
  readonly sampler?: Transitions;
  /** Single numbers that lie beside the draws, by name. */
  readonly numbers?: { readonly [name: string]: number };
  /** Where a store says which of them are losses, and with what settings they were sampled. */
  readonly losses?: StoredLosses;
  /** What was left out or taken for granted, as sentences. */
  readonly notes: readonly string[];
}

export interface Quantity {
  readonly name: string;
  /** May be made anew each time it is read, from a file that is held once. */
  readonly chains: readonly Float64Array[];
}

/** Losses of a sampler's draws as a store describes them. */
export interface StoredLosses extends LossDraws {
  /** The array that they come from. */
  readonly name: string;
  /** What is known of the sampler, as words. */
  readonly settings: string;
}

export interface DrawOptions {
  /** Names of quantities that are asked for; what stands in other columns and arrays does no harm. All when absent. */
  readonly only?: readonly string[];
}
