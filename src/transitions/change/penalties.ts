import { log } from "../../numerics/elementary.ts";
import { quantile } from "../../numerics/statistics.ts";

/** What a change costs in -2 ln likelihood, for a series of n values and segments that have so many parameters of their own. */
export const penalties = {
  /** 2 for each parameter and for the place. [Akaike 1974] */
  aic: (_n: number, parameters: number): number => 2 * (parameters + 1),
  /** ln n for each parameter and for the place. [Schwarz 1978] */
  bic: (n: number, parameters: number): number => (parameters + 1) * log(n),
  /** ln n for each parameter and twice for the place, which is one of n: the modified criterion, lengths of segments apart. [Zhang and Siegmund 2007] */
  mbic: (n: number, parameters: number): number => (parameters + 2) * log(n),
} as const;

export type Penalty = keyof typeof penalties;

/** Standard deviation over the median distance from 0, of a normal law. */
const NORMAL_DEVIATION = 1.482602218505602;

/** Variance of white noise, from the median size of the differences of neighbours, which few changes do not move. */
export const noiseVariance = (values: ArrayLike<number>): number => {
  const sizes = new Float64Array(values.length - 1);
  for (let i = 0; i < sizes.length; i++) sizes[i] = Math.abs(values[i + 1] - values[i]);
  const deviation = NORMAL_DEVIATION * quantile(sizes, 0.5);
  return (deviation * deviation) / 2;
};
