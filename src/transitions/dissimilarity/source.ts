import type { Stream } from "../../numerics/stream.ts";
import type { ByMeasure } from "./measures.ts";

/** A scan of one measure: where nothing changes its values are 0 on average. */
export interface Scanned {
  readonly values: Float64Array;
  /** Standard errors; null of what is known exactly, and of counts, whose errors come from resampling. */
  readonly errors: Float64Array | null;
}

/** One resample of everything that is random, as the scans that it gives, until the next one is drawn. */
export type Resample = (L: number) => Float64Array;

/** What outputs at each value of a control look like to the detector, however they are known. */
export interface OutputSource {
  readonly kind: "distributions" | "counts" | "scores" | "probes";
  readonly control: readonly number[];
  /** All measures with segments of L values. */
  scan(L: number): ByMeasure<Scanned>;
  /** Of the measure that decides, between values of the control that are `gap` places apart, L = 1. */
  apart(gap: number): Float64Array;
  /** A bootstrap resample of the measure that decides; absent of what is known exactly. */
  readonly resample?: (random: Stream) => Resample;
  /** The same where nothing changes along the control; only of counts, which have a law of their own there. */
  readonly redraw?: (random: Stream) => Resample;
  /** Outcomes in effect times the noise of a split with L = 1; only of counts. */
  readonly noise?: number;
  /** Energies -ln P(x | reference) of the samples at each value, where they were scored there. */
  readonly energies?: (reference: number) => readonly Float64Array[] | null;
  /** Where each probe has its largest dissimilarity. */
  readonly probePeaks?: (L: number) => readonly (number | null)[];
}
