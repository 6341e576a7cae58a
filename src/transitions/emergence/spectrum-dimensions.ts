import { invalid } from "../../errors.ts";
import { exp, log } from "../../numerics/elementary.ts";
import { checkValues } from "../../numerics/statistics/check-values.ts";

/** How many directions a representation uses, from the eigenvalues of its covariance. */
export interface SpectrumDimensions {
  /** (sum l)^2 / sum l^2 */
  readonly participation: number;
  /** exp of the entropy of l / sum l. */
  readonly entropyRank: number;
  /** sum l / max l */
  readonly stableRank: number;
}

/** Eigenvalues from 0 on, not all nought. */
export const spectrumDimensions = (eigenvalues: readonly number[]): SpectrumDimensions => {
  checkValues("eigenvalues", eigenvalues, 1);
  const negative = eigenvalues.findIndex(value => value < 0);
  if (negative >= 0) throw invalid(`eigenvalues[${negative}]`, eigenvalues[negative], "a number from 0 on");
  const whole = eigenvalues.reduce((sum, value) => sum + value, 0);
  if (!(whole > 0)) throw invalid("eigenvalues", eigenvalues, "a positive one among them");
  const shares = eigenvalues.map(value => value / whole);
  return {
    participation: 1 / shares.reduce((sum, share) => sum + share * share, 0),
    entropyRank: exp(-shares.reduce((sum, share) => sum + (share > 0 ? share * log(share) : 0), 0)),
    stableRank: 1 / Math.max(...shares),
  };
};

/** Fall of the participation ratio that is a sign of compression. A convention. */
export const COMPRESSED = 0.3;
