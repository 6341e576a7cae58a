import type { NamedArrays } from "../contracts/protocol.ts";
import type { Node } from "../engine/graph/node.ts";
import type { Model } from "../engine/model.ts";
import { compile } from "../engine/program.ts";
import type { PrecisionName } from "../engine/wasm/precision.ts";
import { LandauError } from "../errors.ts";
import type { Dataset } from "./data.ts";
import { dataInputs, writeData } from "./step-program.ts";

/** The loss and every output of a model on a whole dataset, by name. */
export type Evaluation = { readonly loss: number; readonly outputs: NamedArrays };
export type Evaluator = (
  parameters: NamedArrays,
  address?: { readonly seed: number; readonly step: number },
) => Evaluation;

/** Compiles a model once for a dataset; what it returns evaluates it at any parameters. */
export const evaluator = (model: Model, data: Dataset, precision: PrecisionName): Evaluator => {
  const trace = model.trace((graph, m) => dataInputs(graph, m, data));
  const nodes: { readonly [name: string]: Node } = { ...trace.outputs, loss: trace.loss };
  const outputs = Object.fromEntries(
    Object.entries(nodes).map(([name, node]) => [`output ${name}`, { node, every: "call" as const }]),
  );
  const program = compile(trace.graph, { outputs, updates: [] }, { precision, chains: 1, stepsPerCall: 1 });
  writeData(program, data);
  const names = trace.parameters.map(({ attributes }) => attributes.name);
  return (parameters, { seed, step } = { seed: 0, step: 0 }) => {
    for (const name of names) {
      const values = parameters[name];
      if (!values)
        throw new LandauError(
          "input",
          `no values for parameter ${name}: there are ${Object.keys(parameters).join(", ")}`,
        );
      program.write(name, values.data);
    }
    program.run(1, { from: step, seed });
    const read = (name: string) => ({ shape: nodes[name].shape, data: program.read(`output ${name}`) });
    return {
      loss: read("loss").data[0],
      outputs: Object.fromEntries(Object.keys(trace.outputs).map(name => [name, read(name)])),
    };
  };
};
