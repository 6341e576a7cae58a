/** Transitions in the distribution of outputs, and the instruments that find them: distributions, counts, scored samples or probes in, places with intervals out. */

export {
  binNumbers,
  countOutcomes,
  mergeRare,
  type OutcomeCounts,
} from "../transitions/dissimilarity/coarse-grain.ts";
export { type CompanionPoint, heatCapacity, heatCapacityOf } from "../transitions/dissimilarity/companion.ts";
export { type PlugIn, plugIn } from "../transitions/dissimilarity/counts.ts";
export {
  type DissimilarityOptions,
  findOutputTransitions as find,
  type Outputs,
} from "../transitions/dissimilarity/detect.ts";
export {
  type ByMeasure,
  dissimilarity as between,
  dissimilarityBy as betweenBy,
  fisherFrom,
  type Measure,
  type MeasureName,
  measures,
  smallStep,
} from "../transitions/dissimilarity/measures.ts";
export { findPeaks, type Peak, type PeakOptions } from "../transitions/dissimilarity/peaks.ts";
export { type ProbeDistributions, probeScan } from "../transitions/dissimilarity/probes.ts";
export { refinementSlope, type Sharpness, sharpnessOf } from "../transitions/dissimilarity/refinement.ts";
export {
  type SampleEstimate,
  type ScoredSamples,
  sampleScan,
  scoredFrom,
} from "../transitions/dissimilarity/rescored.ts";
export { saturatedRange } from "../transitions/dissimilarity/saturation.ts";
export { type Scan, segmentScan } from "../transitions/dissimilarity/scan.ts";
export { type Shape, type ShapeReading, shapeOf } from "../transitions/dissimilarity/shape.ts";
export type {
  DissimilaritySign,
  DissimilarityVerdict,
  OutputTransition,
  SegmentScan,
} from "../transitions/dissimilarity/verdict.ts";
