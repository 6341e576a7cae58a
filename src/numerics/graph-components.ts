/** How many nodes of a graph have an edge, and how many connected components these make; edge i joins from[i] and to[i]. */
export const graphComponents = (
  size: number,
  from: ArrayLike<number>,
  to: ArrayLike<number>,
): { readonly nodes: number; readonly components: number } => {
  const parent = Int32Array.from({ length: size }, (_, i) => i);
  const root = (node: number): number => {
    let top = node;
    while (parent[top] !== top) {
      parent[top] = parent[parent[top]];
      top = parent[top];
    }
    return top;
  };
  const seen = new Set<number>();
  for (let i = 0; i < from.length; i++) {
    seen.add(from[i]).add(to[i]);
    parent[root(from[i])] = root(to[i]);
  }
  return { nodes: seen.size, components: [...seen].filter(node => root(node) === node).length };
};
