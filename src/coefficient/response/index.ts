export {
  type Component,
  type ComponentKind,
  componentsOf,
} from "./components.ts";
export { covarianceLimit, meanLimit, powerMoment, type Quartic, quarticAverages, quarticLimits } from "./laws.ts";
export { type LocalDraws, type LocalDrawsOptions, localDraws, type Observables } from "./local-draws.ts";
export type { Measured } from "./of-means.ts";
export {
  type DataGroup,
  gammaAt,
  influences,
  type ResponseMatrix,
  type ResponseOptions,
  susceptibilities,
} from "./susceptibility.ts";
