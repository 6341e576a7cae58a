import { model } from "../../../src/engine/model.ts";
import { type Trained, trainEnsemble } from "../../../src/experiments/train.ts";
import { adam } from "../../../src/learning/adam.ts";
import { stream } from "../../../src/numerics/stream.ts";
import { hashBits, type Table } from "./bits.ts";

/** What a training run leaves: loss of every step, parameters. */
export const hashTrained = (members: readonly Trained[]): string =>
  hashBits(
    ...members.flatMap(({ loss, parameters }) => [
      loss,
      ...Object.values(parameters).map(({ data }) => Float64Array.from(data)),
    ]),
  );

const normals = (shape: readonly [number, number], purpose: string) => {
  const data = new Float64Array(shape[0] * shape[1]);
  stream({ seed: 1, purpose }).normals(data);
  return { shape, data };
};

/** 50 steps of Adam on a perceptron, alone and in ensembles that fill their lanes and that do not. */
export const training = (
  precisions: readonly ("f32" | "f64")[] = ["f32", "f64"],
  ensembles: readonly number[] = [1, 3, 8],
): Table => {
  const table: { [name: string]: string } = {};
  const perceptron = model((m, { x, y }) => {
    const hidden = m.tanh(m.linear("first", x, 13));
    return m.squaredError(m.linear("last", m.sin(m.linear("middle", hidden, 7)), 3), y);
  });
  const experiment = {
    model: perceptron,
    data: { x: normals([45, 5], "inputs"), y: normals([45, 3], "targets") },
    optimiser: adam({ stepSize: 0.01, weightDecay: 0.1 }),
    steps: 50,
  };
  for (const precision of precisions)
    for (const chains of ensembles) {
      const members = trainEnsemble({ ...experiment, precision }, { chains, seed: 7 });
      table[`Adam ${precision}, ${chains} ${chains === 1 ? "chain" : "chains"}`] = hashTrained(members);
    }
  return table;
};
