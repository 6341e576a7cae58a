import { exp, log } from "../../../numerics/elementary.ts";
import { minimumByThirds } from "../../../numerics/minimum.ts";

/** A ground state and g states at energy eps. */
export interface TwoLevel {
  readonly g: number;
  readonly eps: number;
}

/** Probability of the ground state, 1 / (1 + g exp(-eps/T)). */
export const groundProbability = ({ g, eps }: TwoLevel, T: number): number => {
  const odds = log(g) - eps / T;
  return odds > 0 ? exp(-odds) / (1 + exp(-odds)) : 1 / (1 + exp(odds));
};

/** Ground state or not, which is all that T can be told from. The smaller of the two keeps its digits. */
export const twoLevelDistribution = ({ g, eps }: TwoLevel, T: number): Float64Array => {
  const odds = log(g) - eps / T;
  const small = exp(-Math.abs(odds)) / (1 + exp(-Math.abs(odds)));
  const large = 1 / (1 + exp(-Math.abs(odds)));
  return odds > 0 ? Float64Array.of(small, large) : Float64Array.of(large, small);
};

/** F = eps^2 P0 (1 - P0) / T^4. */
export const twoLevelFisher = (level: TwoLevel, T: number): number => {
  const [ground, excited] = twoLevelDistribution(level, T);
  const { eps } = level;
  return (eps * eps * ground * excited) / (T * T * T * T);
};

/** eps / ln g, where ground state and excited states are alike. */
export const freezingTemperature = ({ g, eps }: TwoLevel): number => eps / log(g);

/** Where the Fisher information is largest, below the freezing temperature by a part of about 1 / ln g. */
export const fisherPeak = (level: TwoLevel): number => {
  const freezing = freezingTemperature(level);
  return minimumByThirds(T => -twoLevelFisher(level, T), freezing / 4, 1.5 * freezing, 80);
};
