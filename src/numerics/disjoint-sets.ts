/** Sets of the nodes 0, ..., size - 1, joined step by step. */
export interface DisjointSets {
  /** The same node for all nodes of one set. */
  root(node: number): number;
  join(one: number, other: number): void;
}

export const disjointSets = (size: number): DisjointSets => {
  const parent = Int32Array.from({ length: size }, (_, i) => i);
  const root = (node: number): number => {
    let top = node;
    while (parent[top] !== top) {
      parent[top] = parent[parent[top]];
      top = parent[top];
    }
    return top;
  };
  return {
    root,
    join(one, other) {
      parent[root(one)] = root(other);
    },
  };
};
