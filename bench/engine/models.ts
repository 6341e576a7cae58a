import { type Layers, layers } from "../../src/engine/graph/layers.ts";
import type { Node } from "../../src/engine/graph/node.ts";
import type { Ops } from "../../src/engine/graph/ops.ts";
import { sizeOf } from "../../src/engine/graph/shape.ts";
import { stream } from "../../src/numerics/stream.ts";

const SEED = 1;

export interface Values {
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array;
}

type Nodes = { readonly [name: string]: Node };

/** What is trained, with its data and start: all that the peers get to know of it, besides the formula of its loss. */
export interface Model {
  readonly samples: number;
  /** Samples per step, drawn from the data by a table; all of them when absent. */
  readonly batch?: number;
  readonly optimiser: "gradient descent" | "Adam";
  readonly rate: number;
  data(): { readonly [name: string]: Values };
  readonly parameters: { readonly [name: string]: { readonly shape: readonly number[]; readonly deviation: number } };
  /** Mean over samples of the squared error, summed over outputs. */
  loss(m: Ops & Layers, parameters: Nodes, inputs: Nodes): Node;
}

export const withLayers = (m: Ops): Ops & Layers => ({ ...m, ...layers(m) });

/** out = ReLU(W^T W x + b), arXiv 2310.06301, eq. 1. */
const superposition = ((): Model => {
  const [r, c, samples] = [2, 6, 10_000];
  return {
    samples,
    batch: 1000,
    optimiser: "gradient descent",
    rate: 0.01,
    data() {
      const random = stream({ seed: SEED, purpose: "superposition" });
      const x = new Float32Array(samples * c);
      for (let sample = 0; sample < samples; sample++) x[sample * c + random.below(c)] = random.uniform();
      return { x: { shape: [samples, c], values: x } };
    },
    parameters: { W: { shape: [r, c], deviation: 0.5 }, b: { shape: [c], deviation: 0.1 } },
    loss: (m, { W, b }, { x }) => m.squaredError(m.relu(m.add(m.matmul(m.matmul(x, W, { b: true }), W), b)), x),
  };
})();

/** logits = W (U[a] + V[b])^2 for the sum of a and b modulo p, on a fixed subset of the pairs. */
const quadratic = ((): Model => {
  const [p, width, samples] = [59, 256, 1044];
  const matrix = { shape: [p, width], deviation: 0.1 };
  return {
    samples,
    optimiser: "gradient descent",
    rate: 0.001,
    data() {
      const pairs = Int32Array.from({ length: p * p }, (_, pair) => pair);
      stream({ seed: SEED, purpose: "pairs" }).shuffle(pairs);
      const chosen = pairs.subarray(0, samples);
      const a = chosen.map(pair => pair % p);
      const b = chosen.map(pair => Math.floor(pair / p));
      const target = a.map((value, i) => (value + b[i]) % p);
      return {
        a: { shape: [samples], values: a },
        b: { shape: [samples], values: b },
        target: { shape: [samples], values: target },
      };
    },
    parameters: { U: matrix, V: matrix, W: matrix },
    loss(m, { U, V, W }, { a, b, target }) {
      const hidden = m.square(m.add(m.gather(U, a), m.gather(V, b)));
      return m.squaredError(m.matmul(hidden, W, { b: true }), m.oneHot(target, p));
    },
  };
})();

/** 10-200-200-20 with tanh, on normal inputs and targets. */
const perceptron = ((): Model => {
  const widths = [10, 200, 200, 20];
  const samples = 1000;
  const normals = (purpose: string, width: number): Values => {
    const values = new Float64Array(samples * width);
    stream({ seed: SEED, purpose }).normals(values);
    return { shape: [samples, width], values: Float32Array.from(values) };
  };
  const layer = (i: number) => ({
    [`W${i}`]: { shape: [widths[i], widths[i + 1]], deviation: Math.sqrt(1 / widths[i]) },
    [`b${i}`]: { shape: [widths[i + 1]], deviation: 0.1 },
  });
  return {
    samples,
    batch: 45,
    optimiser: "Adam",
    rate: 0.001,
    data: () => ({ x: normals("inputs", widths[0]), y: normals("targets", widths[3]) }),
    parameters: { ...layer(0), ...layer(1), ...layer(2) },
    loss(m, p, { x, y }) {
      const linear = (input: Node, i: number) => m.add(m.matmul(input, p[`W${i}`]), p[`b${i}`]);
      return m.squaredError(linear(m.tanh(linear(m.tanh(linear(x, 0)), 1)), 2), y);
    },
  };
})();

export const models: { readonly [name: string]: Model } = { superposition, quadratic, perceptron };

/** Start of one chain, parameter by parameter. */
export const start = ({ parameters }: Model, chain: number): { readonly [name: string]: Float32Array } =>
  Object.fromEntries(
    Object.entries(parameters).map(([name, { shape, deviation }]) => {
      const values = new Float64Array(sizeOf(shape));
      stream({ seed: SEED, chain, purpose: `start ${name}` }).normals(values);
      return [name, Float32Array.from(values, value => deviation * value)];
    }),
  );

/** Rows of samples for minibatches: chain k takes row s + k at step s, and after the last row the first. */
export const orderTable = ({ samples, batch = 0 }: Model, steps: number): Int32Array => {
  const table = new Int32Array(steps * batch);
  const order = Int32Array.from({ length: samples }, (_, i) => i);
  const random = stream({ seed: SEED, purpose: "minibatches" });
  for (let step = 0; step < steps; step++) {
    random.at(step).shuffle(order);
    table.set(order.subarray(0, batch), step * batch);
  }
  return table;
};
