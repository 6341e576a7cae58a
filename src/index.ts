/**
 * Landau: a laboratory for phase transitions in learning. This entry runs in Node and in browsers; what needs a file
 * system (run folders, worker threads, reports) is in "landau/node".
 */

export {
  type CoefficientEstimate,
  type CoefficientFailure,
  type CoefficientOptions,
  type CoefficientResult,
  type CoefficientSign,
  type FreeEnergy,
  freeEnergy,
  type HessianTrace,
  hessianTrace,
  learningCoefficient,
  learningCoefficients,
} from "./coefficient/estimate/index.ts";
/** Learning coefficients and canonical averages in closed form: `exactCoefficients.deepLinear({ widths: [5, 3, 4], rank: 1 })`. */
export * as exactCoefficients from "./coefficient/exact/index.ts";
/** Objectives whose learning coefficient at a stated minimum is known exactly: `exactModels.allModels()`. */
export * as exactModels from "./coefficient/models/index.ts";
/** Answers of a posterior around a minimum to other weights of data, with errors: `responses.susceptibilities(objective, w, components, groups, { nBeta, gamma })`. */
export * as responses from "./coefficient/response/index.ts";
export { allowedRange, judge, judgeComparison } from "./contracts/claim.ts";
export { defaultsOf } from "./contracts/field.ts";
export type * from "./contracts/index.ts";
export type { FastModes } from "./engine/fast-modes.ts";
export type { Initialiser } from "./engine/graph/initialiser.ts";
export type { Node as TracedArray } from "./engine/graph/node.ts";
export type { Operand } from "./engine/graph/ops.ts";
export type { Tracer } from "./engine/graph/tracer.ts";
export { type Inputs, type Model, type ModelOutput, model } from "./engine/model.ts";
export { type ErrorKind, isLandauError, LandauError } from "./errors.ts";
export type { ArrayInput, Data } from "./experiments/data.ts";
export type { Evaluation } from "./experiments/evaluator.ts";
export type { Experiment } from "./experiments/experiment.ts";
export { objective } from "./experiments/objective.ts";
export {
  type Checkpoint,
  type EnsembleOptions,
  type Trained,
  type TrainOptions,
  train,
  trainEnsemble,
} from "./experiments/train.ts";
export { type Executor, inlineExecutor } from "./lab/executor.ts";
export { type MemoryRun, type MemoryRunOptions, runInMemory } from "./lab/run-in-memory.ts";
export type { Spec } from "./lab/spec.ts";
export { parseSpec, type SpecFormat } from "./lab/spec-text.ts";
export { type Verification, verifyFile } from "./lab/verify.ts";
export { webExecutor } from "./lab/web/workers.ts";
export { linearCheckpoints, logAndLinearCheckpoints, logCheckpoints } from "./learning/checkpoints.ts";
export { descend } from "./learning/descend.ts";
export { gradientFlow } from "./learning/gradient-flow.ts";
export { fullBatch, minibatches } from "./learning/gradients.ts";
export type { Optimiser, OptimiserState, VectorOptimiser } from "./learning/optimiser.ts";
export type { OptimiserChoice, ParameterGroup } from "./learning/parameter-groups.ts";
export { type Patience, type PatienceState, patience } from "./learning/patience.ts";
export { findPlateaus } from "./learning/plateaus.ts";
export type { Schedule } from "./learning/schedules.ts";
export type { Provenance, Series, TrainingLog } from "./logs/training/series.ts";
export type { LogFormat } from "./logs/training/sniff.ts";
export { type LogOptions, readTrainingLog } from "./logs/training/training-log.ts";
export { bootstrap, quantile, wilson } from "./numerics/statistics.ts";
export { type Stream, stream } from "./numerics/stream.ts";
export * as diagnostics from "./public/diagnostics.ts";
/** Where the distribution of outputs changes along a control parameter: `dissimilarity.find({ control, counts })`. */
export * as dissimilarity from "./public/dissimilarity.ts";
/** Is a jump of a capability with scale in what is learned, or in the metric: `emergence.audit({ scale, k, n, p, length })`. */
export * as emergence from "./public/emergence.ts";
export * as optimisers from "./public/optimisers.ts";
export * as priors from "./public/priors.ts";
export * as schedules from "./public/schedules.ts";
export type { ChainStart, Projection } from "./sampling/chain-run.ts";
export type { Chains } from "./sampling/diagnostics/chains.ts";
export type { Diagnostic } from "./sampling/diagnostics/diagnostic.ts";
export type { Summary } from "./sampling/diagnostics/summary.ts";
export { chainsOf } from "./sampling/draws.ts";
export type { Conditional } from "./sampling/gibbs.ts";
export type { SamplingSign } from "./sampling/health.ts";
export { langevinStep } from "./sampling/langevin.ts";
export { leapfrog } from "./sampling/leapfrog.ts";
export { posteriorPotential, potentialTarget } from "./sampling/potential.ts";
export type { Prior } from "./sampling/prior.ts";
export { type SampleOptions, type Samples, sample, sampleInSlices } from "./sampling/sample.ts";
export type { ChainState, Kernel, Sampler } from "./sampling/sampler.ts";
export { samplers } from "./sampling/samplers.ts";
export { type Potential, posterior, type Target } from "./sampling/target.ts";
export { type ListedSystem, type SystemName, systems } from "./systems/index.ts";
export {
  type ChangeRegion,
  changeRegions,
  type RegionOptions,
  type RegionsFound,
} from "./transitions/change/change-regions.ts";
export type { Change } from "./transitions/change/describe-changes.ts";
export { type ChangesFound, findChanges } from "./transitions/change/find-changes.ts";
export { findJointChanges, type JointChange, type JointChangesFound } from "./transitions/change/joint-changes.ts";
export { type SegmentationSettings, segmentation, segmentationPath } from "./transitions/change/segmentation.ts";
export { type EarlyWarning, earlyWarning } from "./transitions/detect/early-warning.ts";
export {
  type Agreement,
  findTransitions,
  type Track,
  type TrackChange,
  type Transition,
  type TransitionsFound,
} from "./transitions/detect/index.ts";
export { type LevelStretch, levelStretches } from "./transitions/detect/plateaus.ts";
export {
  type Cell,
  type CellReading,
  type MapGrid,
  type MapOptions,
  type MapRun,
  nextRuns,
  type PhaseMap,
  type Roughness,
  type RunOptions,
  readMap,
  type Vote,
} from "./transitions/map/index.ts";
export { type Observation, type OrderSign, type OrderVerdict, orderOfTransition } from "./transitions/order/index.ts";
