import { graph } from "../../../../src/engine/graph/graph.ts";
import type { Node } from "../../../../src/engine/graph/node.ts";
import { type Ops, ops } from "../../../../src/engine/graph/ops.ts";
import type { Setting } from "../../../engine/simulation.ts";

/** A program of what random ones are too small for, and inputs with values of their own. */
export interface Scene {
  readonly inputs: {
    readonly [name: string]: { readonly shape: readonly number[]; readonly values?: readonly number[] };
  };
  build(m: Ops, nodes: { readonly [name: string]: Node }): { readonly [name: string]: Node };
}

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const special = [nan, inf, -inf, 0, -0, 1, -1, 0.5, -2];
const further = [1e-310, 1e-40, -1e-40, 1e9, -1e15, 1e22, 3e38, 710, -745, 88.7, -103.9, 0.55, 8.49, 8.51, 5e-8];
const hard = [Math.PI / 2, 11 * Math.PI, 1e5 + 1, 1e6 + 1, 355, 103993, 5.319372648326541e255];
const every = [...special, ...further, ...hard];

/** m, n and k: less than a vector, tiles with rests, more than one part of a sum. */
const products = [
  [1, 1, 1],
  [3, 5, 7],
  [45, 20, 129],
  [9, 67, 300],
  [17, 100, 33],
  [26, 64, 40],
] as const;

const product = (
  [rows, columns, inner]: readonly [number, number, number],
  a: boolean,
  b: boolean,
): Scene["inputs"] => ({
  a: { shape: a ? [inner, rows] : [rows, inner] },
  b: { shape: b ? [columns, inner] : [inner, columns] },
});
const transposes = [
  [false, false],
  [true, false],
  [false, true],
  [true, true],
] as const;

export const scenes: { readonly [name: string]: Scene } = {
  "elementary functions of every kind of number": {
    inputs: { a: { shape: [every.length * 2], values: [...every, ...every.map(x => -x)] } },
    build: (m, { a }) =>
      Object.fromEntries(
        (["exp", "log", "log1p", "tanh", "erf", "sqrt", "sin", "cos", "neg"] as const).map(name => [name, m[name](a)]),
      ),
  },
  "extremes, comparisons and choices of every pair": {
    inputs: {
      a: { shape: [81], values: special.flatMap(x => special.map(() => x)) },
      b: { shape: [81], values: special.flatMap(() => special) },
    },
    build: (m, { a, b }) => ({
      most: m.maximum(a, b),
      least: m.minimum(a, b),
      positive: m.maximum(a, 0),
      negative: m.minimum(0, a),
      bounded: m.minimum(m.maximum(a, -0.5), 0.75),
      below: m.maximum(-0, a),
      less: m.compare("less", a, b),
      choice: m.select(m.compare("equal", a, b), m.mul(a, 3), m.div(b, a)),
      number: m.select(a, a, b),
      largest: m.max(m.maximum(a, b)),
    }),
  },
  "sums of many and of few, along lanes and across them": {
    inputs: {
      a: { shape: [41, 133] },
      b: { shape: [129] },
      c: { shape: [37, 3] },
      d: { shape: [1031] },
      e: { shape: [5, 200] },
    },
    build: (m, { a, b, c, d, e }) => ({
      rows: m.sum(a, 1),
      columns: m.sum(a, 0),
      all: m.sum(m.mul(a, a)),
      some: m.sum(b),
      across: m.sum(c, 0),
      along: m.sum(c, 1),
      most: m.max(a, 1),
      mostAcross: m.max(a, 0),
      many: m.sum(m.mul(d, m.exp(d))),
      few: m.sum(e, 0),
      turned: m.sum(m.transpose(a, [1, 0]), 0),
    }),
  },
  "rows gathered and scattered": {
    // The rows of the last are longer than two vectors.
    inputs: { table: { shape: [5, 19] }, values: { shape: [400, 19] }, long: { shape: [100, 37] } },
    build: (m, { table, values, long }) => {
      const many = m.indices(
        Array.from({ length: 400 }, (_, i) => (i * 7 + (i >> 3)) % 5),
        [400],
      );
      return {
        gathered: m.gather(table, many),
        scattered: m.scatterAdd(values, many, 5),
        added: m.scatterAdd(long, m.indices(Array.from({ length: 100 }, (_, i) => ((i * 7) % 3) % 2)), 2),
      };
    },
  },
  "random numbers": {
    inputs: { a: { shape: [45] } },
    build: (m, { a }) => ({
      normals: m.add(a, m.random("normal", "some", [45])),
      uniforms: m.random("uniform", "others", [33]),
      many: m.random("normal", "more", [130]),
    }),
  },
  ...Object.fromEntries(
    transposes.map(([a, b]) => [
      `products, ${a ? "transposed" : "plain"} by ${b ? "transposed" : "plain"}`,
      {
        inputs: Object.fromEntries(
          products.flatMap((shape, i) =>
            Object.entries(product(shape, a, b)).map(([name, input]) => [`${name}${i}`, input]),
          ),
        ),
        build: (m, nodes) =>
          Object.fromEntries(products.map((_, i) => [`c${i}`, m.matmul(nodes[`a${i}`], nodes[`b${i}`], { a, b })])),
      } satisfies Scene,
    ]),
  ),
};

/** A scene as a program with two chains and two steps. */
export const settingOf = (scene: Scene, precision: Setting["precision"]): Setting => {
  const own = graph();
  const nodes = Object.fromEntries(
    Object.entries(scene.inputs).map(([name, { shape }]) => [name, own.node("input", [], { name }, shape)]),
  );
  const outputs = Object.fromEntries(
    Object.entries(scene.build(ops(own), nodes)).map(([name, node]) => [name, { node, every: "step" as const }]),
  );
  return { graph: own, goal: { outputs, updates: [] }, precision, chains: 2, steps: 2, seed: 4 };
};

/** A pass over a minibatch whose rows are looked up, with a sum for each entry of a row and one more. */
export const minibatch = (precision: Setting["precision"], samples: number, width: number): Setting => {
  const own = graph();
  const m = ops(own);
  const [table, shift] = [own.node("input", [], { name: "table" }, [50, width]), own.parameter("shift", [width])];
  const traits = { name: "order", samples: true, perChain: true, perStep: true };
  const rows = m.gather(table, own.node("input", [], traits, [samples], "index"));
  const moved = m.sub(rows, shift);
  const outputs = {
    columns: { node: m.sum(m.mul(moved, m.exp(rows)), 0), every: "step" as const },
    all: { node: m.sum(m.mul(moved, moved)), every: "step" as const },
    most: { node: m.max(rows), every: "step" as const },
  };
  return { graph: own, goal: { outputs, updates: [] }, precision, chains: 2, steps: 2, seed: width };
};
