/**
 * Learning coefficients and averages that are known exactly, each with its formula and source: lambda as a fraction in lowest terms
 * (`fractionText`, `toNumber`) and its multiplicity. What cannot be used throws a LandauError of kind "input" that names it.
 */

export { type Fraction, fractionText, toNumber } from "../../numerics/fraction.ts";
export { boxAverage } from "./box-average.ts";
export type { CanonicalAverage } from "./canonical-average.ts";
export { type DeepLinear, deepLinear } from "./deep-linear.ts";
export { type DiagonalLinear, diagonalLinear } from "./diagonal-linear.ts";
export { type Escape, escapeLaw, type Phases } from "./escape-law.ts";
export type { ExactCoefficient } from "./exact-coefficient.ts";
export { type Homogeneous, homogeneous } from "./homogeneous.ts";
export { independentProduct, independentSum } from "./independent.ts";
export { type LangevinBias, langevinBias, largestStableStep, type QuadraticChain } from "./langevin-bias.ts";
export { type LinePlusDot, linePlusDot } from "./line-plus-dot.ts";
export { type LinearNetwork, linearNetworkAverage } from "./linear-network-average.ts";
export { type LocalisedPower, localisedPower } from "./localised-power.ts";
export { localisedQuadratic } from "./localised-quadratic.ts";
export { type LocationMixture, locationMixture } from "./location-mixture.ts";
export { type MonomialIdeal, monomialIdeal } from "./monomial-ideal.ts";
export { type NormalCrossing, normalCrossing } from "./normal-crossing.ts";
export { planeCurve } from "./plane-curve.ts";
export { type RankFloor, type RankFloorSettings, rankFloor } from "./rank-floor.ts";
export {
  type ReducedRank,
  type ReducedRankCoefficient,
  type ReducedRankPoint,
  reducedRank,
  reducedRankLocal,
} from "./reduced-rank.ts";
export { regular } from "./regular.ts";
export { sumOfPowers } from "./sum-of-powers.ts";
export { type SymmetricFactorisation, symmetricFactorisation } from "./symmetric-factorisation.ts";
export { tanhNetwork } from "./tanh-network.ts";
