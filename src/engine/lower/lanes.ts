import { type Node, nodesFor } from "../graph/node.ts";

/**
 * Finds which axis of each array counts samples: from the inputs onwards, as far as samples do not mix. Null when some primitive mixes
 * them in a way other than a sum or a maximum, which one loop over samples cannot do.
 */
export const sampleAxes = (roots: readonly Node[]): SampleAxes | null => {
  const nodes = nodesFor(roots);
  const samples = nodes.find(node => node.op === "input" && node.attributes.samples)?.shape[0];
  if (samples === undefined) return null;
  const axes = new Map<Node, number>();
  for (const node of nodes) {
    const axis = axisOf(node, axes, samples);
    if (axis === "mixed") return null;
    if (axis !== undefined) axes.set(node, axis);
  }
  // An array that only repeats itself along the samples learns it from those it is combined with.
  for (const node of [...nodes].reverse()) {
    const axis = axes.get(node);
    if (axis !== undefined && isElementwise(node)) adopt(node, axis, axes);
  }
  return { samples, axes };
};

export interface SampleAxes {
  readonly samples: number;
  /** The axis of samples, for the arrays that have one. */
  readonly axes: ReadonlyMap<Node, number>;
}

const elementwise: ReadonlySet<string> = new Set(
  "convert neg exp log log1p tanh erf sqrt sin cos stopGradient add sub mul div maximum minimum compare select".split(
    " ",
  ),
);
export const isElementwise = (node: Node): boolean => elementwise.has(node.op);

const adopt = (node: Node, axis: number, axes: Map<Node, number>): void => {
  for (const operand of node.inputs) {
    if (axes.has(operand) || !(operand.op === "broadcast" || isElementwise(operand))) continue;
    axes.set(operand, axis);
    if (isElementwise(operand)) adopt(operand, axis, axes);
  }
};

const axisOf = (node: Node, axes: ReadonlyMap<Node, number>, samples: number): number | undefined | "mixed" => {
  if (node.op === "input") return node.attributes.samples ? 0 : undefined;
  const own = node.inputs.map(input => axes.get(input));
  const axis = own.find(found => found !== undefined);
  if (axis === undefined) return undefined;
  if (isElementwise(node)) return own.every(other => other === undefined || other === axis) ? axis : "mixed";
  switch (node.op) {
    case "sum":
    case "max": {
      const { axes: folded } = node.attributes;
      return folded.includes(axis) ? undefined : axis - folded.filter(other => other < axis).length;
    }
    case "broadcast":
      return axis + node.shape.length - node.inputs[0].shape.length;
    case "reshape": {
      const before = product(node.inputs[0].shape.slice(0, axis));
      const found = node.shape.findIndex(
        (length, i) => length === samples && product(node.shape.slice(0, i)) === before,
      );
      return found < 0 ? "mixed" : found;
    }
    case "transpose":
      return node.attributes.order.indexOf(axis);
    case "slice":
      return node.shape[axis] === samples ? axis : "mixed";
    case "concat":
      return node.attributes.axis !== axis && own.every(other => other === axis) ? axis : "mixed";
    case "matmul":
      return matmulAxis(node.shape.length, node.attributes, own);
    case "gather":
      return own[0] === undefined ? own[1] : "mixed";
    default:
      return "mixed";
  }
};

const matmulAxis = (
  rank: number,
  { transposeA, transposeB }: { readonly transposeA: boolean; readonly transposeB: boolean },
  [a, b]: readonly (number | undefined)[],
): number | undefined | "mixed" => {
  if ((a !== undefined && a < rank - 2) || (b !== undefined && b < rank - 2)) return b === a ? a : "mixed";
  const contractedA = transposeA ? rank - 2 : rank - 1;
  const contractedB = transposeB ? rank - 1 : rank - 2;
  // Both contracted: the product sums over samples.
  if (a === contractedA && b === contractedB) return undefined;
  if (a !== undefined && a !== contractedA && b === undefined) return rank - 2;
  if (b !== undefined && b !== contractedB && a === undefined) return rank - 1;
  return "mixed";
};

const product = (lengths: readonly number[]): number => lengths.reduce((all, length) => all * length, 1);

/** Whether a node of arrays with samples sums (or takes the largest) over them. */
export const foldsSamples = (node: Node, { axes }: SampleAxes): boolean =>
  !axes.has(node) && node.inputs.some(input => axes.has(input));
