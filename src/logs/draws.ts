/** Draws of a sampler as a file holds them: for every quantity a series of each chain, all of one length. */
export interface DrawTable {
  readonly chains: number;
  /** Draws per chain. */
  readonly draws: number;
  readonly quantities: readonly Quantity[];
  /** What was left out or taken for granted, as sentences. */
  readonly notes: readonly string[];
}

export interface Quantity {
  readonly name: string;
  readonly chains: readonly Float64Array[];
}
