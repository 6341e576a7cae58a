import type { Arithmetic } from "../contracts/arithmetic.ts";
import { gradients } from "../engine/derive/derivatives.ts";
import type { Graph } from "../engine/graph/graph.ts";
import type { Node, NodeOf } from "../engine/graph/node.ts";
import { type Ops, ops } from "../engine/graph/ops.ts";
import type { Goal } from "../engine/lower/plan.ts";
import type { Inputs, Model, Trace } from "../engine/model.ts";
import { type CompileOptions, compile, type Program } from "../engine/program.ts";
import type { Clip } from "../learning/gradient-clipping.ts";
import type { Optimiser } from "../learning/optimiser.ts";
import { type OptimiserChoice, optimiserFor } from "../learning/parameter-groups.ts";
import { clipGradients } from "./clip-gradients.ts";
import type { DataArray, Dataset } from "./data.ts";

export interface StepSettings extends CompileOptions {
  readonly data: Dataset;
  readonly optimiser: OptimiserChoice;
  /** Samples per step; all of them when absent. */
  readonly batch?: number;
  readonly clip?: Clip;
  /** Names of the model's outputs that are kept for every step, before the step. */
  readonly outputs?: readonly string[];
}

/** A program whose every step is one training step: loss, gradient and update. */
export interface StepProgram {
  readonly trace: Trace;
  readonly program: Program;
  /** Each optimiser once, with the names of the inputs its numbers go to, in the order of its `scalars`. */
  readonly optimisers: readonly { readonly optimiser: Optimiser; readonly scalars: readonly string[] }[];
  /** Names of the arrays that optimisers remember, which start at 0. */
  readonly memory: readonly string[];
  readonly goal: Goal;
  readonly options: CompileOptions;
}

/** Name of the output with the loss of each step, before the step. */
export const LOSS = "loss of the step";

/** Name of an output of the model at every step. */
export const stepOutput = (name: string): string => `${name} of the step`;

/** Name of the input with the sample numbers of a minibatch. */
export const BATCH = "batch order";

export const stepProgram = (model: Model, settings: StepSettings): StepProgram => {
  const { data, batch, clip } = settings;
  const trace = model.trace((graph, m) => dataInputs(graph, m, data, batch));
  const { graph, loss, parameters } = trace;
  const m = ops(graph);
  const raw = gradients(graph, m, loss, parameters as readonly Node[]);
  const own = clip ? clipGradients(m, raw, clip) : raw;

  const optimisers: { optimiser: Optimiser; scalars: string[]; nodes: { [name: string]: Node } }[] = [];
  const known = (optimiser: Optimiser) => {
    let found = optimisers.find(entry => entry.optimiser === optimiser);
    if (!found) {
      const scalars = optimiser.scalars.map(name => `${name} of optimiser ${optimisers.length}`);
      const nodes = Object.fromEntries(
        optimiser.scalars.map((name, i) => [name, graph.node("input", [], { name: scalars[i], perStep: true }, [])]),
      );
      found = { optimiser, scalars, nodes };
      optimisers.push(found);
    }
    return found;
  };

  const updates: { parameter: NodeOf<"parameter">; node: Node }[] = [];
  const memory: string[] = [];
  const names = parameters.map(({ attributes }) => attributes.name);
  const chosen = optimiserFor(settings.optimiser, names);
  parameters.forEach((parameter, i) => {
    const { optimiser, nodes } = known(chosen(parameter.attributes.name));
    const remembered = Object.fromEntries(
      optimiser.memory.map(name => [name, graph.parameter(`${parameter.attributes.name}: ${name}`, parameter.shape)]),
    );
    memory.push(...Object.values(remembered).map(node => (node as NodeOf<"parameter">).attributes.name));
    const values = { w: parameter as Node, gradient: own[i], ...remembered };
    const next = optimiser.update(arithmetic(m), values, nodes);
    updates.push({ parameter, node: m.broadcast(next.w, parameter.shape) });
    for (const [name, node] of Object.entries(remembered))
      updates.push({ parameter: node as NodeOf<"parameter">, node: m.broadcast(next[name], parameter.shape) });
  });

  const kept = (settings.outputs ?? []).map(name => [
    stepOutput(name),
    { node: trace.outputs[name], every: "step" as const },
  ]);
  const goal: Goal = {
    outputs: { [LOSS]: { node: loss, every: "step" }, ...Object.fromEntries(kept) },
    updates,
  };
  const program = compile(graph, goal, settings);
  writeData(program, data);
  return { trace, program, optimisers, memory, goal, options: settings };
};

/** The arrays of a dataset as inputs: whole, or the rows that a minibatch names. */
export const dataInputs = (graph: Graph, m: Ops, { arrays, samples }: Dataset, batch?: number): Inputs => {
  const order =
    batch === undefined
      ? undefined
      : graph.node("input", [], { name: BATCH, samples: true, perChain: true, perStep: true }, [batch], "index");
  return Object.fromEntries(
    Object.entries(arrays).map(([name, { shape, element }]) => {
      const whole = graph.node(
        "input",
        [],
        { name, samples: order === undefined && shape[0] === samples },
        shape,
        element,
      );
      return [name, order ? m.gather(whole, order) : whole];
    }),
  );
};

/** Inputs that a model does not read have no place in its program. */
export const writeData = (program: Program, { arrays }: Dataset): void => {
  for (const [name, { values }] of Object.entries(arrays) as [string, DataArray][])
    if (name in program.places.inputs) program.write(name, values);
};

const arithmetic = (m: Ops): Arithmetic<Node> => ({
  ...m,
  abs: a => m.maximum(a, m.neg(a)),
});
