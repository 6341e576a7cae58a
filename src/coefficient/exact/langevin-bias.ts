import { invalid, LandauError } from "../../errors.ts";
import { checkCurvatures } from "./localised-quadratic.ts";

/** An unadjusted Langevin chain on L(w) = (1/2) sum_i h_i w_i^2 around its own minimum. */
export interface QuadraticChain {
  /** h_i >= 0. */
  readonly curvatures: ArrayLike<number>;
  readonly nBeta: number;
  /** gamma, the pull towards the minimum. */
  readonly localisation: number;
  readonly stepSize: number;
  /** C: variance that minibatches add to each entry of nBeta g. 0 when absent. */
  readonly gradNoiseVariance?: number;
}

export interface LangevinBias {
  /** What the chain reads, nBeta <L - L(0)> in its stationary state. */
  readonly llcHat: number;
  /** The same for an exact sampler of the localised posterior: small steps, no minibatches. */
  readonly continuousLimit: number;
}

/**
 * The exact reading of w <- w - (stepSize/2) (nBeta g + gamma w) + sqrt(stepSize) xi on a quadratic. With
 * a_i = nBeta h_i + gamma the stationary variance is (1 + stepSize C/4) / (a_i (1 - stepSize a_i/4)), hence
 *
 *     llcHat = sum_i (nBeta h_i/2) (1 + stepSize C/4) / (a_i (1 - stepSize a_i/4)).
 *
 * So the step size inflates an estimate by 1/(1 - stepSize a/4), localisation deflates it by 1/(1 + gamma/(nBeta h)), and
 * minibatch noise inflates it by 1 + stepSize C/4. Throws when the step size is not below 4 / max a_i, where the chain
 * has no stationary state.
 */
export const langevinBias = (chain: QuadraticChain): LangevinBias => {
  const { curvatures, nBeta, localisation, stepSize, gradNoiseVariance = 0 } = chain;
  const limit = largestStableStep(chain);
  if (!(stepSize > 0)) throw invalid("stepSize", stepSize, "a number above 0");
  if (!(stepSize < limit))
    throw new LandauError(
      "input",
      `stepSize ${stepSize} is unstable: needs < ${limit} = 4 / (largest curvature x nBeta + localisation)`,
    );
  if (!(gradNoiseVariance >= 0 && gradNoiseVariance <= Number.MAX_VALUE))
    throw invalid("gradNoiseVariance", gradNoiseVariance, "a finite number >= 0");
  let llcHat = 0;
  let continuousLimit = 0;
  for (let i = 0; i < curvatures.length; i++) {
    // A flat direction has no share in the loss, wherever the chain is.
    if (curvatures[i] === 0) continue;
    const pull = nBeta * curvatures[i];
    const a = pull + localisation;
    continuousLimit += pull / (2 * a);
    llcHat += (0.5 * pull * (1 + 0.25 * stepSize * gradNoiseVariance)) / (a * (1 - 0.25 * stepSize * a));
  }
  return { llcHat, continuousLimit };
};

/** 4 / (nBeta max h_i + gamma): from here on a chain on this quadratic diverges. */
export const largestStableStep = ({
  curvatures,
  nBeta,
  localisation,
}: Pick<QuadraticChain, "curvatures" | "nBeta" | "localisation">): number => {
  checkCurvatures(curvatures, localisation);
  if (!(nBeta > 0 && nBeta <= Number.MAX_VALUE)) throw invalid("nBeta", nBeta, "a finite number above 0");
  return 4 / (nBeta * Math.max(...Array.from(curvatures)) + localisation);
};
