import type { Graph } from "../graph/graph.ts";
import { type Node, nodesFor } from "../graph/node.ts";
import type { Ops } from "../graph/ops.ts";
import { lowerArrays } from "./arrays.ts";
import { canRunInChains, lowerChains } from "./chains.ts";
import { type Goal, leavesOf, type Plan, rootsOf } from "./plan.ts";
import { simplify } from "./simplify.ts";
import { UNROLLED_LIMIT, unrolledSize } from "./unroll.ts";

/**
 * From arrays to loops. A program so small that all of it can be unrolled runs its chains side by side in lanes; any other runs chain
 * after chain, each with its samples or entries in lanes.
 */
export const lower = (graph: Graph, m: Ops, goal: Goal, chains: number): Plan => {
  const simple = withRoots(goal, simplify(graph, m, nodesOf(goal)));
  if (prefersChains(simple, chains)) {
    const leaves = leavesOf(simple);
    return plan("chains", chains, leaves, lowerChains(simple, leaves, chains));
  }
  const leaves = leavesOf(simple);
  return plan("entries", chains, leaves, lowerArrays(simple, leaves));
};

const plan = (
  lanes: Plan["lanes"],
  chains: number,
  leaves: ReturnType<typeof leavesOf>,
  { steps, outputs }: Pick<Plan, "steps" | "outputs">,
): Plan => ({
  lanes,
  chains,
  steps,
  outputs,
  parameters: leaves.named("parameter"),
  inputs: leaves.named("input"),
  constants: leaves.constants,
});

const prefersChains = (goal: Goal, chains: number): boolean => {
  const nodes = nodesFor(rootsOf(goal));
  if (!canRunInChains(goal) || unrolledSize(nodes, () => false, 1) > UNROLLED_LIMIT) return false;
  // A single chain fills its lanes with samples when it has some.
  return chains >= 4 || !nodes.some(node => node.op === "input" && node.attributes.samples && node.shape[0] >= 4);
};

/** What a goal asks for, parameters left out. */
const nodesOf = ({ outputs, updates }: Goal): Node[] => [
  ...Object.values(outputs).map(({ node }) => node),
  ...updates.map(({ node }) => node),
];

const withRoots = ({ outputs, updates }: Goal, nodes: readonly Node[]): Goal => {
  const names = Object.keys(outputs);
  return {
    outputs: Object.fromEntries(names.map((name, i) => [name, { ...outputs[name], node: nodes[i] }])),
    updates: updates.map((update, i) => ({ ...update, node: nodes[names.length + i] })),
  };
};
