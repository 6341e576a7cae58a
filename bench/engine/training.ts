import { gradients } from "../../src/engine/derive/derivatives.ts";
import type { FastModes } from "../../src/engine/fast-modes.ts";
import { type Graph, graph } from "../../src/engine/graph/graph.ts";
import type { Node, NodeOf } from "../../src/engine/graph/node.ts";
import { type Ops, ops } from "../../src/engine/graph/ops.ts";
import { compile, type Program } from "../../src/engine/program.ts";
import { type Model, type Values, withLayers } from "./models.ts";

export interface Training {
  readonly program: Program;
  /** Makes the steps numbered `from`, ..., `from + count - 1`; writing their tables is part of it. */
  steps(from: number, count: number): void;
}

export interface TrainingSettings {
  readonly data: { readonly [name: string]: Values };
  readonly chains: number;
  readonly order: Int32Array;
  readonly modes: FastModes;
}

/** Numbers of tables that are filled for one call of the program: the same as `train` takes. */
const TABLE_SIZE = 1 << 20;
const ORDER = "order";
const [BETA1, BETA2, EPSILON] = [0.9, 0.999, 1e-8];

/** Traces and compiles whole training steps of a model: minibatch, loss, gradient and update. */
export const training = (model: Model, { data, chains, order, modes }: TrainingSettings): Training => {
  const { batch } = model;
  const own = graph();
  const m = ops(own);
  const parameters = Object.fromEntries(
    Object.entries(model.parameters).map(([name, { shape }]) => [name, own.parameter(name, shape)]),
  );
  const loss = model.loss(withLayers(m), parameters, inputsOf(batch, data, own, m));
  const slopes = gradients(own, m, loss, Object.values(parameters));
  const update = model.optimiser === "Adam" ? adam(own, m, model.rate) : descent(m, model.rate);
  const updates = Object.values(parameters).flatMap((parameter, i) =>
    update(parameter as NodeOf<"parameter">, slopes[i]),
  );
  const stepsPerCall = Math.max(1, Math.min(256, Math.floor(TABLE_SIZE / (chains * ((batch ?? 0) + 8)))));
  const goal = { outputs: { loss: { node: loss, every: "step" as const } }, updates };
  const program = compile(own, goal, { precision: "f32", chains, stepsPerCall, ...modes });
  for (const [name, { values }] of Object.entries(data)) program.write(name, values);

  const rows = batch === undefined ? 0 : order.length / batch;
  const fillTables = (from: number, count: number) => {
    for (let step = 0; step < count; step++) {
      if (model.optimiser === "Adam") {
        program.write("correction1", [1 / (1 - BETA1 ** (from + step + 1))], { step });
        program.write("correction2", [1 / (1 - BETA2 ** (from + step + 1))], { step });
      }
      if (batch === undefined) continue;
      for (let chain = 0; chain < chains; chain++) {
        const row = ((from + step + chain) % rows) * batch;
        program.writeIndices(ORDER, order.subarray(row, row + batch), { chain, step });
      }
    }
  };
  return {
    program,
    steps(from, count) {
      for (let made = 0; made < count; made += stepsPerCall) {
        const now = Math.min(stepsPerCall, count - made);
        fillTables(from + made, now);
        program.run(now, { from: from + made, seed: 1 });
      }
    },
  };
};

/** The whole data, or the rows of a step's minibatch. */
const inputsOf = (
  batch: number | undefined,
  data: TrainingSettings["data"],
  own: Graph,
  m: Ops,
): { readonly [name: string]: Node } => {
  const traits = { name: ORDER, samples: true, perChain: true, perStep: true };
  const order = batch === undefined ? undefined : own.node("input", [], traits, [batch], "index");
  return Object.fromEntries(
    Object.entries(data).map(([name, { shape, values }]) => {
      const element = values instanceof Int32Array ? "index" : "real";
      const whole = own.node("input", [], { name, samples: order === undefined }, shape, element);
      return [name, order ? m.gather(whole, order) : whole];
    }),
  );
};

type Update = { readonly parameter: NodeOf<"parameter">; readonly node: Node };
type Updater = (parameter: NodeOf<"parameter">, gradient: Node) => Update[];

const descent =
  (m: Ops, rate: number): Updater =>
  (parameter, gradient) => [{ parameter, node: m.sub(parameter, m.mul(rate, gradient)) }];

const adam = (own: Graph, m: Ops, rate: number): Updater => {
  const [correction1, correction2] = ["correction1", "correction2"].map(name =>
    own.node("input", [], { name, perStep: true }, []),
  );
  return (parameter, gradient) => {
    const { name } = parameter.attributes;
    const [mean, square] = ["mean", "square"].map(memory => own.parameter(`${name}: ${memory}`, parameter.shape));
    const newMean = m.add(m.mul(BETA1, mean), m.mul(1 - BETA1, gradient));
    const newSquare = m.add(m.mul(BETA2, square), m.mul(m.mul(1 - BETA2, gradient), gradient));
    const scale = m.add(m.sqrt(m.mul(newSquare, correction2)), EPSILON);
    const change = m.div(m.mul(rate, m.mul(newMean, correction1)), scale);
    return [
      { parameter, node: m.sub(parameter, change) },
      { parameter: mean as NodeOf<"parameter">, node: newMean },
      { parameter: square as NodeOf<"parameter">, node: newSquare },
    ];
  };
};
