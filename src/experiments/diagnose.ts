import { type Node, nodesFor } from "../engine/graph/node.ts";
import type { Goal } from "../engine/lower/plan.ts";
import { type Copy, compile } from "../engine/program.ts";
import { isLandauError } from "../errors.ts";
import { entryPlace, firstNotFinite } from "../learning/entry-place.ts";
import type { StepProgram } from "./step-program.ts";

/** A program of a model, and what it computes besides the loss. */
export type Inspected = Pick<StepProgram, "trace" | "program" | "options"> & { readonly goal: Pick<Goal, "updates"> };

/** The step and the member that a copy of a program's arrays stands for. */
export interface StepAddress {
  readonly seed: number;
  readonly chain: number;
  readonly step: number;
}

/**
 * Says in words which array of a program first holds what is not a finite number: a step is made once more from the program's present
 * parameters and tables, with every array on the way kept.
 */
export const firstBrokenArray = (made: Inspected, copy: Required<Copy>, address: StepAddress): string => {
  const { trace, goal } = made;
  const nodes = nodesFor([trace.loss, ...goal.updates.map(({ node }) => node)]);
  const values = valuesOf(nodes, made, copy, address);
  if (!values) return "its arrays do not fit into memory side by side, so the first that is not finite stays unknown";
  for (const [i, node] of nodes.entries()) {
    const entry = firstNotFinite(values[i]);
    if (entry >= 0) {
      const where = node.shape.length === 0 ? "" : ` at ${entryPlace(node.shape, entry)}`;
      return `${describe(node, made)} is the first array that is not finite: ${values[i][entry]}${where}`;
    }
  }
  const sizes = values.map(all => all.reduce((most, value) => Math.max(most, Math.abs(value)), 0));
  const largest = sizes.reduce((best, size, i) => (size > sizes[best] ? i : best), 0);
  return `no array on the way is, taken by itself; ${describe(nodes[largest], made)} is the largest, ${sizes[largest].toExponential(1)}`;
};

/** Indices are finite and stay empty; undefined when all arrays together need more memory than there is. */
const valuesOf = (
  nodes: readonly Node[],
  { trace, program, options }: Inspected,
  copy: Required<Copy>,
  { seed, chain, step }: StepAddress,
): readonly Float64Array[] | undefined => {
  const isLeaf = ({ op }: Node) => op === "parameter" || op === "input";
  const outputs: { [name: string]: Goal["outputs"][string] } = {};
  for (const node of nodes)
    if (!isLeaf(node) && node.element === "real") outputs[`array ${node.id}`] = { node, every: "call" };
  try {
    const whole = compile(trace.graph, { outputs, updates: [] }, { ...options, chains: 1, stepsPerCall: 1 });
    for (const name of [...Object.keys(whole.places.parameters), ...Object.keys(whole.places.inputs)])
      whole.write(name, program.read(name, copy));
    whole.run(1, { from: step, seed, firstChain: chain });
    return nodes.map(node => {
      if ((node.op === "parameter" || node.op === "input") && node.element === "real")
        return program.read(node.attributes.name, copy);
      return node.element === "real" ? whole.read(`array ${node.id}`) : new Float64Array(0);
    });
  } catch (error) {
    if (isLandauError(error, "input")) return undefined;
    throw error;
  }
};

/** "log at my-model.mjs:7:12", and what the array is for when it is none of the loss itself. */
const describe = (node: Node, { trace }: Inspected): string => {
  const name = "name" in node.attributes ? ` ${node.attributes.name}` : "";
  const place = node.origin.text();
  if (nodesFor([trace.loss]).includes(node)) return `${node.op}${name}${place && ` at ${place}`}`;
  return place === "" ? `${node.op}${name} of the optimiser` : `${node.op}, in the derivative of ${place},`;
};
