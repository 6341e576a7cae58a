import { mean, variance } from "../../numerics/statistics.ts";
import { mcseMean } from "../../sampling/diagnostics/standard-error.ts";

/** Draws at the start that are left out at most. */
const MOST_SHARE = 0.5;
/** Standard errors by which the start must lie apart from the rest to be left out. */
const APART = 3;

/**
 * Draws at the start of chains of one length that are not of the level on which they end: where the variance of the rest of the mean over chains, divided by
 * its length, is least; none where those draws are no different.  [marginal standard error rule, White 1997]
 */
export const burnInOf = (chains: readonly Float64Array[]): number => {
  const draws = chains[0].length;
  const along = meanOverChains(chains);
  let [sum, squares, least, best] = [0, 0, Infinity, 0];
  const shift = along[draws - 1];
  for (let from = draws - 1; from >= 0; from--) {
    const value = along[from] - shift;
    sum += value;
    squares += value * value;
    const count = draws - from;
    if (from > MOST_SHARE * draws) continue;
    const spread = (squares - (sum * sum) / count) / (count * count);
    if (spread < least) [least, best] = [spread, from];
  }
  if (best === 0) return 0;
  const rest = chains.map(chain => chain.subarray(best));
  const error = mcseMean(rest);
  const start = mean(along.subarray(0, best));
  const startError = Math.sqrt(variance(along.subarray(best)) / best);
  if (error.kind === "undefined") return best;
  return Math.abs(start - mean(along.subarray(best))) >
    APART * Math.sqrt(error.value * error.value + startError * startError)
    ? best
    : 0;
};

/** Mean over the chains of each draw. */
export const meanOverChains = (chains: readonly Float64Array[]): Float64Array =>
  chains[0].map((_, draw) => {
    let sum = 0;
    for (const chain of chains) sum += chain[draw];
    return sum / chains.length;
  });
