import type { Graph } from "../graph/graph.ts";
import { type Node, nodesFor } from "../graph/node.ts";
import type { Ops } from "../graph/ops.ts";

/** log sum exp x = max x + log sum exp(x - max x), for loops over whole arrays. `isKept` says which stay as they are. */
export const expandLogSumExp = (
  graph: Graph,
  m: Ops,
  roots: readonly Node[],
  isKept: (node: Node) => boolean,
): Node[] => {
  const counterparts = new Map<Node, Node>();
  for (const node of nodesFor(roots)) {
    const inputs = node.inputs.map(input => counterparts.get(input)!);
    if (node.op === "logSumExp" && !isKept(node)) {
      const [x] = inputs;
      const { axes } = node.attributes;
      const most = m.max(x, axes);
      const kept = x.shape.map((length, axis) => (axes.includes(axis) ? 1 : length));
      const shifted = m.sub(x, m.broadcast(m.reshape(most, kept), x.shape));
      counterparts.set(node, m.add(most, m.log(m.sum(m.exp(shifted), axes))));
    } else if (inputs.every((input, i) => input === node.inputs[i])) counterparts.set(node, node);
    else counterparts.set(node, graph.node(node.op, inputs, node.attributes, node.shape, node.element));
  }
  return roots.map(root => counterparts.get(root)!);
};
