import { evaluate } from "../evaluate.ts";
import type { Graph } from "../graph/graph.ts";
import { type Node, nodesFor } from "../graph/node.ts";
import type { Ops } from "../graph/ops.ts";
import { sameShape, sizeOf } from "../graph/shape.ts";
import { numbers } from "../numbers.ts";
import { isElementwise } from "./lanes.ts";

/**
 * The same values by fewer or simpler primitives: what is made of constants alone becomes one, rearrangements of rearrangements become
 * one, transposes go into products of matrices. Returns the counterpart of each root.
 */
export const simplify = (graph: Graph, m: Ops, roots: readonly Node[]): Node[] => {
  const counterparts = new Map<Node, Node>();
  for (const node of nodesFor(roots)) {
    const inputs = node.inputs.map(input => counterparts.get(input)!);
    const renewed = inputs.every((input, i) => input === node.inputs[i])
      ? node
      : graph.node(node.op, inputs, node.attributes, node.shape, node.element);
    counterparts.set(node, simpler(renewed, graph, m));
  }
  return roots.map(root => counterparts.get(root)!);
};

const simpler = (node: Node, graph: Graph, m: Ops): Node => {
  const value = folded(node);
  if (value !== undefined) return m.broadcast(m.constant(value), node.shape);
  const [operand] = node.inputs;
  switch (node.op) {
    case "stopGradient":
      return operand;
    case "reshape":
      if (sameShape(operand.shape, node.shape)) return operand;
      return operand.op === "reshape" ? simpler(m.reshape(operand.inputs[0], node.shape), graph, m) : node;
    case "broadcast":
      if (sameShape(operand.shape, node.shape)) return operand;
      return operand.op === "broadcast" ? m.broadcast(operand.inputs[0], node.shape) : node;
    case "transpose": {
      const { order } = node.attributes;
      if (order.every((axis, i) => axis === i)) return operand;
      if (operand.op !== "transpose") return node;
      const inner = operand.attributes.order;
      const both = order.map(axis => inner[axis]);
      return simpler(m.transpose(operand.inputs[0], both), graph, m);
    }
    case "matmul": {
      const [a, b] = node.inputs;
      const { transposeA, transposeB } = node.attributes;
      const [swapsA, swapsB] = [swapsLastTwo(a), swapsLastTwo(b)];
      if (!swapsA && !swapsB) return isOuter(node) ? outerProducts(a, b, m) : node;
      return graph.node("matmul", [swapsA ? a.inputs[0] : a, swapsB ? b.inputs[0] : b], {
        transposeA: transposeA !== swapsA,
        transposeB: transposeB !== swapsB,
      });
    }
    default:
      return node;
  }
};

/** Sums of so few outer products take longer to write than to compute, and are computed where they are read. */
const MOST_OUTER = 2;
/** Smaller ones are left to who unrolls. */
const LEAST_OUTER = 2048;

/** a^T b of arrays with a few rows, as gradients of weights are for a few samples. */
const isOuter = ({ op, inputs: [a], attributes, shape }: Node): boolean =>
  op === "matmul" &&
  shape.length === 2 &&
  attributes.transposeA &&
  !attributes.transposeB &&
  a.shape[0] <= MOST_OUTER &&
  sizeOf(shape) >= LEAST_OUTER;

/** Entry by entry, the rows in the order of a product of matrices: the same bits, but for the sign of a zero. */
const outerProducts = (a: Node, b: Node, m: Ops): Node => {
  const rowOf = (rows: Node, row: number) => m.slice(rows, [row, 0], [1, rows.shape[1]]);
  const products = Array.from({ length: a.shape[0] }, (_, row) =>
    m.mul(m.reshape(rowOf(a, row), [a.shape[1], 1]), rowOf(b, row)),
  );
  return products.reduce((sum, product) => m.add(sum, product));
};

/** The one number that all entries of an array are known to be; what was made of constants alone is one by now. */
const constantValue = (node: Node): number | undefined => {
  if (node.op === "broadcast" || node.op === "reshape") return constantValue(node.inputs[0]);
  if (node.op !== "constant" || node.element !== "real" || sizeOf(node.shape) !== 1) return undefined;
  return node.attributes.values[0];
};

/** The value of an entrywise operation on such arrays. */
const folded = (node: Node): number | undefined => {
  if (!isElementwise(node) || node.op === "convert") return undefined;
  const entries: { shape: number[]; data: number[] }[] = [];
  for (const input of node.inputs) {
    const value = constantValue(input);
    if (value === undefined) return undefined;
    entries.push({ shape: [], data: [value] });
  }
  return evaluate(node, entries, [], numbers)[0];
};

const swapsLastTwo = (node: Node): boolean => {
  if (node.op !== "transpose") return false;
  const { order } = node.attributes;
  const rank = order.length;
  return order.every((axis, i) => axis === (i === rank - 2 ? rank - 1 : i === rank - 1 ? rank - 2 : i));
};
