import { type Node, nodesFor } from "../graph/node.ts";
import { sizeOf } from "../graph/shape.ts";
import { instructions } from "./instructions.ts";
import { type Goal, type Leaves, rootsOf } from "./plan.ts";
import type { Store } from "./region.ts";
import type { Slot } from "./slot.ts";
import type { Step } from "./steps.ts";
import { unroller } from "./unroll.ts";

/** Whether the whole of a program can be unrolled, so that its chains run side by side in lanes. */
export const canRunInChains = (goal: Goal): boolean => {
  const lookedUp = (node: Node): boolean =>
    node.op === "gather" &&
    !(node.inputs[0].op === "parameter" || node.inputs[0].op === "input" || isTable(node.inputs[0]));
  return !nodesFor(rootsOf(goal)).some(node => node.op === "scatterAdd" || lookedUp(node));
};

const isTable = (node: Node): boolean => node.op === "constant" && (sizeOf(node.shape) > 1 || node.element === "index");

/** Lowers a small program to one loop over chains, in which every entry of every array is an instruction. */
export const lowerChains = (
  goal: Goal,
  leaves: Leaves,
  chains: number,
): { readonly steps: readonly Step[]; readonly outputs: { readonly [name: string]: Slot } } => {
  const build = instructions();
  const draws = new Map<Node, Slot>();
  const steps: Step[] = [];
  for (const node of nodesFor(rootsOf(goal)))
    if (node.op === "random") {
      const out = leaves.slot("temporary", sizeOf(node.shape) * chains);
      draws.set(node, out);
      steps.push({ kind: "random", ...node.attributes, out, chains });
    }
  /** Arrays of a chain lie entry by entry, the chains of an entry side by side. */
  const isPerChain = ({ place }: Slot): boolean => place === "chain" || place === "chainStep";
  const entries = unroller(build, {
    load(node, entry) {
      const drawn = draws.get(node);
      if (drawn) return build.load({ slot: drawn, offset: entry, strides: [sizeOf(node.shape)] });
      const slot = leaves.of(node)!;
      return build.load(chainAccess(slot, entry));
    },
    lookup(table, entry, index, width) {
      const slot = leaves.of(table)!;
      return build.lookup(chainAccess(slot, entry), index, isPerChain(slot) ? width * chains : width);
    },
    isInMemory: node => draws.has(node) || leaves.of(node) !== undefined,
    laneAxis: () => undefined,
  });
  const chainAccess = (slot: Slot, entry: number) =>
    isPerChain(slot) ? { slot, offset: entry * chains, strides: [1] } : { slot, offset: entry, strides: [0] };

  const outputs: { [name: string]: Slot } = {};
  const stores: Store[] = [];
  const keep = (slot: Slot, node: Node) =>
    entries(node).data.forEach((value, entry) => {
      stores.push({ value, access: chainAccess(slot, entry) });
    });
  for (const [name, { node, every }] of Object.entries(goal.outputs)) {
    outputs[name] = leaves.slot(every === "step" ? "chainStep" : "chain", sizeOf(node.shape));
    keep(outputs[name], node);
  }
  for (const { parameter, node } of goal.updates) if (node !== parameter) keep(leaves.of(parameter)!, node);
  return { steps: [...steps, { kind: "region", region: { axes: [chains], stores } }], outputs };
};
