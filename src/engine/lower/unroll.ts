import { type Entries, evaluate } from "../evaluate.ts";
import type { Node } from "../graph/node.ts";
import { type Shape, sizeOf, stridesOf } from "../graph/shape.ts";
import type { Instructions } from "./instructions.ts";
import { isElementwise } from "./lanes.ts";
import type { Instruction } from "./region.ts";

/** Where the entries of arrays come from that are not computed on the spot. */
export interface Sources {
  /** Entry `entry` of an array that is in memory; `laneStride` entries further from one lane to the next. */
  load(node: Node, entry: number, laneStride: number): Instruction;
  /** The same for row `index` of a table with rows of `width` entries. */
  lookup(table: Node, entry: number, index: Instruction, width: number): Instruction;
  isInMemory(node: Node): boolean;
  /** The axis of a node along which lanes run, if it has one: only one of its entries is looked at a time. */
  laneAxis(node: Node): number | undefined;
}

/** More instructions than this in one loop gain nothing over products of matrices, and take long to compile. */
export const UNROLLED_LIMIT = 1500;

/** How many instructions a node unrolls to when `samples` lanes run along one of its axes. */
export const unrolledSize = (nodes: readonly Node[], isLane: (node: Node) => boolean, samples: number): number =>
  nodes.reduce((sum, node) => {
    const inner = node.op === "matmul" ? node.inputs[0].shape.at(node.attributes.transposeA ? -2 : -1)! : 1;
    const work = Math.max(sizeOf(node.shape) * inner, ...node.inputs.map(({ shape }) => sizeOf(shape)), 1);
    return sum + (isLane(node) || node.inputs.some(isLane) ? work / samples : work);
  }, 0);

/** Computes entries of arrays as instructions, one for each entry, for all lanes at once. */
export const unroller = (build: Instructions, sources: Sources): ((node: Node) => Entries<Instruction>) => {
  const done = new Map<Node, Entries<Instruction>>();

  const shapeInLanes = (node: Node): Shape => {
    const axis = sources.laneAxis(node);
    return axis === undefined ? node.shape : node.shape.map((length, other) => (other === axis ? 1 : length));
  };
  const loaded = (node: Node, axis = sources.laneAxis(node)): Entries<Instruction> => {
    const strides = stridesOf(node.shape);
    const shape = node.shape.map((length, other) => (other === axis ? 1 : length));
    const own = stridesOf(shape);
    const data = Array.from({ length: sizeOf(shape) }, (_, i) => {
      const entry = shape.reduce((sum, length, a) => sum + (Math.floor(i / own[a]) % length) * strides[a], 0);
      return sources.load(node, entry, axis === undefined ? 0 : strides[axis]);
    });
    return { shape, data };
  };
  const computed = (node: Node): Entries<Instruction> => {
    const shape = shapeInLanes(node);
    if (node.op === "gather") {
      const [table, indices] = node.inputs;
      const width = sizeOf(table.shape.slice(1));
      const data = entriesOf(indices).data.flatMap(index =>
        Array.from({ length: width }, (_, j) => sources.lookup(table, j, index, width)),
      );
      return { shape, data };
    }
    const axis = sources.laneAxis(node);
    const inputs = node.inputs.map(input =>
      // An array in memory that knows nothing of lanes is met lane by lane.
      axis !== undefined && isElementwise(node) && sources.laneAxis(input) === undefined
        ? loaded(input, axis)
        : entriesOf(input),
    );
    return { shape, data: evaluate(node, inputs, shape, build) };
  };
  const entriesOf = (node: Node): Entries<Instruction> => {
    let entries = done.get(node);
    if (!entries) {
      entries = sources.isInMemory(node) ? loaded(node) : computed(node);
      done.set(node, entries);
    }
    return entries;
  };
  return entriesOf;
};
