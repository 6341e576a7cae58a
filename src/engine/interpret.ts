import { LandauError } from "../errors.ts";
import { evaluate } from "./evaluate.ts";
import { type Node, type NodeOf, nodesFor } from "./graph/node.ts";
import { numbers } from "./numbers.ts";

/** Values of the leaves of a program, row-major. */
export interface LeafValues {
  readonly parameters?: { readonly [name: string]: ArrayLike<number> };
  readonly inputs?: { readonly [name: string]: ArrayLike<number> };
  /** Values of a random array; asked once for each node. */
  random?(node: NodeOf<"random">): ArrayLike<number>;
}

/**
 * Values of arrays, in float64, one node after the other: the oracle that compiled programs are compared with. Slow and plain.
 */
export const interpret = (outputs: readonly Node[], leaves: LeafValues): Float64Array[] => {
  const values = new Map<Node, readonly number[]>();
  for (const node of nodesFor(outputs)) {
    const operands = node.inputs.map(input => ({ shape: input.shape, data: values.get(input)! }));
    values.set(node, leafValues(node, leaves) ?? evaluate(node, operands, node.shape, numbers));
  }
  return outputs.map(node => Float64Array.from(values.get(node)!));
};

const leafValues = (node: Node, leaves: LeafValues): readonly number[] | undefined => {
  switch (node.op) {
    case "parameter":
      return given(node, leaves.parameters?.[node.attributes.name]);
    case "input":
      return given(node, leaves.inputs?.[node.attributes.name]);
    case "random":
      return given(node, leaves.random?.(node));
    default:
      return undefined;
  }
};

const given = (node: Node, values: ArrayLike<number> | undefined): readonly number[] => {
  const name = "name" in node.attributes ? node.attributes.name : node.op;
  const size = node.shape.reduce((product, length) => product * length, 1);
  if (values?.length === size) return Array.from(values);
  const found = values === undefined ? "has no values" : `has ${values.length} values`;
  throw new LandauError("input", `${node.op} ${name} ${found}: needs ${size}`);
};
