import { invalid } from "../../errors.ts";
import { normalQuantile } from "../normal-quantile.ts";

export interface Proportion {
  /** successes / trials */
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Wilson's score interval for a probability seen as `successes` out of `trials`:
 * (p + z^2 / 2n -+ z sqrt(p (1 - p) / n + z^2 / 4n^2)) / (1 + z^2 / n). Sound for few trials, and for none or all successes.
 *
 * Source: Wilson, J. Am. Stat. Assoc. 22 (1927) 209.
 */
export const wilson = (successes: number, trials: number, level = 0.95): Proportion => {
  if (!(Number.isSafeInteger(trials) && trials >= 1)) throw invalid("trials", trials, "an integer >= 1");
  if (!(Number.isSafeInteger(successes) && successes >= 0 && successes <= trials))
    throw invalid("successes", successes, `an integer from 0 to ${trials}, the number of trials`);
  if (!(level > 0 && level < 1)) throw invalid("level", level, "a probability between 0 and 1, ends excluded");
  const z = normalQuantile((1 + level) / 2);
  const p = successes / trials;
  const share = (z * z) / trials;
  const centre = p + share / 2;
  const half = Math.sqrt(share * (p * (1 - p) + share / 4));
  return {
    estimate: p,
    // Exactly 0 and 1 at the ends, where rounding would leave a last bit.
    low: successes === 0 ? 0 : (centre - half) / (1 + share),
    high: successes === trials ? 1 : (centre + half) / (1 + share),
  };
};
