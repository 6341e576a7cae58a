import fc from "fast-check";
import { gradients } from "../../src/engine/derive/derivatives.ts";
import { type Graph, graph } from "../../src/engine/graph/graph.ts";
import { layers } from "../../src/engine/graph/layers.ts";
import { type Node, type NodeOf, nodesFor } from "../../src/engine/graph/node.ts";
import { type Ops, ops } from "../../src/engine/graph/ops.ts";
import { sizeOf } from "../../src/engine/graph/shape.ts";
import type { Goal } from "../../src/engine/lower/plan.ts";
import { type Way, withBallast } from "./ways.ts";

/** What a random program is made of: which primitive comes next, and which of what there is it takes. Smaller numbers, simpler programs. */
export interface Recipe {
  readonly steps: readonly (readonly [primitive: number, first: number, second: number, detail: number])[];
  /** How many of the last arrays are outputs. */
  readonly outputs: number;
  /** Whether the parameters follow their gradient; else they take values from the arrays. */
  readonly descends: boolean;
  readonly batch: number;
}

export const recipes = (most = 30): fc.Arbitrary<Recipe> =>
  fc.record({
    steps: fc.array(fc.tuple(fc.nat(makers.length - 1), fc.nat(999), fc.nat(999), fc.nat(999)), {
      minLength: 5,
      maxLength: most,
    }),
    outputs: fc.integer({ min: 1, max: 4 }),
    descends: fc.boolean(),
    batch: fc.integer({ min: 4, max: 9 }),
  });

/** The arrays there are, and a choice among them. */
interface Pool {
  readonly m: Ops;
  /** The n-th latest. */
  real(n: number, wanted?: (node: Node) => boolean): Node | undefined;
  index(n: number): Node;
  readonly way: Way;
  readonly batch: number;
}

const MOST = 160;
const largest = (node: Node): boolean => sizeOf(node.shape) <= MOST;

/** Undefined when what there is does not fit. */
type Maker = (pool: Pool, first: number, second: number, detail: number) => Node | undefined;

const one =
  (make: (m: Ops, a: Node, detail: number) => Node | undefined): Maker =>
  ({ m, real }, first, _, detail) => {
    const a = real(first);
    return a && make(m, a, detail);
  };

const two =
  (make: (m: Ops, a: Node, b: Node, detail: number) => Node): Maker =>
  ({ m, real }, first, second, detail) => {
    const a = real(first);
    // The other is found among those that stretch to, or from, the one.
    const b = a && real(second, other => fits(a, other));
    return a && b && make(m, a, b, detail);
  };

const fits = (a: Node, b: Node): boolean => {
  const rank = Math.max(a.shape.length, b.shape.length);
  let size = 1;
  for (let axis = 1; axis <= rank; axis++) {
    const [x, y] = [a.shape.at(-axis) ?? 1, b.shape.at(-axis) ?? 1];
    if (x !== y && x !== 1 && y !== 1) return false;
    size *= Math.max(x, y);
  }
  return size <= MOST;
};

const axesFrom = (detail: number, rank: number): number[] =>
  Array.from({ length: rank }, (_, axis) => axis).filter(axis => ((detail >> axis) & 1) === 1);

const makers: readonly Maker[] = [
  two((m, a, b) => m.add(a, b)),
  two((m, a, b) => m.sub(a, b)),
  two((m, a, b) => m.mul(a, b)),
  two((m, a, b) => m.div(a, m.add(1.5, m.mul(b, b)))),
  two((m, a, b) => m.maximum(a, b)),
  two((m, a, b) => m.minimum(a, b)),
  two((m, a, b, detail) => m.select(m.compare((["less", "lessOrEqual", "equal"] as const)[detail % 3], a, b), a, b)),
  one((m, a) => m.neg(a)),
  one((m, a) => m.tanh(a)),
  one((m, a) => m.sin(a)),
  one((m, a) => m.cos(a)),
  one((m, a) => m.erf(a)),
  one((m, a) => m.exp(m.minimum(a, 1))),
  one((m, a, detail) => (detail % 2 ? m.log1p(m.mul(a, a)) : m.log(m.add(1.25, m.mul(a, a))))),
  one((m, a) => m.sqrt(m.add(0.5, m.mul(a, a)))),
  one((m, a) => m.stopGradient(a)),
  one((m, a, detail) => m.add(a, ((detail % 7) - 3) / 2)),
  one((m, a, detail) => m.mul(m.sum(a, axesFrom(detail, a.shape.length)), 0.25)),
  one((m, a, detail) => m.max(a, axesFrom(detail, a.shape.length))),
  one((m, a, detail) => layers(m).logSumExp(a, axesFrom(detail, a.shape.length))),
  one((m, a, detail) =>
    sizeOf(a.shape) <= 40 && a.shape.length < 4 ? m.broadcast(a, [1 + (detail % 4), ...a.shape]) : undefined,
  ),
  one((m, a) => m.reshape(a, [...a.shape].reverse())),
  one((m, a) => (a.shape.length < 4 ? m.reshape(a, [...a.shape, 1]) : m.reshape(a, [sizeOf(a.shape)]))),
  one((m, a, detail) => {
    const order = a.shape.map((_, axis) => axis);
    return m.transpose(a, [
      ...order.slice(detail % (order.length + 1)),
      ...order.slice(0, detail % (order.length + 1)),
    ]);
  }),
  one((m, a) => (a.shape.length >= 2 ? m.transpose(a, swapped(a.shape.length)) : undefined)),
  one((m, a, detail) => {
    const starts = a.shape.map((length, axis) => (detail >> axis) % length);
    return m.slice(
      a,
      starts,
      a.shape.map((length, axis) => Math.max(1, length - starts[axis] - (detail % 2))),
    );
  }),
  ({ m, real }, first, second, detail) => {
    const a = real(first, node => node.shape.length > 0 && sizeOf(node.shape) <= MOST / 2);
    if (!a) return undefined;
    const axis = detail % a.shape.length;
    const b = real(
      second,
      ({ shape }) =>
        shape.length === a.shape.length &&
        shape.every((length, i) => length === a.shape[i] || (i === axis && length < 9)),
    );
    return b && m.concat([a, b], axis);
  },
  ({ m, real }, first, second, detail) => {
    const a = real(first, node => node.shape.length === 2);
    const [transposeA, transposeB] = [(detail & 1) === 1, (detail & 2) === 2];
    const inner = a?.shape[transposeA ? 0 : 1];
    const b = real(second, node => node.shape.length === 2 && node.shape[transposeB ? 1 : 0] === inner);
    return a && b && m.mul(0.5, m.matmul(a, b, { a: transposeA, b: transposeB }));
  },
  ({ m, real }, first, second, detail) => {
    const a = real(first, node => node.shape.length === 3);
    const [transposeA, transposeB] = [(detail & 1) === 1, (detail & 2) === 2];
    const inner = a?.shape[transposeA ? 1 : 2];
    const b = real(
      second,
      ({ shape }) =>
        shape.length >= 2 &&
        shape.length <= 3 &&
        shape.at(transposeB ? -1 : -2) === inner &&
        (shape.length === 2 || shape[0] === a?.shape[0]),
    );
    return a && b && m.mul(0.5, m.matmul(a, b, { a: transposeA, b: transposeB }));
  },
  ({ m, real, index, way }, first, second) => {
    const table = real(first, node => node.shape.length > 0 && (way === "arrays" || node.op === "parameter"));
    return table && m.gather(table, rowsIn(m, index(second), table.shape[0]));
  },
  ({ m, index }, first) => m.convert(index(first)),
  ({ m, real, way }, first, __, detail) => {
    const a = way === "chains" ? undefined : real(first, node => node.shape.length > 0);
    const places = a && Array.from({ length: a.shape[0] }, (_, i) => (i * (detail + 1)) % 3);
    return places && m.scatterAdd(a, m.indices(places), 3);
  },
  ({ m }, first, _, detail) =>
    m.random(detail % 2 === 0 ? "normal" : "uniform", `draw ${detail % 5}`, [[], [3], [2, 3]][first % 3]),
];

const swapped = (rank: number): number[] => [...Array.from({ length: rank - 2 }, (_, i) => i), rank - 1, rank - 2];

/** Index arrays of constants keep below the rows; inputs are written below the rows of the smallest table. */
const rowsIn = (m: Ops, indices: Node, rows: number): Node =>
  indices.op === "constant"
    ? m.indices(
        Array.from(indices.attributes.values, value => value % rows),
        indices.shape,
      )
    : indices;

export interface RandomProgram {
  readonly graph: Graph;
  readonly m: Ops;
  readonly goal: Goal;
}

/** Follows a recipe over parameters and inputs that suit a way of running. */
export const randomProgram = ({ steps, outputs, descends, batch }: Recipe, way: Way): RandomProgram => {
  const own = graph();
  const m = ops(own);
  const parameters = [own.parameter("w", [3, 2]), own.parameter("v", [2]), own.parameter("s", [])];
  const samples = way === "samples";
  const input = (name: string, shape: readonly number[], traits: object, element?: "index") =>
    own.node("input", [], { name, ...traits }, shape, element);
  const real: Node[] = [
    ...parameters,
    input("rates", [2], { perStep: true }),
    input("x", [batch, 3], { samples, ...(!samples && { perChain: true, perStep: true }) }),
  ];
  const index: Node[] = [
    m.indices([2, 0, 1, 2, 2], [5]),
    input("rows", [batch], { samples, perStep: true, ...(!samples && { perChain: true }) }, "index"),
  ];
  const pool: Pool = {
    m,
    way,
    batch,
    real(n, wanted = largest) {
      const found = real.filter(wanted);
      return found.length === 0 ? undefined : found[found.length - 1 - (n % found.length)];
    },
    index: n => index[n % index.length],
  };
  for (const [primitive, first, second, detail] of steps) {
    const made = makers[primitive](pool, first, second, detail);
    if (made && sizeOf(made.shape) <= 2 * MOST) real.push(made);
  }
  const kept = real.slice(-outputs);
  const loss = kept.map(node => m.mul(m.sum(m.tanh(node)), 0.1)).reduce((sum, node) => m.add(sum, node));
  const updates = descends
    ? gradients(own, m, loss, parameters).map((gradient, i) => m.sub(parameters[i], m.mul(0.1, gradient)))
    : parameters.map((parameter, i) => {
        const like = real.findLast(({ shape }) => shape.join() === parameter.shape.join() && i !== shape.length);
        return like && like !== parameter ? m.tanh(m.add(like, 0.1)) : m.add(m.mul(parameter, 0.5), loss);
      });
  const goal: Goal = {
    outputs: Object.fromEntries([
      ["loss", { node: loss, every: "step" }],
      ...kept.map((node, i) => [`kept ${i}`, { node, every: i % 2 === 0 ? "step" : "call" }]),
    ]),
    updates: parameters.map((parameter, i) => ({ parameter: parameter as NodeOf<"parameter">, node: updates[i] })),
  };
  return { graph: own, m, goal: way === "arrays" ? withBallast(own, m, goal) : goal };
};

/** All primitives that a program uses. */
export const primitivesOf = ({ outputs, updates }: Goal): Set<string> =>
  new Set(
    nodesFor([...Object.values(outputs).map(({ node }) => node), ...updates.map(({ node }) => node)]).map(
      ({ op }) => op,
    ),
  );
