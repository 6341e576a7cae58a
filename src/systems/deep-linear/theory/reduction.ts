import { invalid } from "../../../errors.ts";
import { exp, log } from "../../../numerics/elementary.ts";
import { symmetricEigen } from "../../../numerics/linear-algebra.ts";
import { power } from "../../../numerics/power.ts";
import { globalB } from "./anisotropic.ts";
import type { PhaseName } from "./global-minimum.ts";
import { type Directions, eliminatedLoss } from "./landau.ts";

/** Second moments of the data: A0 = E[x x^T] (rows), n = E[x y], Ey2 = E[y^2]. */
export interface Moments {
  readonly A0: readonly (readonly number[])[];
  readonly n: readonly number[];
  readonly Ey2: number;
}

/** A network by what its loss sees of it; lists run from the first hidden layer to the last. */
export interface NetworkShape {
  readonly gammaU: number;
  readonly gammaW: readonly number[];
  readonly widths: readonly number[];
  /** Variance of the multiplicative noise of each hidden layer. */
  readonly sigma2: readonly number[];
}

export interface Reduction {
  /** Geometric mean of the decays. */
  readonly g: number;
  /** prod (1 + sigma2_l / d_l) */
  readonly noiseFactor: number;
  readonly phase: PhaseName;
  readonly B: number | null;
  /** The predictor at the global minimum. */
  readonly v: readonly number[];
  readonly minLoss: number;
  /** Penalty of each layer at the minimum. */
  readonly regPerLayer: number;
}

/**
 * The global minimum of a whole network with noise and unequal decays, by the reduction
 * F(v) = v K v - 2 n v + (D+1) g |v|^(2/(D+1)) + Ey2 with K = c A0: widths, decays and noise matter only through g and c.
 * Throws a LandauError for lists of unequal lengths, and where y varies along a direction without inputs.
 */
export const reduce = ({ A0, n, Ey2 }: Moments, shape: NetworkShape): Reduction => {
  const { gammaU, gammaW, widths, sigma2 } = shape;
  for (const [name, list] of Object.entries({ widths, sigma2 }))
    if (list.length !== gammaW.length) throw invalid(name, list, `${gammaW.length} numbers, one for each hidden layer`);
  const D = gammaW.length;
  const dx = n.length;
  if (A0.length !== dx) throw invalid("A0", A0, `${dx} rows, as n has entries`);
  const g = exp(gammaW.reduce((sum, gamma) => sum + log(gamma), log(gammaU)) / (D + 1));
  const noiseFactor = widths.reduce((product, d, l) => product * (1 + sigma2[l] / d), 1);
  const { values, vectors } = symmetricEigen(Float64Array.from(A0.flat()), dx);
  const kappa = Array.from(values, a => noiseFactor * a);
  const inBasis = Array.from({ length: dx }, (_, i) => n.reduce((sum, nk, k) => sum + vectors[i * dx + k] * nk, 0));
  const N = Math.sqrt(inBasis.reduce((sum, ni) => sum + ni * ni, 0));
  kappa.forEach((value, i) => {
    if (value > 1e-12 * kappa[dx - 1]) return;
    // A direction without inputs has no part in y either.
    if (!(Math.abs(inBasis[i]) <= 1e-9 * N))
      throw invalid("A0", A0, "a positive definite matrix: y varies along a direction in which x does not");
    inBasis[i] = 0;
  });
  const back = (coefficients: readonly number[]): number[] =>
    Array.from({ length: dx }, (_, k) => coefficients.reduce((sum, c, i) => sum + c * vectors[i * dx + k], 0));

  if (D === 0) {
    const v = inBasis.map((ni, i) => ni / (kappa[i] + g));
    const squared = v.reduce((sum, vi) => sum + vi * vi, 0);
    const gain = v.reduce((sum, vi, i) => sum + vi * inBasis[i], 0);
    return {
      g,
      noiseFactor,
      phase: "no transition",
      B: null,
      v: back(v),
      minLoss: Ey2 - gain,
      regPerLayer: g * squared,
    };
  }
  const directions: Directions = { D, n: inBasis, kappa };
  const B = globalB(directions, g);
  const top = power(B, D);
  return {
    g,
    noiseFactor,
    phase: B > 0 ? "learned" : "trivial",
    B,
    v: back(inBasis.map((ni, i) => (ni * top) / (kappa[i] * top + g))),
    minLoss: Ey2 + eliminatedLoss(directions, g, B),
    regPerLayer: g * B,
  };
};
