/** The audit of a capability over scale, and its instruments. Each stands by itself: counts, scores or matrices in, numbers with their conventions out. */

export type {
  CapabilityOptions,
  CapabilityTable,
} from "../logs/capability/capability-table.ts";
export { readCapability as readTable } from "../logs/capability/read-capability.ts";
export {
  type AuditOptions,
  type CapabilityCounts,
  type EmergenceAudit,
  type EmergenceVerdict,
  emergenceAudit as audit,
  type WeiClauses,
  weiClauses,
} from "../transitions/emergence/audit.ts";
export { auditTask, type TaskAudit } from "../transitions/emergence/audit-task.ts";
export { type BetaChangePoint, betaChangePoint } from "../transitions/emergence/beta-change-point.ts";
export { type BigBenchShape, bigBenchShape } from "../transitions/emergence/big-bench-shape.ts";
export { type BinomialModels, binomialModels } from "../transitions/emergence/binomial-models.ts";
export type { CapabilityPoint, CapabilityTask, MetricKind } from "../transitions/emergence/capability.ts";
export { type CompoundingCheck, compoundingCheck } from "../transitions/emergence/compounding-check.ts";
export {
  type EarlyWarning,
  earlyWarning,
  prequentialBits,
  type SurrogateTest,
  surrogateTest,
} from "../transitions/emergence/early-warning.ts";
export { type EffectiveInformation, effectiveInformation } from "../transitions/emergence/effective-information.ts";
export { type Extrapolation, extrapolate } from "../transitions/emergence/extrapolate.ts";
export { type GaussianModels, gaussianModels } from "../transitions/emergence/gaussian-models.ts";
export { type ReplicateStats, replicateStats, variancePeak } from "../transitions/emergence/replicate-stats.ts";
export { type ScreeningOff, screeningOff } from "../transitions/emergence/screening-off.ts";
export {
  discoveries,
  type EmergenceGrade,
  type EmergenceSigns,
  generalisationRatio,
  gradeOf,
} from "../transitions/emergence/signs.ts";
export { type SpectrumDimensions, spectrumDimensions } from "../transitions/emergence/spectrum-dimensions.ts";
export { type SubspaceOverlap, subspaceOverlap } from "../transitions/emergence/subspace-overlap.ts";
export {
  type CompoundingShape,
  compoundingShape,
  detectableTestSize,
  type TokenMetrics,
  tokenMetrics,
} from "../transitions/emergence/token-metrics.ts";
export { sharpeningOf, widthExponent } from "../transitions/emergence/width-exponent.ts";
