import { mean } from "../../numerics/statistics.ts";

/** Correlations below this are lost in the noise of their estimate. */
const LEAST_CORRELATION = 0.1;

/**
 * By how much unadjusted Langevin steps make nBeta <K> too large, from the correlations of the loss. A direction with curvature a and step size e shrinks by
 * r = 1 - e a / 2 a step; the correlation of its energy at lag k is r^(2k), and the bias 1 / (1 - e a / 4) = 2 / (1 + r). The ratio of the correlations at lags 2 and 1
 * is free of the noise of minibatches, which has none. Undefined where draws are too far apart to tell. Of several directions, the stiff ones count less here
 * than in the bias: it may be larger.
 */
export const stepBiasOf = (chains: readonly Float64Array[], stepsBetween: number): number | undefined => {
  const covariance = (lag: number): number =>
    mean(
      chains.map(chain => {
        const level = mean(chain);
        let sum = 0;
        for (let i = lag; i < chain.length; i++) sum += (chain[i] - level) * (chain[i - lag] - level);
        return sum / chain.length;
      }),
    );
  const [none, one, two] = [0, 1, 2].map(covariance);
  if (!(none > 0) || one < LEAST_CORRELATION * none) return undefined;
  const squared = Math.min(1, two / one);
  if (!(squared > LEAST_CORRELATION)) return undefined;
  // The root of order 2 stepsBetween, by bisection: elementary powers are not the same in every engine.
  let [low, high] = [0, 1];
  for (let i = 0; i < 60; i++) {
    const middle = 0.5 * (low + high);
    let power = 1;
    for (let k = 0; k < 2 * stepsBetween; k++) power *= middle;
    if (power < squared) low = middle;
    else high = middle;
  }
  return 2 / (1 + low) - 1;
};
