import fc from "fast-check";
import type { Node, Primitive, Relation } from "../../src/engine/graph/node.ts";
import type { Ops } from "../../src/engine/graph/ops.ts";
import { type Shape, sizeOf } from "../../src/engine/graph/shape.ts";
import { stream } from "../../src/numerics/stream.ts";
import { at, indicesOf, type Plain, plain, randomIndices, randomValues, tabulate } from "./plain.ts";

/** An array that a primitive works on. */
export interface Operand {
  readonly shape: Shape;
  /** Of real numbers. */
  readonly range?: readonly [number, number];
  /** An index array into so many rows. */
  readonly rows?: number;
  /** The same for all samples. */
  readonly isShared?: boolean;
}

/** One use of a primitive: what it is applied to, and what comes out by plain loops. */
export interface Scene {
  readonly operands: readonly Operand[];
  /** `lead` axes of samples stand before the axes of the operands that are not shared: 0 or 1. */
  build(m: Ops, operands: readonly Node[], lead: number): Node;
  closedForm(operands: readonly Plain[]): Plain;
  /** Not to be done sample by sample. */
  readonly mixesSamples?: boolean;
  /** Shown when a property fails. */
  readonly [fc.toStringMethod]?: () => string;
}

/** The longest axes of arrays of rank 0, 1, 2, ... */
export type Extents = readonly number[];
export const small: Extents = [1, 40, 9, 5, 3];
export const large: Extents = [1, 700, 40, 12, 7];

/** Where draws are addressed. */
export const SEED = 2 ** 40 + 17;

const shapes = (extents: Extents, ranks: readonly number[] = [0, 1, 2, 3, 4]): fc.Arbitrary<Shape> =>
  fc
    .constantFrom(...ranks)
    .chain(rank => fc.array(fc.integer({ min: 1, max: extents[rank] }), { minLength: rank, maxLength: rank }));

/** A shape and one that stretches to it: leading axes gone, others of length 1. */
const stretching = (shape: Shape): fc.Arbitrary<Shape> =>
  fc
    .tuple(
      fc.integer({ min: 0, max: shape.length }),
      fc.array(fc.boolean(), { minLength: shape.length, maxLength: shape.length }),
    )
    .map(([missing, isOne]) => shape.map((length, axis) => (isOne[axis] ? 1 : length)).slice(missing));

const subsetOfAxes = (shape: Shape): fc.Arbitrary<number[]> => fc.subarray(shape.map((_, axis) => axis));

const lifted = (axes: readonly number[], lead: number): number[] => axes.map(axis => axis + lead);
const withLead = (node: Node, lead: number, shape: Shape): Shape => [...node.shape.slice(0, lead), ...shape];

/** An operand of lower rank than the result, or of full rank: with samples, axes of length 1 stand in between. */
const raised = (m: Ops, node: Node, operand: Operand, lead: number, rank: number): Node => {
  if (lead === 0 || operand.isShared) return node;
  const ones = new Array<number>(rank - operand.shape.length).fill(1);
  return m.reshape(node, [node.shape[0], ...ones, ...operand.shape]);
};

const wide: readonly [number, number] = [-3, 3];

const leaf =
  (ranges: readonly [number, number] = wide) =>
  (extents: Extents) =>
    shapes(extents).map(
      (shape): Scene => ({ operands: [{ shape, range: ranges }], build: (_, [a]) => a, closedForm: ([a]) => a }),
    );

const unary =
  (op: Primitive & keyof Ops, f: (x: number) => number, range: readonly [number, number] = wide) =>
  (extents: Extents): fc.Arbitrary<Scene> =>
    shapes(extents).map(shape => ({
      operands: [{ shape, range }],
      build: (m, [a]) => (m[op] as (a: Node) => Node)(a),
      closedForm: ([a]) => plain(a.shape, a.data.map(f)),
    }));

/** Entry by entry over operands that stretch to a common shape. */
const entrywise =
  (
    ranges: readonly (readonly [number, number])[],
    build: (m: Ops, operands: readonly Node[]) => Node,
    f: (...entries: number[]) => number,
  ) =>
  (extents: Extents): fc.Arbitrary<Scene> =>
    shapes(extents).chain(shape =>
      fc
        .tuple(fc.nat(ranges.length - 1), fc.tuple(...ranges.map(() => fc.tuple(stretching(shape), fc.boolean()))))
        .map(([whole, others]): Scene => {
          const operands = ranges.map((range, i): Operand => {
            const [own, isShared] = others[i];
            return i === whole ? { shape, range } : { shape: own, range, isShared };
          });
          return {
            operands,
            build: (m, nodes, lead) =>
              build(
                m,
                nodes.map((node, i) => raised(m, node, operands[i], lead, shape.length)),
              ),
            closedForm: values =>
              tabulate(shape, index =>
                f(
                  ...values.map(value =>
                    at(
                      value,
                      value.shape.map((length, axis) =>
                        length === 1 ? 0 : index[axis + shape.length - value.shape.length],
                      ),
                    ),
                  ),
                ),
              ),
          };
        }),
    );

const binary = (
  op: "add" | "sub" | "mul" | "div" | "maximum" | "minimum",
  f: (x: number, y: number) => number,
  second: readonly [number, number] = wide,
) => entrywise([wide, second], (m, [a, b]) => m[op](a, b), f);

/** Over axes: for every entry that is left, `f` of all that fall on it. */
const overAxes =
  (op: "sum" | "max", f: (column: readonly number[]) => number) =>
  (extents: Extents): fc.Arbitrary<Scene> =>
    shapes(extents).chain(shape =>
      subsetOfAxes(shape).map(
        (axes): Scene => ({
          operands: [{ shape, range: wide }],
          build: (m, [a], lead) => m[op](a, lifted(axes, lead)),
          closedForm: ([a]) => {
            const isKept = (_: unknown, axis: number) => !axes.includes(axis);
            const columns = new Map<string, number[]>();
            for (const index of indicesOf(shape)) {
              const key = index.filter(isKept).join();
              columns.set(key, [...(columns.get(key) ?? []), at(a, index)]);
            }
            return tabulate(shape.filter(isKept), index => f(columns.get(index.join())!));
          },
        }),
      ),
    );

const relations: { readonly [R in Relation]: (a: number, b: number) => boolean } = {
  less: (a, b) => a < b,
  lessOrEqual: (a, b) => a <= b,
  equal: (a, b) => a === b,
};

const compare = (extents: Extents): fc.Arbitrary<Scene> =>
  fc.constantFrom(...(Object.keys(relations) as Relation[])).chain(relation =>
    // Few different values, so that some are equal.
    entrywise(
      [wide, wide],
      (m, [a, b]) => m.compare(relation, wholeNumbers(m, a), wholeNumbers(m, b)),
      (a, b) => Number(relations[relation](sign(a), sign(b))),
    )(extents),
  );
/** -1 or 1, without a primitive that rounds. */
const wholeNumbers = (m: Ops, a: Node): Node => m.select(m.compare("less", a, 0), -1, 1);
const sign = (a: number): number => (a < 0 ? -1 : 1);

const select = entrywise(
  [wide, wide, wide],
  (m, [condition, yes, no]) => m.select(m.maximum(condition, 0), yes, no),
  (condition, yes, no) => (condition > 0 ? yes : no),
);

const broadcast = (extents: Extents): fc.Arbitrary<Scene> =>
  shapes(extents).chain(shape =>
    stretching(shape).map((own): Scene => {
      const operand = { shape: own, range: wide };
      return {
        operands: [operand],
        build: (m, [a], lead) => m.broadcast(raised(m, a, operand, lead, shape.length), withLead(a, lead, shape)),
        closedForm: ([a]) =>
          tabulate(shape, index =>
            at(
              a,
              own.map((length, axis) => (length === 1 ? 0 : index[axis + shape.length - own.length])),
            ),
          ),
      };
    }),
  );

/** Axes of the second shape are products or factors of those of the first. */
const reshape = (extents: Extents): fc.Arbitrary<Scene> =>
  shapes(extents).chain(shape =>
    fc
      .tuple(fc.shuffledSubarray([...shape, 1], { minLength: shape.length + 1 }), fc.nat(shape.length))
      .map(([axes, merged]): Scene => {
        const target = [...axes.slice(0, merged), sizeOf(axes.slice(merged))];
        return {
          operands: [{ shape, range: wide }],
          build: (m, [a], lead) => m.reshape(a, withLead(a, lead, target)),
          closedForm: ([a]) => plain(target, a.data),
        };
      }),
  );

const transpose = (extents: Extents): fc.Arbitrary<Scene> =>
  shapes(extents).chain(shape =>
    fc
      .shuffledSubarray(
        shape.map((_, axis) => axis),
        { minLength: shape.length },
      )
      .map(
        (order): Scene => ({
          operands: [{ shape, range: wide }],
          build: (m, [a], lead) =>
            m.transpose(a, [...lifted([], lead), ...(lead === 1 ? [0] : []), ...lifted(order, lead)]),
          closedForm: ([a]) => {
            const data: number[] = [];
            const target = order.map(axis => shape[axis]);
            for (const index of indicesOf(target)) {
              const source: number[] = [];
              for (const [axis, from] of order.entries()) source[from] = index[axis];
              data.push(at(a, source));
            }
            return plain(target, data);
          },
        }),
      ),
  );

const slice = (extents: Extents): fc.Arbitrary<Scene> =>
  shapes(extents).chain(shape =>
    fc
      .tuple(
        ...shape.map(length =>
          fc.nat(length - 1).chain(start => fc.tuple(fc.constant(start), fc.integer({ min: 1, max: length - start }))),
        ),
      )
      .map((pieces): Scene => {
        const [starts, lengths] = [pieces.map(([start]) => start), pieces.map(([, length]) => length)];
        return {
          operands: [{ shape, range: wide }],
          build: (m, [a], lead) => m.slice(a, [...(lead === 1 ? [0] : []), ...starts], withLead(a, lead, lengths)),
          closedForm: ([a]) =>
            tabulate(lengths, index =>
              at(
                a,
                index.map((i, axis) => i + starts[axis]),
              ),
            ),
        };
      }),
  );

const concat = (extents: Extents): fc.Arbitrary<Scene> =>
  shapes(extents, [1, 2, 3, 4]).chain(shape =>
    fc
      .tuple(
        fc.nat(shape.length - 1),
        fc.array(fc.integer({ min: 1, max: extents[shape.length] }), { minLength: 1, maxLength: 3 }),
      )
      .map(([axis, lengths]): Scene => {
        const parts = [shape[axis], ...lengths].map(length => shape.map((own, a) => (a === axis ? length : own)));
        return {
          operands: parts.map(part => ({ shape: part, range: wide })),
          build: (m, nodes, lead) => m.concat(nodes, axis + lead),
          closedForm: values => {
            const whole = shape.map((own, a) => (a === axis ? lengths.reduce((sum, l) => sum + l, shape[axis]) : own));
            return tabulate(whole, index => {
              let [place, part] = [index[axis], 0];
              while (place >= values[part].shape[axis]) place -= values[part++].shape[axis];
              return at(
                values[part],
                index.map((i, a) => (a === axis ? place : i)),
              );
            });
          },
        };
      }),
  );

const matmul = (extents: Extents): fc.Arbitrary<Scene> => {
  const extent = fc.integer({ min: 1, max: extents[2] });
  const stack = fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: extents === small ? 1 : 2 });
  return fc
    .tuple(extent, extent, extent, stack, fc.boolean(), fc.boolean(), fc.constantFrom("both", "first", "second"))
    .map(([rows, inner, columns, deep, transposeA, transposeB, stacked]): Scene => {
      const [a, b] = [transposeA ? [inner, rows] : [rows, inner], transposeB ? [columns, inner] : [inner, columns]];
      return {
        operands: [
          { shape: stacked === "second" ? a : [...deep, ...a], range: wide, isShared: stacked === "second" },
          { shape: stacked === "first" ? b : [...deep, ...b], range: wide, isShared: stacked === "first" },
        ],
        mixesSamples: stacked !== "both",
        build: (m, [first, second]) => m.matmul(first, second, { a: transposeA, b: transposeB }),
        closedForm: ([first, second]) =>
          tabulate([...deep, rows, columns], index => {
            const [i, j] = index.slice(-2);
            const above = index.slice(0, -2);
            let sum = 0;
            for (let l = 0; l < inner; l++) {
              const x = at(first, [...(stacked === "second" ? [] : above), ...(transposeA ? [l, i] : [i, l])]);
              const y = at(second, [...(stacked === "first" ? [] : above), ...(transposeB ? [j, l] : [l, j])]);
              sum += x * y;
            }
            return sum;
          }),
      };
    });
};

const rowsOf = (extents: Extents) => fc.tuple(fc.integer({ min: 1, max: 7 }), shapes(extents, [0, 1, 2]));

const gather = (extents: Extents): fc.Arbitrary<Scene> =>
  fc.tuple(rowsOf(extents), shapes([1, 12, 4], [0, 1, 2])).map(
    ([[rows, row], places]): Scene => ({
      operands: [
        { shape: [rows, ...row], range: wide, isShared: true },
        { shape: places, rows },
      ],
      build: (m, [table, indices]) => m.gather(table, indices),
      closedForm: ([table, indices]) =>
        tabulate([...places, ...row], index =>
          at(table, [at(indices, index.slice(0, places.length)), ...index.slice(places.length)]),
        ),
    }),
  );

const scatterAdd = (extents: Extents): fc.Arbitrary<Scene> =>
  fc.tuple(rowsOf(extents), shapes([1, 12, 4], [0, 1, 2])).map(
    ([[rows, row], places]): Scene => ({
      operands: [
        { shape: [...places, ...row], range: wide },
        { shape: places, rows },
      ],
      build: (m, [values, indices]) => m.scatterAdd(values, indices, rows),
      closedForm: ([values, indices]) =>
        tabulate([rows, ...row], ([own, ...rest]) =>
          indicesOf(places)
            .filter(place => at(indices, place) === own)
            .reduce((sum, place) => sum + at(values, [...place, ...rest]), 0),
        ),
    }),
  );

const constant = (extents: Extents): fc.Arbitrary<Scene> =>
  shapes(extents).map((shape): Scene => {
    const values = randomValues(SEED, "constant", sizeOf(shape), wide);
    return { operands: [], build: m => m.constant(values, shape), closedForm: () => plain(shape, values) };
  });

const random = (extents: Extents): fc.Arbitrary<Scene> =>
  fc.tuple(fc.constantFrom("normal", "uniform"), shapes(extents)).map(
    ([distribution, shape]): Scene => ({
      operands: [],
      build: m => m.random(distribution as "normal", "draw", shape),
      closedForm: () => {
        const draws = stream({ seed: SEED, purpose: "draw", chain: 0, step: 0 });
        return plain(
          shape,
          Array.from({ length: sizeOf(shape) }, () => draws[distribution as "normal"]()),
        );
      },
    }),
  );

const convert = (extents: Extents): fc.Arbitrary<Scene> =>
  shapes(extents).map(
    (shape): Scene => ({
      operands: [{ shape, rows: 100_000 }],
      build: (m, [a]) => m.convert(a),
      closedForm: ([a]) => a,
    }),
  );

/** Simpson's rule on 2 / sqrt(pi) exp(-t^2) from 0 to x. */
const erf = (x: number): number => {
  const [intervals, h] = [2000, x / 2000];
  let sum = 1 + Math.exp(-x * x);
  for (let i = 1; i < intervals; i++) sum += (i % 2 === 0 ? 2 : 4) * Math.exp(-((i * h) ** 2));
  return ((2 / Math.sqrt(Math.PI)) * sum * h) / 3;
};

const sum = (column: readonly number[]): number => column.reduce((total, x) => total + x, 0);

/** How each primitive is used, by arrays of any shape. */
export const primitiveScenes: { readonly [P in Primitive]: (extents: Extents) => fc.Arbitrary<Scene> } = {
  parameter: leaf(),
  input: leaf(),
  constant,
  random,
  convert,
  neg: unary("neg", x => -x),
  exp: unary("exp", Math.exp, [-20, 20]),
  log: unary("log", Math.log, [0.01, 20]),
  log1p: unary("log1p", Math.log1p, [-0.99, 20]),
  tanh: unary("tanh", Math.tanh),
  erf: unary("erf", erf),
  sqrt: unary("sqrt", Math.sqrt, [0, 20]),
  sin: unary("sin", Math.sin, [-20, 20]),
  cos: unary("cos", Math.cos, [-20, 20]),
  stopGradient: unary("stopGradient", x => x),
  add: binary("add", (x, y) => x + y),
  sub: binary("sub", (x, y) => x - y),
  mul: binary("mul", (x, y) => x * y),
  div: binary("div", (x, y) => x / y, [0.5, 3]),
  maximum: binary("maximum", Math.max),
  minimum: binary("minimum", Math.min),
  compare,
  select,
  sum: overAxes("sum", sum),
  max: overAxes("max", column => Math.max(...column)),
  broadcast,
  reshape,
  transpose,
  slice,
  concat,
  matmul,
  gather,
  scatterAdd,
};

export const primitives = Object.keys(primitiveScenes) as Primitive[];

/** Values for the operands of a scene; `lead` samples of each that is not shared. */
export const valuesFor = (scene: Scene, seed: number, lead: Shape = []): Plain[] =>
  scene.operands.map(({ shape, range = wide, rows, isShared }, i) => {
    const whole = isShared ? shape : [...lead, ...shape];
    const [size, purpose] = [sizeOf(whole), `operand ${i}`];
    return plain(whole, rows ? randomIndices(seed, purpose, size, rows) : randomValues(seed, purpose, size, range));
  });
