import { invalid } from "../../errors.ts";
import { log1p } from "../../numerics/elementary/log1p.ts";
import { powerBySquaring } from "../../numerics/power.ts";

/** Inverse temperature times data size, and pull towards the point. */
export interface Resolution {
  readonly nBeta: number;
  readonly gamma: number;
}

/** Effective coefficient of a quadratic loss with curvatures h: (1/2) sum nBeta h / (nBeta h + gamma). */
export const effectiveCoefficient = (curvatures: Float64Array, { nBeta, gamma }: Resolution): number => {
  checkResolution({ nBeta, gamma });
  let sum = 0;
  for (const h of curvatures) sum += (nBeta * h) / (nBeta * h + gamma);
  return sum / 2;
};

/** Localised free energy of a quadratic loss without its nBeta L: (1/2) sum log(1 + nBeta h / gamma). */
export const harmonicFreeEnergy = (curvatures: Float64Array, { nBeta, gamma }: Resolution): number => {
  checkResolution({ nBeta, gamma });
  let sum = 0;
  for (const h of curvatures) sum += log1p((nBeta * h) / gamma);
  return sum / 2;
};

export interface LangevinRun extends Resolution {
  readonly stepSize: number;
  readonly burnIn: number;
  readonly draws: number;
}

/** Largest stepSize (nBeta h + gamma); a Langevin chain runs away from 4 on. */
export const langevinStability = (largest: number, { nBeta, gamma, stepSize }: LangevinRun): number =>
  stepSize * (nBeta * largest + gamma);

/**
 * What a full-batch Langevin chain of finite length that starts at the point measures on a quadratic loss: with
 * L_i = nBeta h_i + gamma, v = 1 / (L (1 - stepSize L / 4)) and q = (1 - stepSize L / 2)^2,
 *
 *     (1/2) sum nBeta h v (1 - (q^burnIn - q^(burnIn + draws)) / ((1 - q) draws)).
 *
 * Throws a LandauError when the chain would run away.
 */
export const langevinCoefficient = (curvatures: Float64Array, run: LangevinRun): number => {
  const { nBeta, gamma, stepSize, burnIn, draws } = run;
  checkResolution(run);
  let sum = 0;
  for (const h of curvatures) {
    const curvature = nBeta * h + gamma;
    const x = stepSize * curvature;
    if (!(x < 4))
      throw invalid(
        "stepSize",
        stepSize,
        `less than ${4 / curvature} (4 / largest nBeta h + gamma), or the chain runs away`,
      );
    const root = 1 - x / 2;
    // 1 - q without cancellation.
    const rest = x * (1 - x / 4);
    const before = powerBySquaring(root * root, burnIn);
    const left = rest === 0 ? before : (before * oneMinusPower(root * root, draws)) / (rest * draws);
    sum += (nBeta * h * (1 - left)) / (curvature * (1 - x / 4));
  }
  return sum / 2;
};

const oneMinusPower = (base: number, exponent: number): number => 1 - powerBySquaring(base, exponent);

const checkResolution = ({ nBeta, gamma }: Resolution): void => {
  if (!(nBeta > 0 && nBeta < Infinity)) throw invalid("nBeta", nBeta, "a positive number");
  if (!(gamma > 0 && gamma < Infinity)) throw invalid("gamma", gamma, "a positive number");
};
