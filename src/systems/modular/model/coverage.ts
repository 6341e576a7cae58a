import { graphComponents } from "../../../numerics/graph-components.ts";
import type { Pairs } from "./pairs.ts";

/** The bipartite graph of a set of pairs: a node for each value of a and each of b that occurs, an edge for each pair. */
export interface Coverage {
  readonly nodes: number;
  readonly components: number;
  /** Whether all 2 p values occur and one component holds them. */
  readonly connected: boolean;
  /** Pairs of the value that has the fewest; 0 when one does not occur. */
  readonly fewestPairs: number;
}

export const coverageOf = ({ p, a, b }: Pick<Pairs, "p" | "a" | "b">): Coverage => {
  const { nodes, components } = graphComponents(
    2 * p,
    a,
    b.map(value => p + value),
  );
  const pairsOfValue = new Int32Array(2 * p);
  for (let n = 0; n < a.length; n++) {
    pairsOfValue[a[n]]++;
    pairsOfValue[p + b[n]]++;
  }
  return { nodes, components, connected: nodes === 2 * p && components === 1, fewestPairs: Math.min(...pairsOfValue) };
};

/**
 * Whether the rank at a generic zero on connected pairs is the closed form, and not less. From K = N neurons on C alone reaches every
 * residual. Below, a value in d pairs can use no more than d p of its K weights, and with K < p neurons all outputs lie in the K dimensions
 * of C, where N residuals each must hold what the neurons can do. Centring takes one residual of each output.
 */
export const isCountExact = (
  { connected, fewestPairs }: Coverage,
  { p, K, N, centred }: { readonly p: number; readonly K: number; readonly N: number; readonly centred: boolean },
): boolean => {
  if (!connected) return false;
  const residuals = centred ? N - 1 : N;
  return K >= N || (fewestPairs * p >= K && (K >= p || residuals >= 2 * p - 2 + K));
};

/** What to tell of a training graph that is not connected; undefined of one that is. */
export const coverageWarning = (pairs: Pick<Pairs, "p" | "a" | "b">): string | undefined => {
  const { nodes, components, connected } = coverageOf(pairs);
  if (connected) return undefined;
  return (
    `the graph of the ${pairs.a.length} training pairs has ${components} component${components === 1 ? "" : "s"} and covers ` +
    `${nodes} of the ${2 * pairs.p} values: rank formulas are upper bounds; take a larger trainFraction`
  );
};
