import type { NamedArrays } from "../contracts/protocol.ts";
import type { Node } from "../engine/graph/node.ts";
import { sameShape, shapeText } from "../engine/graph/shape.ts";
import type { Model } from "../engine/model.ts";
import { compile } from "../engine/program.ts";
import type { PrecisionName } from "../engine/wasm/precision.ts";
import { isLandauError, LandauError } from "../errors.ts";
import type { Dataset } from "./data.ts";
import { firstBrokenArray } from "./diagnose.ts";
import { dataInputs, writeData } from "./step-program.ts";

/** The loss and every output of a model on a whole dataset, by name. */
export type Evaluation = { readonly loss: number; readonly outputs: NamedArrays };
export type Evaluator = (
  parameters: NamedArrays,
  address?: { readonly seed: number; readonly step: number },
) => Evaluation;

/**
 * Compiles a model once for a dataset; what it returns evaluates it at any parameters.
 *
 * Throws a LandauError of kind "input" for parameters that do not fit, and of kind "diverged" for a loss that is not finite.
 */
export const evaluator = (model: Model, data: Dataset, precision: PrecisionName): Evaluator => {
  const trace = model.trace((graph, m) => dataInputs(graph, m, data));
  const nodes: { readonly [name: string]: Node } = { ...trace.outputs, loss: trace.loss };
  const outputs = Object.fromEntries(
    Object.entries(nodes).map(([name, node]) => [outputName(name), { node, every: "call" as const }]),
  );
  const options = { precision, chains: 1, stepsPerCall: 1 };
  const program = compile(trace.graph, { outputs, updates: [] }, options);
  writeData(program, data);
  const read = (name: string) => ({ shape: nodes[name].shape, data: program.read(outputName(name)) });
  return (parameters, { seed, step } = { seed: 0, step: 0 }) => {
    for (const { attributes, shape } of trace.parameters) {
      const { name } = attributes;
      const values = parameters[name];
      if (!values)
        throw new LandauError(
          "input",
          `no values for parameter ${name}: there are ${Object.keys(parameters).join(", ")}`,
        );
      if (!sameShape(shape, values.shape))
        throw new LandauError(
          "input",
          `parameter ${name} has shape ${shapeText(values.shape)}: on these data the model needs ${shapeText(shape)}`,
        );
      program.write(name, values.data);
    }
    program.run(1, { from: step, seed });
    const [loss] = read("loss").data;
    if (!Number.isFinite(loss)) {
      const made = { trace, program, options, goal: { updates: [] } };
      const where = firstBrokenArray(made, { chain: 0, step: 0 }, { seed, chain: 0, step });
      throw new LandauError("diverged", `loss on ${data.samples} samples is ${loss}: ${where}`);
    }
    return { loss, outputs: Object.fromEntries(Object.keys(trace.outputs).map(name => [name, read(name)])) };
  };
};

const outputName = (name: string): string => `output ${name}`;

/** An evaluator whose errors say that they are about the test data. */
export const testEvaluator = (model: Model, data: Dataset, precision: PrecisionName): Evaluator => {
  const evaluate = onTestData(() => evaluator(model, data, precision));
  return (...at) => onTestData(() => evaluate(...at));
};

const onTestData = <T>(act: () => T): T => {
  try {
    return act();
  } catch (cause) {
    if (!isLandauError(cause)) throw cause;
    throw new LandauError(cause.kind, `test data: ${cause.message}`, { cause });
  }
};
