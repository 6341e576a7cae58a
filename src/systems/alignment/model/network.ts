import type { Node } from "../../../engine/graph/node.ts";
import type { Tracer } from "../../../engine/graph/tracer.ts";
import { type Model, model } from "../../../engine/model.ts";
import type { NetworkValues } from "../controls.ts";
import { type Stack, stackOf } from "./layers.ts";

/** Half the mean squared error over points and outputs. */
export const halfMeanSquare = (m: Tracer, a: Node, b: Node): Node => m.mul(0.5, m.mean(m.square(m.sub(a, b))));

const rowOf = (m: Tracer, rows: Node, row: number): Node => m.slice(rows, [row, 0], [1, rows.shape[1]]);

const firstDifference = (m: Tracer, rows: Node): Node => m.sub(rowOf(m, rows, 1), rowOf(m, rows, 0));

/** Numbers of sums over everything, one after the other. */
const sums = (m: Tracer, arrays: readonly Node[]): Node =>
  m.concat(
    arrays.map(entries => m.reshape(m.sum(entries), [1])),
    0,
  );

/** Squared distances of the first two points in each layer. */
export const layerDistances = (m: Tracer, hidden: readonly Node[]): Node =>
  sums(
    m,
    hidden.map(rows => m.square(firstDifference(m, rows))),
  );

/** y, w and the squared length of the mean error of the first two points, and the loss of all, one after the other. */
export const pairOutputs = (m: Tracer, outputs: Node, targets: Node): Node => {
  const difference = firstDifference(m, outputs);
  const error = m.sub(difference, firstDifference(m, targets));
  const errors = m.sub(outputs, targets);
  const mean = m.mul(0.5, m.add(rowOf(m, errors, 0), rowOf(m, errors, 1)));
  return sums(m, [m.square(difference), m.mul(difference, error), m.square(mean), halfMeanSquare(m, outputs, targets)]);
};

/** Hidden layers and outputs of a network; `before` is done to the input of every layer. */
export const through = ({ hidden, output }: Stack, x: Node, before: (input: Node) => Node = input => input) => {
  const layers: Node[] = [];
  for (const layer of hidden) layers.push(layer(before(layers.at(-1) ?? x)));
  return { hidden: layers, outputs: output(before(layers[layers.length - 1])) };
};

/**
 * A network as an array program: the loss, with dropout when there is some, and beside it, without, what the theory is about, the representation
 * and the outputs.
 */
export const networkModel = (at: NetworkValues, { dropout = 0 }: { readonly dropout?: number } = {}): Model =>
  model((m, { x, y }) => {
    const stack = stackOf(m, at, { inputs: x.shape[1], outputs: y.shape[1] });
    const { hidden, outputs } = through(stack, x);
    const trained = dropout === 0 ? outputs : through(stack, x, input => m.dropout(input, dropout)).outputs;
    return {
      loss: halfMeanSquare(m, trained, y),
      layers: layerDistances(m, hidden),
      pair: pairOutputs(m, outputs, y),
      representation: m.mul(1, hidden[at.readLayer]),
      outputs: m.mul(1, outputs),
    };
  });
