export { type FreeEnergy, type FreeEnergyOptions, freeEnergy } from "./free-energy.ts";
export { type HessianTrace, type HessianTraceOptions, hessianTrace } from "./hessian-trace.ts";
export {
  type CoefficientEstimate,
  type CoefficientFailure,
  type CoefficientHealth,
  type CoefficientOptions,
  type CoefficientResult,
  type FailureReason,
  learningCoefficient,
  type MultiplicityEvidence,
} from "./learning-coefficient.ts";
export {
  learningCoefficients,
  type Trajectory,
  type TrajectoryOptions,
  type TrajectoryPoint,
} from "./learning-coefficients.ts";
export type { Verdict } from "./verdicts.ts";
