import { invalid } from "../../../errors.ts";
import { directionsOf } from "../../../learning/data/directions.ts";
import type { Moments } from "../../../learning/data/weighted.ts";
import type { NoisyShape } from "../../../learning/networks/noisy-linear.ts";
import { exp, log } from "../../../numerics/elementary.ts";
import { power } from "../../../numerics/power.ts";
import { globalB } from "./anisotropic.ts";
import type { PhaseName } from "./global-minimum.ts";
import { eliminatedLoss } from "./landau.ts";

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
export const reduce = (moments: Moments, shape: NoisyShape): Reduction => {
  const { A0, n, Ey2 } = moments;
  const { gammaU, gammaW, widths, sigma2 } = shape;
  for (const [name, list] of Object.entries({ widths, sigma2 }))
    if (list.length !== gammaW.length) throw invalid(name, list, `${gammaW.length} numbers, one for each hidden layer`);
  const D = gammaW.length;
  const dx = n.length;
  if (A0.length !== dx) throw invalid("A0", A0, `${dx} rows, as n has entries`);
  const g = exp(gammaW.reduce((sum, gamma) => sum + log(gamma), log(gammaU)) / (D + 1));
  const noiseFactor = widths.reduce((product, d, l) => product * (1 + sigma2[l] / d), 1);
  const { variances, n: inBasis, back } = directionsOf(moments);
  const kappa = Array.from(variances, a => noiseFactor * a);
  const N = Math.sqrt(inBasis.reduce((sum, ni) => sum + ni * ni, 0));
  kappa.forEach((value, i) => {
    if (value > 1e-12 * kappa[dx - 1]) return;
    // A direction without inputs has no part in y either.
    if (!(Math.abs(inBasis[i]) <= 1e-9 * N))
      throw invalid("A0", A0, "a positive definite matrix: y varies along a direction in which x does not");
    inBasis[i] = 0;
  });

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
  const directions = { D, n: inBasis, kappa };
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
