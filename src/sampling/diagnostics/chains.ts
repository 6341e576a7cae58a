import { invalid } from "../../errors.ts";
import { type Undefined, undefinedFor } from "./diagnostic.ts";

/** Draws of one quantity, a series for each chain; all of one length. */
export type Chains = readonly ArrayLike<number>[];

/** Throws a LandauError when there is no chain or their lengths differ. */
export const checkChains = (chains: Chains): void => {
  if (chains.length === 0) throw invalid("chains", [], "at least one chain");
  chains.forEach((chain, c) => {
    if (chain.length !== chains[0].length)
      throw invalid(`the length of chain ${c}`, chain.length, `as many draws as chain 0 has, ${chains[0].length}`);
  });
};

/** Why nothing can be said of these draws: too few, one that is not finite, or all the same. */
export const whyUndefined = (chains: Chains, least = 4): Undefined | undefined => {
  checkChains(chains);
  const length = chains[0].length;
  if (length < least) return undefinedFor(`${length} draws a chain: needs at least ${least}`);
  const first = chains[0][0];
  let moved = false;
  for (let c = 0; c < chains.length; c++) {
    const chain = floats(chains[c]);
    for (let i = 0; i < length; i++) {
      const value = chain[i];
      // Neither NaN nor what is too large is at most that.
      if (!(Math.abs(value) <= LARGEST))
        return undefinedFor(
          `draw ${i} of chain ${c} is ${value}${Number.isFinite(value) ? ": too large to be squared" : ""}`,
        );
      if (value !== first) moved = true;
    }
  }
  return moved ? undefined : undefinedFor(`every draw is ${first}`);
};

/** Loops over one kind of array only are several times as fast. */
const floats = (chain: ArrayLike<number>): Float64Array =>
  chain instanceof Float64Array ? chain : Float64Array.from(chain);

/** Fourth powers of these still have sums. */
const LARGEST = 1e75;

/** The two halves of every chain as chains of their own; the middle draw of an odd number is left out. */
export const splitChains = (chains: Chains): Float64Array[] =>
  chains.flatMap(chain => {
    const all = floats(chain);
    const half = Math.floor(all.length / 2);
    return [all.subarray(0, half), all.subarray(all.length - half)];
  });

/** All draws, chain after chain. */
export const pooled = (chains: Chains): Float64Array => {
  const length = chains[0].length;
  const all = new Float64Array(chains.length * length);
  chains.forEach((chain, c) => {
    all.set(chain, c * length);
  });
  return all;
};

/** The chains with every draw mapped. */
export const mapDraws = (chains: Chains, map: (draw: number) => number): Float64Array[] =>
  chains.map(chain => {
    const draws = floats(chain);
    const mapped = new Float64Array(draws.length);
    for (let i = 0; i < mapped.length; i++) mapped[i] = map(draws[i]);
    return mapped;
  });
