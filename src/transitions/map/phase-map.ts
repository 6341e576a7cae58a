/** A map of cells, addressed by column (along x) and row (along y), both from 0. What the axes mean is the caller's. */
export interface MapGrid {
  readonly columns: number;
  readonly rows: number;
}

export interface Cell {
  readonly column: number;
  readonly row: number;
}

/** A run to be done: a cell and the number of its seed, from 0. */
export interface MapRun extends Cell {
  readonly seed: number;
}

/** What one run at a cell says: the phase it ended in. Runs that diverge are a phase of their own. */
export interface Vote extends MapRun {
  readonly label: string;
}

/** What is known of one cell. */
export interface CellReading extends Cell {
  /** Runs by phase; empty where none was done. */
  readonly votes: { readonly [label: string]: number };
  /** Probability of each phase of the map to be the one that most runs at this cell end in, from its own runs and its neighbours'. Sums to 1. */
  readonly probabilities: { readonly [label: string]: number };
  /** The most probable phase. */
  readonly label: string;
  /** Its probability. */
  readonly sure: number;
}

/** How the boundary's length grows as boxes shrink. */
export interface Roughness {
  /** Slope of log(boxes that the boundary meets) over log(1/box side): 1 for a line. */
  readonly dimension: number;
  /** Standard error. */
  readonly error: number;
  /** Range of box sides, in factors of two. */
  readonly octaves: number;
  /** False where the boundary is no line at the finest cells ("not resolved"); null with fewer octaves than a verdict needs. */
  readonly resolved: boolean | null;
}

/** A reading of all votes so far. */
export interface PhaseMap {
  readonly grid: MapGrid;
  /** Phases in the order of first appearance by row, column and seed. */
  readonly labels: readonly string[];
  /** Row by row, all cells. */
  readonly cells: readonly CellReading[];
  /** Runs done. */
  readonly runs: number;
  /** Largest island of another phase, as a share of all cells, that could have been missed with 5 % probability. */
  readonly largestMissed: number;
  readonly roughness: Roughness | null;
}

/** What is known of the runs. */
export interface RunOptions {
  /**
   * Runs do not depend on their seed, so that a cell with a run is what the run says. By default votes may be wrong, and a boundary that is rough down to single cells reads as one that
   * seeds blur: without several seeds the two can't be told apart.
   */
  readonly exact?: boolean;
}

/** How a map is explored. */
export interface MapOptions extends RunOptions {
  /** Most runs at one cell; 1 by default. */
  readonly seeds?: number;
  /** Most runs of the whole map; by default as many as it takes. */
  readonly budget?: number;
  /** Safe integer >= 0: where the first cells lie. */
  readonly seed: number;
}
