import type { Health } from "../../contracts/health.ts";
import type { CompanionPoint } from "./companion.ts";
import type { ByMeasure, MeasureName } from "./measures.ts";
import type { Peak } from "./peaks.ts";
import type { Sharpness } from "./refinement.ts";
import type { Shape } from "./shape.ts";
import type { OutputSource } from "./source.ts";

export type DissimilaritySign = "lengths" | "saturation" | "noise" | "edge" | "probes";

/** The scan with segments of one length. */
export interface SegmentScan {
  readonly L: number;
  readonly splits: readonly number[];
  /** Less the floor of counts, so that values may be negative. */
  readonly values: ByMeasure<readonly number[]>;
  /** Standard errors of the measure that decides; null of what is known exactly. */
  readonly errors: readonly number[] | null;
  /** What the values are away from any change: their median, at least 0. */
  readonly background: number;
  /** What a peak has to stand above its background. */
  readonly threshold: readonly number[];
  readonly peaks: readonly Peak[];
  /** First and last split of a plateau above 0.8. */
  readonly saturated: readonly [number, number] | null;
}

/** A value of the control at which the distribution of the outputs changes. */
export interface OutputTransition {
  readonly location: number;
  /** 95 %, never narrower than the step of the control. */
  readonly interval: readonly [number, number];
  /** 16 to 84 % of the bootstrap; null of what is known exactly. */
  readonly standardRange: readonly [number, number] | null;
  readonly L: number;
  /** Of the measure that decides. */
  readonly height: number;
  /** Height above the background over what it takes to be found. */
  readonly strength: number;
  /** Null where the data do not tell. */
  readonly shape: Shape | null;
  /** Heights with the longest segments over those with L = 1, with the 95 % interval. */
  readonly ratio: { readonly value: number; readonly interval: readonly [number, number] } | null;
  /** Where the scans with other lengths have their peak, null where they have none there. */
  readonly elsewhere: readonly { readonly L: number; readonly location: number | null }[];
  /** d ln D / d ln dT by thinning the grid; null where it cannot be told. */
  readonly slope: number | null;
  readonly sharpness: Sharpness | null;
}

export interface DissimilarityVerdict {
  readonly kind: OutputSource["kind"];
  readonly measure: MeasureName;
  readonly control: readonly number[];
  readonly found: boolean;
  /** Strongest first. */
  readonly transitions: readonly OutputTransition[];
  readonly scans: readonly SegmentScan[];
  /** The length whose scan the transitions are read from. */
  readonly L: number;
  /**
   * Of counts, how they look if nothing changes along the control, over all splits and lengths: the probability of a value as large somewhere, and the largest value, with
   * its mean in redrawn scans, in units of its spread.
   */
  readonly nulls: { readonly pValue: number; readonly largest: number; readonly expected: number } | null;
  readonly companion: { readonly reference: number; readonly points: readonly CompanionPoint[] } | null;
  /** Places of the largest value of each probe. */
  readonly probePeaks: readonly (number | null)[] | null;
  readonly health: Health<DissimilaritySign>;
}
