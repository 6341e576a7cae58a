export {
  binNumbers,
  countOutcomes,
  MOST_NOISE,
  mergeRare,
  type OutcomeCounts,
} from "./coarse-grain.ts";
export { type CompanionPoint, heatCapacity, heatCapacityOf } from "./companion.ts";
export { effectiveOutcomes, floorAt, noiseAt, nullFloor, type PlugIn, plugIn } from "./counts.ts";
export { type DissimilarityOptions, findOutputTransitions, type Outputs } from "./detect.ts";
export { type LargestValue, largestOf, splitsOf } from "./grid.ts";
export {
  type ByMeasure,
  dissimilarity,
  dissimilarityBy,
  fisherFrom,
  type Measure,
  type MeasureName,
  measureNames,
  measures,
  smallStep,
} from "./measures.ts";
export { findPeaks, type Peak, type PeakOptions } from "./peaks.ts";
export { type ProbeDistributions, probeScan } from "./probes.ts";
export { refinementSlope, type Sharpness, sharpnessOf } from "./refinement.ts";
export { type SampleEstimate, type ScoredSamples, sampleScan, scoredFrom } from "./rescored.ts";
export { saturatedRange } from "./saturation.ts";
export { type Scan, segmentScan } from "./scan.ts";
export { type Shape, type ShapeReading, shapeOf } from "./shape.ts";
export type {
  DissimilaritySign,
  DissimilarityVerdict,
  OutputTransition,
  SegmentScan,
} from "./verdict.ts";
