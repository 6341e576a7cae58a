import { graphComponents } from "../../../numerics/graph-components.ts";
import type { Pairs } from "./pairs.ts";

/** The bipartite graph of a set of pairs: a node for each value of a and each of b that occurs, an edge for each pair. */
export interface Coverage {
  readonly nodes: number;
  readonly components: number;
  /** Whether all 2 p values occur and one component holds them: then the rank formulas are exact, otherwise upper bounds. */
  readonly connected: boolean;
}

export const coverageOf = ({ p, a, b }: Pick<Pairs, "p" | "a" | "b">): Coverage => {
  const { nodes, components } = graphComponents(
    2 * p,
    a,
    b.map(value => p + value),
  );
  return { nodes, components, connected: nodes === 2 * p && components === 1 };
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
