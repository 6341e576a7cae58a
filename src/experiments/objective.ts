import type { ParameterArray, SampledObjective } from "../contracts/objective.ts";
import { gradients } from "../engine/derive/derivatives.ts";
import type { Node } from "../engine/graph/node.ts";
import { ops } from "../engine/graph/ops.ts";
import { sizeOf } from "../engine/graph/shape.ts";
import type { Model, Trace } from "../engine/model.ts";
import { compile, type Program } from "../engine/program.ts";
import { invalid } from "../errors.ts";
import { checkCount } from "../learning/checks.ts";
import { type Data, type Dataset, dataset } from "./data.ts";
import { BATCH, dataInputs, LOSS, writeData } from "./step-program.ts";

/**
 * A model and its data as an objective in float64: for the optimisers and samplers that know nothing of array programs. The parameters
 * lie one after the other in the order in which the model declares them. Random arrays of a model are drawn once, at seed 0, so that it
 * is a function.
 *
 * Throws a LandauError of kind "input" for a model and data that cannot be used, and for a point or gradient of another length.
 */
export const objective = (model: Model, data: Data): SampledObjective => {
  const own = dataset(data);
  const whole = lossProgram(model, own);
  const parameters = parameterArrays(whole.trace);
  const size = parameters.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const batches = new Map<number, LossProgram>();
  const on = ({ program }: LossProgram, w: Float64Array, gradient?: Float64Array): number => {
    if (w.length !== size) throw invalid("the length of w", w.length, String(size));
    if (gradient && gradient.length !== size)
      throw invalid("the length of the gradient", gradient.length, String(size));
    for (const { name, shape, offset } of parameters) program.write(name, w.subarray(offset, offset + sizeOf(shape)));
    program.run(1, { from: 0, seed: 0 });
    if (gradient) for (const { name, offset } of parameters) gradient.set(program.read(gradientOf(name)), offset);
    return program.readNumber(LOSS);
  };
  return {
    parameters,
    size,
    samples: own.samples,
    loss: w => on(whole, w),
    lossAndGradient: (w, gradient) => on(whole, w, gradient),
    batchLossAndGradient(w, gradient, order, from, to) {
      checkCount("to - from", to - from);
      let batch = batches.get(to - from);
      if (!batch) {
        batch = lossProgram(model, own, to - from);
        batches.set(to - from, batch);
      }
      batch.program.write(BATCH, order.subarray(from, to));
      return on(batch, w, gradient);
    },
  };
};

interface LossProgram {
  readonly trace: Trace;
  readonly program: Program;
}

const gradientOf = (name: string): string => `gradient of ${name}`;

const lossProgram = (model: Model, data: Dataset, batch?: number): LossProgram => {
  const trace = model.trace((graph, m) => dataInputs(graph, m, data, batch));
  const { graph, loss, parameters } = trace;
  const slopes = gradients(graph, ops(graph), loss, parameters as readonly Node[]);
  const outputs = Object.fromEntries(
    parameters.map(({ attributes: { name } }, i) => [gradientOf(name), { node: slopes[i], every: "call" as const }]),
  );
  const goal = { outputs: { ...outputs, [LOSS]: { node: loss, every: "call" as const } }, updates: [] };
  const program = compile(graph, goal, { precision: "f64", chains: 1, stepsPerCall: 1 });
  writeData(program, data);
  return { trace, program };
};

export const parameterArrays = ({ parameters }: Trace): ParameterArray[] => {
  let offset = 0;
  return parameters.map(({ attributes: { name }, shape }) => {
    const from = offset;
    offset += sizeOf(shape);
    return { name, shape, offset: from };
  });
};
