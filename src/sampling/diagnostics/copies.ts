import type { Chains } from "./chains.ts";

/** Finds chains that hold the same draws of everything that moves: a file given twice, or two chains of one seed. */
export interface CopyFinder {
  /** Looks at one more quantity. */
  see(chains: Chains): void;
  /** Pairs of chains, from 0. */
  pairs(): readonly (readonly [number, number])[];
}

export const copyFinder = (): CopyFinder => {
  let pairs: [number, number][] | undefined;
  return {
    see(chains) {
      if (!chains.some(chain => moves(chain))) return;
      pairs ??= chains.flatMap((_, b) => Array.from({ length: b }, (_, a): [number, number] => [a, b]));
      pairs = pairs.filter(([a, b]) => equal(chains[a], chains[b]));
    },
    pairs: () => pairs ?? [],
  };
};

const moves = (chain: ArrayLike<number>): boolean => {
  for (let i = 1; i < chain.length; i++) if (chain[i] !== chain[0] && !Number.isNaN(chain[i])) return true;
  return false;
};

const equal = (a: ArrayLike<number>, b: ArrayLike<number>): boolean => {
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return false;
  return true;
};
