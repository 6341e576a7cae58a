import { LandauError } from "../../errors.ts";
import type { Graph } from "../graph/graph.ts";
import { type Node, nodesFor } from "../graph/node.ts";
import type { Ops } from "../graph/ops.ts";
import { shapeText } from "../graph/shape.ts";
import { derivativeRules } from "./rules.ts";

/**
 * Reverse mode: the gradient of a loss (shape []) with respect to each of `arrays`, as new nodes of the same graph. An array on
 * which the loss does not depend gets zeros.
 *
 * Throws a LandauError of kind "input" when the loss is not a single number or a primitive on the way has no derivative.
 */
export const gradients = (graph: Graph, m: Ops, loss: Node, arrays: readonly Node[]): Node[] => {
  if (loss.shape.length !== 0)
    throw new LandauError(
      "input",
      `the loss has shape ${shapeText(loss.shape)}${at(loss)}: needs a single number; sum or mean makes one`,
    );
  const reached = reachedFrom(arrays, nodesFor([loss]));
  const cotangents = new Map<Node, Node>([[loss, m.constant(1)]]);
  for (const node of nodesFor([loss]).toReversed()) {
    const cotangent = cotangents.get(node);
    if (!cotangent || !reached.has(node) || arrays.includes(node)) continue;
    const shares = graph.at(node.origin, () => ruleFor(node).reverse(m, node, cotangent));
    shares.forEach((share, i) => {
      const operand = node.inputs[i];
      if (!share || !reached.has(operand)) return;
      const sum = cotangents.get(operand);
      cotangents.set(operand, sum ? m.add(sum, share) : share);
    });
  }
  return arrays.map(array => cotangents.get(array) ?? m.broadcast(0, array.shape));
};

/**
 * Forward mode: how each of `outputs` changes, to first order, when each of `arrays` changes by the node of `changes` beside it.
 * On gradients this gives products of the Hessian with vectors.
 */
export const tangents = (
  graph: Graph,
  m: Ops,
  outputs: readonly Node[],
  arrays: readonly Node[],
  changes: readonly Node[],
): Node[] => {
  const found = new Map<Node, Node>(arrays.map((array, i) => [array, changes[i]]));
  for (const node of nodesFor(outputs)) {
    if (found.has(node)) continue;
    const operands = node.inputs.map(input => found.get(input));
    if (!operands.some(tangent => tangent)) continue;
    const tangent = graph.at(node.origin, () => ruleFor(node).forward(m, node, operands));
    if (tangent) found.set(node, tangent);
  }
  return outputs.map(node => found.get(node) ?? m.broadcast(0, node.shape));
};

/** The nodes that depend on `arrays`, themselves included. */
const reachedFrom = (arrays: readonly Node[], ascending: readonly Node[]): Set<Node> => {
  const reached = new Set(arrays);
  for (const node of ascending) if (node.inputs.some(input => reached.has(input))) reached.add(node);
  return reached;
};

/** A rule as it is applied: to a node of its own primitive, which the type of a table cannot tell. */
interface Rule {
  reverse(m: Ops, node: Node, cotangent: Node): readonly (Node | undefined)[];
  forward(m: Ops, node: Node, tangents: readonly (Node | undefined)[]): Node | undefined;
}

const ruleFor = (node: Node): Rule => {
  const rule = derivativeRules[node.op];
  if (rule) return rule as unknown as Rule;
  throw new LandauError("input", `${node.op}${at(node)} has no derivative`);
};

const at = (node: Node): string => (node.origin.text() === "" ? "" : ` at ${node.origin.text()}`);
