import { mean, variance } from "../../numerics/statistics.ts";
import { type Chains, splitChains, whyUndefined } from "./chains.ts";
import { type Diagnostic, defined, undefinedFor, whenDefined } from "./diagnostic.ts";
import { spreadOf } from "./plain-draws.ts";
import type { Prepared, Spread } from "./prepared.ts";
import { preparing } from "./preparing.ts";

/**
 * Potential scale reduction: the larger of the rank-normalised split R-hat of the draws (do the chains agree on the place?) and of
 * their distances from the median (on the width?). Near 1 when they do; above 1.01 they do not.
 * [Vehtari, Gelman, Simpson, Carpenter, Buerkner 2021, section 4]
 */
export const rHat = (chains: Chains): Diagnostic => preparing(chains, rHatOf);

export const rHatOf = (draws: Prepared): Diagnostic =>
  whenDefined([ofBulk(draws), ofFolded(draws)], (bulk, folded) => defined(Math.max(bulk, folded)));

/** Split R-hat of the normal scores of the draws. */
export const rHatBulk = (chains: Chains): Diagnostic => preparing(chains, ofBulk);

const ofBulk = (draws: Prepared): Diagnostic => draws.whyUndefined() ?? betweenOverWithin(draws.scoreSpread());

/** Split R-hat of the normal scores of |draw - median|. */
export const rHatFolded = (chains: Chains): Diagnostic => preparing(chains, ofFolded);

const ofFolded = (draws: Prepared): Diagnostic => {
  const wrong = draws.whyUndefined();
  if (wrong) return wrong;
  const spread = draws.foldedSpread();
  return "kind" in spread ? spread : betweenOverWithin(spread);
};

/** Split R-hat of the draws as they are; sensitive to heavy tails.  [Gelman et al. 2013] */
export const rHatBasic = (chains: Chains): Diagnostic =>
  whyUndefined(chains) ?? betweenOverWithin(spreadOf(splitChains(chains)));

/** sqrt((B / W + n - 1) / n), B = n variance of the chains' means, W = mean of their variances. */
const betweenOverWithin = ({ n, means, variances }: Spread): Diagnostic => {
  const between = n * variance(means);
  const within = mean(variances);
  if (within === 0) return undefinedFor("no chain moves, though they differ");
  return defined(Math.sqrt((between / within + n - 1) / n));
};
