import type { Node, NodeOf } from "../graph/node.ts";
import { nodesFor } from "../graph/node.ts";
import { sizeOf } from "../graph/shape.ts";
import type { Buffer, Place } from "./buffer.ts";
import type { Step } from "./steps.ts";

/** What a program computes at every step. */
export interface Goal {
  /** Values to keep, by name: of every step of a call, or of the last one. */
  readonly outputs: { readonly [name: string]: { readonly node: Node; readonly every: "step" | "call" } };
  /** New values of parameters, which take effect when the step ends. */
  readonly updates: readonly { readonly parameter: NodeOf<"parameter">; readonly node: Node }[];
}

/** A program as buffers and steps, in words of no back end. */
export interface Plan {
  /** What runs side by side in SIMD lanes: entries of arrays (or samples), or chains. */
  readonly lanes: "entries" | "chains";
  readonly chains: number;
  readonly steps: readonly Step[];
  readonly parameters: { readonly [name: string]: Buffer };
  readonly inputs: { readonly [name: string]: Buffer };
  readonly outputs: { readonly [name: string]: Buffer };
  readonly constants: readonly { readonly buffer: Buffer; readonly values: ArrayLike<number> }[];
}

export const rootsOf = ({ outputs, updates }: Goal): Node[] => [
  ...Object.values(outputs).map(({ node }) => node),
  ...updates.map(({ node }) => node),
  ...updates.map(({ parameter }) => parameter as Node),
];

/** Makes buffers and remembers which belong to leaves. */
export interface Leaves {
  buffer(place: Place, size: number, element?: Buffer["element"]): Buffer;
  /** The buffer of a leaf; undefined for other nodes and for single constants, which need none. */
  of(node: Node): Buffer | undefined;
  readonly constants: { readonly buffer: Buffer; readonly values: ArrayLike<number> }[];
  named(op: "parameter" | "input"): { readonly [name: string]: Buffer };
}

export const leavesOf = (goal: Goal): Leaves => {
  let count = 0;
  const buffer: Leaves["buffer"] = (place, size, element = "real") => ({ id: count++, place, size, element });
  const buffers = new Map<Node, Buffer>();
  const constants: { buffer: Buffer; values: ArrayLike<number> }[] = [];
  const nodes = nodesFor(rootsOf(goal));
  for (const node of nodes) {
    const size = sizeOf(node.shape);
    if (node.op === "parameter") buffers.set(node, buffer("chain", size));
    if (node.op === "input") {
      const { perChain, perStep } = node.attributes;
      const place = perChain ? (perStep ? "chainStep" : "chain") : perStep ? "step" : "shared";
      buffers.set(node, buffer(place, size, node.element));
    }
    if (node.op === "constant" && (size > 1 || node.element === "index")) {
      const made = buffer("shared", size, node.element);
      buffers.set(node, made);
      constants.push({ buffer: made, values: node.attributes.values });
    }
  }
  return {
    buffer,
    of: node => buffers.get(node),
    constants,
    named: op =>
      Object.fromEntries(
        nodes.flatMap(node =>
          node.op === op ? [[(node.attributes as { name: string }).name, buffers.get(node)!]] : [],
        ),
      ),
  };
};
