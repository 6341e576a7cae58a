export type { CoefficientSign } from "./findings.ts";
export { type FreeEnergy, type FreeEnergyOptions, freeEnergy } from "./free-energy.ts";
export { type HessianTrace, type HessianTraceOptions, hessianTrace } from "./hessian-trace.ts";
export {
  type CoefficientEstimate,
  type CoefficientFailure,
  type CoefficientOptions,
  type CoefficientResult,
  type FailureReason,
  learningCoefficient,
  type Multiplicity,
} from "./learning-coefficient.ts";
export {
  learningCoefficients,
  type Trajectory,
  type TrajectoryOptions,
  type TrajectoryPoint,
} from "./learning-coefficients.ts";
