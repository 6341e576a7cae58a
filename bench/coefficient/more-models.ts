import { inLengths } from "../../src/coefficient/estimate/own-lengths.ts";
import { allModels } from "../../src/coefficient/models/index.ts";
import type { Objective } from "../../src/contracts/objective.ts";
import { tanh } from "../../src/numerics/elementary.ts";
import { stream } from "../../src/numerics/stream.ts";

/** A model of the benchmark that is none of src/coefficient/models. */
export interface MoreModel {
  readonly name: string;
  readonly family: string;
  readonly dimension: number;
  readonly truth: number;
  readonly multiplicity: number;
  /** Where the value is from. */
  readonly source: string;
  readonly samples: number;
  readonly minibatches: false;
  objective(): Objective;
  point(): Float64Array;
}

export type Model = Pick<MoreModel, "name" | "family" | "truth" | "multiplicity" | "source"> & {
  readonly objective: Objective;
  readonly at?: readonly number[];
};

export const model = ({ objective, at, ...about }: Model): MoreModel => ({
  ...about,
  dimension: objective.size,
  samples: 10_000,
  minibatches: false,
  objective: () => objective,
  point: () => (at ? Float64Array.from(at) : new Float64Array(objective.size)),
});

/** L and its gradient, in one array or in more. */
export const lossOf = (
  size: number,
  lossAndGradient: (w: Float64Array, out: Float64Array) => number,
  parameters: Objective["parameters"] = [{ name: "w", shape: [size], offset: 0 }],
): Objective => {
  const unused = new Float64Array(size);
  return { parameters, size, lossAndGradient, loss: w => lossAndGradient(w, unused) };
};

/** K = sum of f^2 over the values of a map with its derivatives: `write` adds the derivatives of one value into a row. */
const squares = (
  size: number,
  values: readonly ((w: Float64Array, slope: Float64Array) => number)[],
  parameters?: Objective["parameters"],
): Objective => {
  const slope = new Float64Array(size);
  return lossOf(
    size,
    (w, out) => {
      out.fill(0);
      let loss = 0;
      for (const value of values) {
        slope.fill(0);
        const f = value(w, slope);
        loss += f * f;
        for (let i = 0; i < size; i++) out[i] += 2 * f * slope[i];
      }
      return loss;
    },
    parameters,
  );
};

/** sum_i w_i^(p_i), p_i even. */
const powers = (list: readonly number[]): Objective =>
  squares(
    list.length,
    list.map((p, i) => (w: Float64Array, slope: Float64Array) => {
      slope[i] = (p / 2) * w[i] ** (p / 2 - 1);
      return w[i] ** (p / 2);
    }),
  );

/** In other units: w_i = unit_i times what the loss knows. */
export const inUnits = (objective: Objective, at: readonly number[], units: readonly number[]) => {
  const lengths = Float64Array.from(units, unit => 1 / unit);
  const scaled = inLengths(objective, Float64Array.from(at), lengths);
  return { objective: scaled.objective, at: [...scaled.at] };
};

const repeated = (value: number, count: number): number[] => Array.from({ length: count }, () => value);
const decades = (from: number, to: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => 10 ** (from + ((to - from) * i) / (count - 1)));

const UNITS = "lambda does not depend on the units";

const scaledPowers = (name: string, list: readonly number[], units: readonly number[]): MoreModel =>
  model({
    name: `units-${name}`,
    family: "powers in units",
    truth: list.reduce((sum, p) => sum + 1 / p, 0),
    multiplicity: 1,
    source: `sum of 1/p; ${UNITS}`,
    ...inUnits(
      powers(list),
      list.map(() => 0),
      units,
    ),
  });

/** A model of src/coefficient/models, array after array in units of its own. */
const rescaled = (name: string, unitOf: (array: number, i: number) => number): MoreModel => {
  const known = allModels().find(each => each.name === name);
  if (!known) throw new Error(`no model ${name}`);
  const objective = known.objective();
  const units = objective.parameters.flatMap(({ shape }, array) =>
    Array.from({ length: shape.reduce((product, side) => product * side, 1) }, (_, i) => unitOf(array, i)),
  );
  const plain: Objective = {
    parameters: objective.parameters,
    size: objective.size,
    loss: w => objective.loss(w),
    lossAndGradient: (w, out) => objective.lossAndGradient(w, out),
  };
  return model({
    name: `units-${name}`,
    family: "networks in units",
    truth: Number(known.lambda.numerator) / Number(known.lambda.denominator),
    multiplicity: known.multiplicity,
    source: `as the model without units; ${UNITS}`,
    ...inUnits(plain, [...known.point()], units),
  });
};

/** The same loss of A w, A a random matrix with entries of order 1: lambda is that of the loss. */
const sheared = (name: string, list: readonly number[]): MoreModel => {
  const size = list.length;
  const matrix = new Float64Array(size * size);
  stream({ seed: 7, purpose: `shear ${name}` }).normals(matrix);
  const along = (w: Float64Array, row: number): number => {
    let sum = 0;
    for (let i = 0; i < size; i++) sum += matrix[row * size + i] * w[i];
    return sum;
  };
  return model({
    name: `sheared-${name}`,
    family: "sheared powers",
    truth: list.reduce((sum, p) => sum + 1 / p, 0),
    multiplicity: 1,
    source: "sum of 1/p; a linear change of the parameters changes nothing",
    objective: squares(
      size,
      list.map((p, row) => (w: Float64Array, slope: Float64Array) => {
        const s = along(w, row);
        const rate = (p / 2) * s ** (p / 2 - 1);
        for (let i = 0; i < size; i++) slope[i] = rate * matrix[row * size + i];
        return s ** (p / 2);
      }),
    ),
  });
};

/** Pairs x^2 y^2, added: each 1/2 with multiplicity 2, lambdas add and multiplicities less 1 add. */
const pairs = (count: number): MoreModel =>
  model({
    name: `pairs-${count}`,
    family: "pairs",
    truth: count / 2,
    multiplicity: count + 1,
    source: "sums of independent losses: lambdas add, multiplicities less 1 add",
    objective: squares(
      2 * count,
      Array.from({ length: count }, (_, k) => (w: Float64Array, slope: Float64Array) => {
        slope[2 * k] = w[2 * k + 1];
        slope[2 * k + 1] = w[2 * k];
        return w[2 * k] * w[2 * k + 1];
      }),
    ),
  });

/** prod_k |u_k|^2 over blocks: the least d_k / 2, once for each block that reaches it. */
const blockProduct = (sizes: readonly number[]): MoreModel => {
  const size = sizes.reduce((sum, d) => sum + d, 0);
  const least = Math.min(...sizes);
  let offset = 0;
  const parameters = sizes.map((d, k) => {
    const array = { name: `u${k}`, shape: [d], offset };
    offset += d;
    return array;
  });
  return model({
    name: `block-product-${sizes.join("-")}`,
    family: "block products",
    truth: least / 2,
    multiplicity: sizes.filter(d => d === least).length,
    source: "products of independent losses: the least lambda, multiplicities add among equals; |u|^2 has d/2",
    objective: lossOf(
      size,
      (w, out) => {
        const lengths = parameters.map(({ offset: from, shape: [d] }) => {
          let sum = 0;
          for (let i = from; i < from + d; i++) sum += w[i] * w[i];
          return sum;
        });
        parameters.forEach(({ offset: from, shape: [d] }, k) => {
          const rest = lengths.reduce((product, length, j) => (j === k ? product : product * length), 1);
          for (let i = from; i < from + d; i++) out[i] = 2 * w[i] * rest;
        });
        return lengths.reduce((product, length) => product * length, 1);
      },
      parameters,
    ),
  });
};

/**
 * Units a_k tanh(b_k x) where the truth is tanh(x). With s the change of the sum of the outputs that act on tanh(x), and p that of the slope,
 * K is comparable to s^2 + p^2 + r^2 with r what the second unit does besides.
 */
const tanhAt = (name: string, at: readonly number[], truth: number, multiplicity: number, source: string): MoreModel =>
  model({
    name: `tanh-2-of-1-${name}`,
    family: "tanh, truth one unit",
    truth,
    multiplicity,
    source,
    at,
    objective: squares(
      4,
      Array.from({ length: 12 }, (_, j) => {
        const x = (j + 1) / 5;
        const target = tanh(x);
        return (w: Float64Array, slope: Float64Array) => {
          let f = -target;
          for (let k = 0; k < 2; k++) {
            const t = tanh(w[2 + k] * x);
            f += w[k] * t;
            slope[k] = t;
            slope[2 + k] = w[k] * x * (1 - t * t);
          }
          return f;
        };
      }),
      [
        { name: "a", shape: [2], offset: 0 },
        { name: "b", shape: [2], offset: 2 },
      ],
    ),
  });

const STRATA: readonly MoreModel[] = [
  tanhAt("twice", [0.4, 0.6, 1, 1], 5 / 4, 1, "r = (b_1 - b_2)^2 where both outputs act: 1/2 + 1/2 + 1/4"),
  tanhAt("against", [2, -1, 1, 1], 5 / 4, 1, "the same with outputs of unlike sign"),
  tanhAt("silent-alike", [1, 0, 1, 1], 5 / 4, 1, "r = a_2 (b_1 - b_2)^2: 1 + min(1/2, 1/4)"),
  tanhAt("silent-mirrored", [1, 0, 1, -1], 5 / 4, 1, "the same, as tanh is odd"),
  tanhAt("silent-other", [1, 0, 1, 2.5], 3 / 2, 1, "r = a_2: three independent directions, b_2 is free"),
  tanhAt("dead", [1, 0.7, 1, 0], 3 / 2, 1, "r = b_2: three independent directions, a_2 is free"),
  tanhAt("gone", [1, 0, 1, 0], 3 / 2, 2, "r = a_2 b_2: 1 + 1/2 with multiplicity 2"),
];

/** Classes with probabilities softmax(W x) at inputs that span the space: regular but for the shift that all classes share. */
const softmax = (classes: number, inputs: number): MoreModel => {
  const size = classes * inputs;
  const count = 3 * inputs;
  const numbers = stream({ seed: 3, purpose: `softmax ${classes} ${inputs}` });
  const [x, at] = [new Float64Array(count * inputs), new Float64Array(size)];
  numbers.normals(x);
  numbers.normals(at);
  const scores = (w: Float64Array, j: number): number[] => {
    const logits = Array.from({ length: classes }, (_, c) => {
      let sum = 0;
      for (let i = 0; i < inputs; i++) sum += w[c * inputs + i] * x[j * inputs + i];
      return sum;
    });
    const top = Math.max(...logits);
    const total = logits.reduce((sum, logit) => sum + Math.exp(logit - top), 0);
    return logits.map(logit => logit - top - Math.log(total));
  };
  const true_ = Array.from({ length: count }, (_, j) => scores(at, j).map(Math.exp));
  return model({
    name: `softmax-${classes}-classes-${inputs}-inputs`,
    family: "softmax",
    truth: ((classes - 1) * inputs) / 2,
    multiplicity: 1,
    source: "regular: half the parameters that are not the shift of all classes",
    at: [...at],
    objective: lossOf(size, (w, out) => {
      out.fill(0);
      let loss = 0;
      for (let j = 0; j < count; j++)
        scores(w, j).forEach((score, c) => {
          loss -= (true_[j][c] * score) / count;
          for (let i = 0; i < inputs; i++)
            out[c * inputs + i] += ((Math.exp(score) - true_[j][c]) * x[j * inputs + i]) / count;
        });
      return loss;
    }),
  });
};

/** K = f^2 for a singularity f: half of the log canonical threshold of f. */
const singularity = (
  name: string,
  size: number,
  truth: number,
  f: (w: Float64Array, slope: Float64Array) => number,
  multiplicity = 1,
  at?: readonly number[],
): MoreModel =>
  model({
    name: `singularity-${name}`,
    family: "singularities",
    truth,
    multiplicity,
    source: "half the log canonical threshold: sum of the weights, at most 1  [Arnold, Gusein-Zade & Varchenko 1988]",
    objective: squares(size, [f]),
    ...(at && { at }),
  });

const brieskorn = (name: string, exponents: readonly number[]): MoreModel =>
  singularity(name, exponents.length, exponents.reduce((sum, a) => sum + 1 / a, 0) / 2, (w, slope) =>
    exponents.reduce((sum, a, i) => {
      slope[i] = a * w[i] ** (a - 1);
      return sum + w[i] ** a;
    }, 0),
  );

export const moreModels = (): readonly MoreModel[] => [
  scaledPowers("2-2", [2, 2], [1e4, 1e-4]),
  scaledPowers("4-4", [4, 4], [1e4, 1e-4]),
  scaledPowers("2-4-6", [2, 4, 6], [1e-3, 1e2, 1e4]),
  scaledPowers("2-10-times-4-10-times", [...repeated(2, 10), ...repeated(4, 10)], decades(-4.5, 4.5, 20)),
  scaledPowers("8-2", [8, 2], [1e3, 1e-2]),
  rescaled("reduced-rank-2-2-2-rank-0-excess-0-0", array => (array === 0 ? 1e4 : 1)),
  rescaled("reduced-rank-3-3-3-rank-1-excess-1-0", array => (array === 0 ? 1e4 : 1e-4)),
  rescaled("reduced-rank-5-4-5-rank-4-excess-0-0", array => (array === 0 ? 1e4 : 1)),
  rescaled("deep-linear-2-2-2-2-rank-0", array => [1e3, 1, 1e-3][array]),
  rescaled("tanh-1-2-1", array => (array === 0 ? 1e3 : 1)),
  rescaled("diagonal-4-of-which-2-depth-2-minibatch", (_, i) => 10 ** ((i % 3) - 1)),
  rescaled("symmetric-4-3-rank-1-minibatch", () => 1e3),
  sheared("2-4", [2, 4]),
  sheared("2-4-6", [2, 4, 6]),
  sheared("4-4-4", [4, 4, 4]),
  sheared("2-times-12", repeated(2, 12)),
  sheared("2-times-6-4-times-6", [...repeated(2, 6), ...repeated(4, 6)]),
  pairs(2),
  pairs(5),
  pairs(15),
  blockProduct([3, 3]),
  blockProduct([2, 2, 2]),
  blockProduct([2, 5]),
  blockProduct([10, 10]),
  ...STRATA,
  softmax(2, 4),
  softmax(3, 5),
  softmax(10, 6),
  brieskorn("x3-y4", [3, 4]),
  brieskorn("x3-y5", [3, 5]),
  brieskorn("x3-y3", [3, 3]),
  brieskorn("x4-y5", [4, 5]),
  brieskorn("x3-y4-z5", [3, 4, 5]),
  singularity(
    "circle",
    2,
    1 / 2,
    (w, slope) => {
      slope.set([2 * w[0], 2 * w[1]]);
      return w[0] * w[0] + w[1] * w[1] - 1;
    },
    1,
    [0.6, 0.8],
  ),
];
