import { sizeOf } from "../../../engine/graph/shape.ts";
import { type Model, model } from "../../../engine/model.ts";
import type { Data } from "../../../experiments/data.ts";
import { tanh } from "../../../numerics/elementary.ts";
import { affine } from "../../encoder-decoder.ts";
import type { Problem } from "./problem.ts";

/**
 * The network as an array program: the loss on the training pairs, and the outputs for all pairs of the data and the embeddings beside it, so that every
 * step shows both. Regression: mean over pairs and coordinates of the squared error; classification: mean cross-entropy.
 */
export const networkModel = ({ task, targets, trainCount, outputs, layout }: Problem, start: Float64Array): Model =>
  model((m, { first, second, target }) => {
    const [E, W1, b1, W2, b2, W3, b3] = layout.parameters.map(({ name, shape, offset }) =>
      m.parameter(name, shape, start.subarray(offset, offset + sizeOf(shape))),
    );
    const input = task.join(m, m.gather(E, first), m.gather(E, second));
    const outputsOf = (from: number, rows: number) => {
      const own = m.slice(input, [from, 0], [rows, input.shape[1]]);
      const one = m.tanh(m.add(m.matmul(own, W1), b1));
      const two = m.tanh(m.add(m.matmul(one, W2), b2));
      return m.add(m.matmul(two, W3), b3);
    };
    const all = first.shape[0];
    // All pairs, or some of those that are trained on. The others stay apart, so that the gradient has nothing to do with them.
    const count = Math.min(trainCount, all);
    const trained = outputsOf(0, count);
    const y = count === all ? trained : m.concat([trained, outputsOf(count, all - count)]);
    const fit =
      targets === null
        ? m.crossEntropy(trained, m.slice(target, [0], [count]))
        : m.mean(m.square(m.sub(trained, m.slice(target, [0, 0], [count, outputs]))));
    const loss = task.penalty === 0 ? fit : m.add(fit, m.mul(task.penalty, m.mean(m.abs(E))));
    return { loss, y, embeddings: m.mul(1, E) };
  });

/** The data of a network: of all pairs, or of the training pairs alone. */
export const networkData = ({ task, order, targets, trainCount, outputs }: Problem, which: "all" | "train"): Data => {
  const places = which === "all" ? order : order.subarray(0, trainCount);
  const answers = Int32Array.from(places, place => task.answers[place]);
  const target =
    targets === null
      ? answers
      : {
          shape: [places.length, outputs],
          data: Float64Array.from(
            { length: places.length * outputs },
            (_, i) => targets[answers[Math.floor(i / outputs)] * outputs + (i % outputs)],
          ),
        };
  return {
    first: Int32Array.from(places, place => task.pairs[place][0]),
    second: Int32Array.from(places, place => task.pairs[place][1]),
    target,
  };
};

/** The decoder at a point, in plain float64: from what embeddings were joined to, to its outputs. */
export const decoderAt = ({ layout }: Problem, w: Float64Array) => {
  const { W1, b1, W2, b2, W3, b3 } = layout.views(w);
  const [one, two] = [b1.length, b2.length].map(length => new Float64Array(length));
  return (input: Float64Array, out: Float64Array): void => {
    affine(input, W1, b1, one, tanh);
    affine(one, W2, b2, two, tanh);
    affine(two, W3, b3, out, value => value);
  };
};

/** Outputs for all pairs at a point, rows in the problem's order, in plain float64. */
export const outputsAt = (problem: Problem, w: Float64Array): Float64Array => {
  const { task, order, layout, outputs } = problem;
  const { E } = layout.views(w);
  const decode = decoderAt(problem, w);
  const input = new Float64Array(task.dimensions);
  const all = new Float64Array(order.length * outputs);
  order.forEach((place, row) => {
    const [i, j] = task.pairs[place];
    task.joinPlain(E, i * task.dimensions, j * task.dimensions, input);
    decode(input, all.subarray(row * outputs, (row + 1) * outputs));
  });
  return all;
};
