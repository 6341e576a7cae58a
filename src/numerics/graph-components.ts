import { disjointSets } from "./disjoint-sets.ts";

/** How many nodes of a graph have an edge, and how many connected components these make; edge i joins from[i] and to[i]. */
export const graphComponents = (
  size: number,
  from: ArrayLike<number>,
  to: ArrayLike<number>,
): { readonly nodes: number; readonly components: number } => {
  const { root, join } = disjointSets(size);
  const seen = new Set<number>();
  for (let i = 0; i < from.length; i++) {
    seen.add(from[i]).add(to[i]);
    join(from[i], to[i]);
  }
  return { nodes: seen.size, components: [...seen].filter(node => root(node) === node).length };
};
