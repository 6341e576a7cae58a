import { invalid } from "../../errors.ts";
import { log } from "../../numerics/elementary.ts";
import { type CanonicalAverage, checkTemperature } from "./canonical-average.ts";
import { checkList } from "./checks.ts";

const LN_TWO_PI = 1.8378770664093453;

/**
 * K = (1/2) sum_i h_i w_i^2 under exp(-gamma |w|^2 / 2) dw: each direction gives t h_i / (2 (t h_i + gamma)) to t <K>, less
 * than 1/2 by the bias that localisation causes, and (1/2) log(2 pi / (t h_i + gamma)) to log Z. Needs gamma > 0 where
 * some h_i is 0.
 */
export const localisedQuadratic = (
  curvatures: ArrayLike<number>,
  localisation: number,
  t: number,
): CanonicalAverage => {
  checkTemperature("t", t);
  checkCurvatures(curvatures, localisation);
  let tMeanK = 0;
  let logZ = 0;
  for (let i = 0; i < curvatures.length; i++) {
    const stiffness = t * curvatures[i] + localisation;
    if (stiffness === 0)
      throw invalid("localisation", localisation, `a number above 0, as curvatures[${i}] is 0: Z is not finite`);
    tMeanK += (t * curvatures[i]) / (2 * stiffness);
    logZ += 0.5 * (LN_TWO_PI - log(stiffness));
  }
  return { tMeanK, logZ };
};

export const checkCurvatures = (curvatures: ArrayLike<number>, localisation: number): void => {
  checkList("curvatures", Array.from(curvatures));
  for (let i = 0; i < curvatures.length; i++)
    if (!(curvatures[i] >= 0 && curvatures[i] <= Number.MAX_VALUE))
      throw invalid(`curvatures[${i}]`, curvatures[i], "a finite number >= 0");
  if (!(localisation >= 0 && localisation <= Number.MAX_VALUE))
    throw invalid("localisation", localisation, "a finite number >= 0");
};
