import type { Node, NodeOf } from "../graph/node.ts";
import { nodesFor } from "../graph/node.ts";
import { sizeOf } from "../graph/shape.ts";
import type { Slot, SlotPlace } from "./slot.ts";
import type { Step } from "./steps.ts";

/** What a program computes at every step. */
export interface Goal {
  /** Values to keep, by name: of every step of a call, or of the last one. */
  readonly outputs: { readonly [name: string]: { readonly node: Node; readonly every: "step" | "call" } };
  /** New values of parameters, which take effect when the step ends. */
  readonly updates: readonly { readonly parameter: NodeOf<"parameter">; readonly node: Node }[];
}

/** A program as slots and steps, in words of no back end. */
export interface Plan {
  /** What runs side by side in SIMD lanes: entries of arrays (or samples), or chains. */
  readonly lanes: "entries" | "chains";
  readonly chains: number;
  readonly steps: readonly Step[];
  readonly parameters: { readonly [name: string]: Slot };
  readonly inputs: { readonly [name: string]: Slot };
  readonly outputs: { readonly [name: string]: Slot };
  readonly constants: readonly { readonly slot: Slot; readonly node: NodeOf<"constant"> }[];
}

export const rootsOf = (goal: Goal): readonly Node[] => {
  const known = roots.get(goal);
  if (known) return known;
  const { outputs, updates } = goal;
  const found = [
    ...Object.values(outputs).map(({ node }) => node),
    ...updates.map(({ node }) => node),
    ...updates.map(({ parameter }) => parameter as Node),
  ];
  roots.set(goal, found);
  return found;
};

const roots = new WeakMap<Goal, readonly Node[]>();

/** Makes slots and remembers which belong to leaves. */
export interface Leaves {
  slot(place: SlotPlace, size: number, element?: Slot["element"]): Slot;
  /** The slot of a leaf; undefined for other nodes and for single constants, which need none. */
  of(node: Node): Slot | undefined;
  readonly constants: Plan["constants"];
  named(op: "parameter" | "input"): { readonly [name: string]: Slot };
}

export const leavesOf = (goal: Goal): Leaves => {
  let count = 0;
  const slot: Leaves["slot"] = (place, size, element = "real") => ({ id: count++, place, size, element });
  const slots = new Map<Node, Slot>();
  const constants: { slot: Slot; node: NodeOf<"constant"> }[] = [];
  const nodes = nodesFor(rootsOf(goal));
  for (const node of nodes) {
    const size = sizeOf(node.shape);
    if (node.op === "parameter") slots.set(node, slot("chain", size));
    if (node.op === "input") {
      const { perChain, perStep } = node.attributes;
      const place = perChain ? (perStep ? "chainStep" : "chain") : perStep ? "step" : "shared";
      slots.set(node, slot(place, size, node.element));
    }
    if (node.op === "constant" && (size > 1 || node.element === "index")) {
      const made = slot("shared", size, node.element);
      slots.set(node, made);
      constants.push({ slot: made, node });
    }
  }
  return {
    slot,
    of: node => slots.get(node),
    constants,
    named: op =>
      Object.fromEntries(
        nodes.flatMap(node => (node.op === op ? [[(node.attributes as { name: string }).name, slots.get(node)!]] : [])),
      ),
  };
};
