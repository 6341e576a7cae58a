import type { Node } from "../graph/node.ts";
import { type Shape, sizeOf, stridesOf } from "../graph/shape.ts";
import type { Instructions } from "./instructions.ts";
import type { Access, Instruction } from "./region.ts";
import type { Storage } from "./storage.ts";

/** Where along the axes of a region each axis of an array stands: at the index of a region's axis, or fixed; plus an offset. */
export type Index = readonly { readonly axis: number | undefined; readonly offset: number }[];

export const identity = (axes: Shape): Index => axes.map((_, axis) => ({ axis, offset: 0 }));

/** The value of an array's entry at an index of the region. `here` are arrays the same region computes over its own indices. */
export const entryValues = (
  build: Instructions,
  axes: Shape,
  { isLeaf, inMemory, slotOf }: Storage,
  here: (node: Node) => boolean,
): ((node: Node, index: Index) => Instruction) => {
  const done = new Map<string, Instruction>();
  const load = (node: Node, index: Index): Access => {
    const strides = new Array<number>(Math.max(1, axes.length)).fill(0);
    let offset = 0;
    stridesOf(node.shape).forEach((stride, a) => {
      const { axis, offset: start } = index[a];
      if (axis !== undefined) strides[axis] += stride;
      offset += start * stride;
    });
    return { slot: slotOf(node), offset, strides };
  };
  const value = (node: Node, index: Index): Instruction => {
    const key = `${node.id} ${index.map(({ axis, offset }) => `${axis}+${offset}`).join()}`;
    let found = done.get(key);
    if (!found) {
      found = made(node, index);
      done.set(key, found);
    }
    return found;
  };
  const made = (node: Node, index: Index): Instruction => {
    if (node.op === "constant" && !isLeaf(node)) return build.constant(node.attributes.values[0]);
    if (inMemory(node) && !(here(node) && isIdentity(index))) return build.load(load(node, index));
    const [operand] = node.inputs;
    switch (node.op) {
      case "broadcast":
        return value(operand, stretchedIndex(operand.shape, index));
      case "transpose":
        return value(
          operand,
          operand.shape.map((_, axis) => index[node.attributes.order.indexOf(axis)]),
        );
      case "slice":
        return value(
          operand,
          index.map(({ axis, offset }, a) => ({ axis, offset: offset + node.attributes.starts[a] })),
        );
      case "reshape":
        return value(operand, squeezedIndex(operand.shape, node.shape, index));
      case "gather": {
        const [table, indices] = node.inputs;
        const rank = indices.shape.length;
        const row = value(indices, index.slice(0, rank));
        const access = load(table, [{ axis: undefined, offset: 0 }, ...index.slice(rank)]);
        return build.lookup(access, row, sizeOf(table.shape.slice(1)));
      }
      case "compare":
        return build.compare(node.attributes.relation, value(node.inputs[0], index), value(node.inputs[1], index));
      case "select":
        return build.select(
          ...(node.inputs.map(input => value(input, index)) as [Instruction, Instruction, Instruction]),
        );
      case "add":
      case "sub":
      case "mul":
      case "div":
      case "maximum":
      case "minimum":
        return build[node.op](value(node.inputs[0], index), value(node.inputs[1], index));
      case "convert":
      case "neg":
      case "exp":
      case "log":
      case "log1p":
      case "tanh":
      case "erf":
      case "sqrt":
      case "sin":
      case "cos":
        return build[node.op](value(operand, index));
      default:
        throw new Error(`${node.op} has a step of its own`);
    }
  };
  return value;
};

const isIdentity = (index: Index): boolean => index.every(({ axis, offset }, a) => axis === a && offset === 0);

const stretchedIndex = (shape: Shape, index: Index): Index =>
  shape.map((length, axis) =>
    length === 1 ? { axis: undefined, offset: 0 } : index[axis + index.length - shape.length],
  );

/** An index of the same entries under a shape that differs only by axes of length 1. */
const squeezedIndex = (shape: Shape, from: Shape, index: Index): Index => {
  const kept = index.filter((_, axis) => from[axis] !== 1);
  let next = 0;
  return shape.map(length => (length === 1 ? { axis: undefined, offset: 0 } : kept[next++]));
};
