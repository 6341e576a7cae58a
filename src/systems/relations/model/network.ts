import type { Node } from "../../../engine/graph/node.ts";
import { sizeOf } from "../../../engine/graph/shape.ts";
import type { Tracer } from "../../../engine/graph/tracer.ts";
import { type Model, model } from "../../../engine/model.ts";
import type { Data } from "../../../experiments/data.ts";
import type { Mode } from "../controls.ts";
import type { Problem } from "./problem.ts";
import { unitOf } from "./units.ts";

/** The network as an array program: the mean loss on the pairs of the data, and the output for each. Cross-entropy is -log of the probability of what is the case. */
export const networkModel = (problem: Problem, start: Float64Array): Model =>
  model((m, { first, second, related }) => {
    const [E, ...decoder] = problem.layout.parameters.map(({ name, shape, offset }) =>
      m.parameter(name, shape, start.subarray(offset, offset + sizeOf(shape))),
    );
    const joined = joins[problem.mode](m, m.gather(E, first), m.gather(E, second));
    const input = typeof problem.decoder === "string" ? unitOf(m, problem.decoder, problem.mode, joined) : joined;
    const y = m.reshape(decoded(m, input, decoder), [first.shape[0]]);
    const error = problem.loss === "squared" ? m.square(m.sub(y, related)) : m.sub(m.softplus(y), m.mul(related, y));
    return { loss: m.mean(error), y };
  });

const joins: { readonly [mode in Mode]: (m: Tracer, first: Node, second: Node) => Node } = {
  concat: (m, first, second) => m.concat([first, second], 1),
  diff: (m, first, second) => m.sub(first, second),
  sqdiff: (m, first, second) => m.square(m.sub(first, second)),
};

/** Layers of tanh, and a linear one. */
const decoded = (m: Tracer, input: Node, decoder: readonly Node[]): Node => {
  let value = input;
  for (let l = 0; l < decoder.length; l += 2) {
    const next = m.add(m.matmul(value, decoder[l]), decoder[l + 1]);
    value = l === decoder.length - 2 ? next : m.tanh(next);
  }
  return value;
};

/** The data of a network: of all pairs, rows in the problem's order, or of the training pairs alone. */
export const networkData = ({ relation, matrix, order, trainCount }: Problem, which: "all" | "train"): Data => {
  const places = which === "all" ? order : order.subarray(0, trainCount);
  const n = relation.symbols;
  return {
    first: places.map(place => Math.floor(place / n)),
    second: places.map(place => place % n),
    related: Float64Array.from(places, place => matrix[place]),
  };
};
