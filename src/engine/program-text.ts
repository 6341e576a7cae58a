import type { Graph } from "./graph/graph.ts";
import type { Goal } from "./lower/plan.ts";

/**
 * All that the plan, the layout and the code of a program are made of: programs of one text are one program, whatever the values of their constants. It is known
 * before the program is lowered, which takes far longer.
 */
export const programText = (
  graph: Graph,
  { outputs, updates }: Goal,
  options: { readonly precision: string; readonly chains: number; readonly stepsPerCall: number },
): string => {
  const { precision, chains, stepsPerCall } = options;
  const kept = Object.entries(outputs).map(([name, { node, every }]) => [name, node.id, every]);
  const changed = updates.map(({ parameter, node }) => [parameter.id, node.id]);
  return `${JSON.stringify([precision, chains, stepsPerCall, kept, changed])}\n${graph.text}`;
};
