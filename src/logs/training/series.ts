/** What became of the points of a series between the file and here. */
export interface Provenance {
  /** Points that are here. */
  readonly kept: number;
  /** Points that are not: written over at the same step, or left behind by a restart. */
  readonly dropped: number;
  /** Those of them that a later point of the same step replaces. */
  readonly duplicates: number;
  /** How often the steps go back to go on from there, as after a restart from a checkpoint. */
  readonly resets: number;
  /** Why the series may be a sample of what was logged; undefined when nothing says so. */
  readonly sampling: string | undefined;
}

/** A quantity over the steps of one run: steps ascend and are all different. */
export interface Series {
  readonly run: string;
  readonly name: string;
  readonly step: Float64Array;
  /** Seconds, since 1970 or since the run began; NaN where a point has none. */
  readonly time: Float64Array | undefined;
  /** NaN and infinities are values as they were logged. */
  readonly value: Float64Array;
  readonly provenance: Provenance;
}

export interface TrainingLog {
  /** Name of the format, or several with commas between. */
  readonly format: string;
  readonly series: readonly Series[];
  /** What was left out or decided, as sentences that name the file. */
  readonly notes: readonly string[];
}

/** The points of a series as they stand in the file. */
export interface RawSeries {
  readonly run: string;
  readonly name: string;
  readonly step: Float64Array;
  readonly time: Float64Array | undefined;
  readonly value: Float64Array;
  /** As in `Provenance`, where the file says it. */
  readonly sampling?: string | undefined;
  /** Points that the file itself took back at a restart, and how often. */
  readonly purged?: number;
  readonly purges?: number;
}
