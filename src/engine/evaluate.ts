import type { Node, Relation } from "./graph/node.ts";
import { type Shape, sizeOf, stridesOf } from "./graph/shape.ts";

/** Entries of an array, row-major; its shape may differ from its node's where one axis is looked at one entry at a time. */
export interface Entries<T> {
  readonly shape: Shape;
  readonly data: readonly T[];
}

/** What entries are made of: numbers, or instructions that will make numbers. */
export interface Scalars<T> {
  constant(value: number): T;
  convert(a: T): T;
  neg(a: T): T;
  exp(a: T): T;
  log(a: T): T;
  log1p(a: T): T;
  tanh(a: T): T;
  erf(a: T): T;
  sqrt(a: T): T;
  sin(a: T): T;
  cos(a: T): T;
  add(a: T, b: T): T;
  sub(a: T, b: T): T;
  mul(a: T, b: T): T;
  div(a: T, b: T): T;
  maximum(a: T, b: T): T;
  minimum(a: T, b: T): T;
  compare(relation: Relation, a: T, b: T): T;
  select(condition: T, yes: T, no: T): T;
  /** Where an index points, when that is known; undefined when it is not before the program runs. */
  known(index: T): number | undefined;
}

/**
 * The entries of one primitive's result from those of its operands: what every primitive means, written once for numbers (the
 * interpreter) and for instructions (small programs unrolled by the compiler). Leaves have no operands and are the caller's.
 */
export const evaluate = <T>(
  node: Node,
  inputs: readonly Entries<T>[],
  shape: Shape,
  scalars: Scalars<T>,
): readonly T[] => {
  const [a, b, c] = inputs;
  switch (node.op) {
    case "constant":
      return Array.from(node.attributes.values, value => scalars.constant(value));
    case "stopGradient":
    case "reshape":
      return a.data;
    case "convert":
    case "neg":
    case "exp":
    case "log":
    case "log1p":
    case "tanh":
    case "erf":
    case "sqrt":
    case "sin":
    case "cos": {
      const { op } = node;
      return a.data.map(x => scalars[op](x));
    }
    case "add":
    case "sub":
    case "mul":
    case "div":
    case "maximum":
    case "minimum": {
      const { op } = node;
      return a.data.map((x, i) => scalars[op](x, b.data[i]));
    }
    case "compare":
      return a.data.map((x, i) => scalars.compare(node.attributes.relation, x, b.data[i]));
    case "select":
      return a.data.map((condition, i) => scalars.select(condition, b.data[i], c.data[i]));
    case "sum":
      return fold(a, node.attributes.axes, column => sumByHalves(column, scalars));
    case "max":
      return fold(a, node.attributes.axes, column => column.reduce((most, x) => scalars.maximum(most, x)));
    case "broadcast":
      return rearrange(a, shape, index =>
        index.slice(shape.length - a.shape.length).map((i, axis) => (a.shape[axis] === 1 ? 0 : i)),
      );
    case "transpose": {
      const { order } = node.attributes;
      return rearrange(a, shape, index => a.shape.map((_, axis) => index[order.indexOf(axis)]));
    }
    case "slice":
      return rearrange(a, shape, index => index.map((i, axis) => i + node.attributes.starts[axis]));
    case "concat":
      return concatenate(inputs, node.attributes.axis, shape);
    case "matmul":
      return multiply(a, b, node.attributes, shape, scalars);
    case "gather": {
      const width = sizeOf(a.shape.slice(1));
      return b.data.flatMap(index => {
        const row = rowNumber(scalars.known(index), a.shape[0]);
        return a.data.slice(row * width, (row + 1) * width);
      });
    }
    case "scatterAdd": {
      const width = sizeOf(shape.slice(1));
      const sums = new Array<T>(sizeOf(shape)).fill(scalars.constant(0));
      b.data.forEach((index, from) => {
        const row = rowNumber(scalars.known(index), shape[0]);
        for (let j = 0; j < width; j++)
          sums[row * width + j] = scalars.add(sums[row * width + j], a.data[from * width + j]);
      });
      return sums;
    }
    default:
      throw new Error(`${node.op} is a leaf`);
  }
};

const rowNumber = (index: number | undefined, rows: number): number => {
  if (index === undefined || !(index >= 0 && index < rows)) throw new Error(`row ${index} of ${rows}`);
  return index;
};

/** The index of each entry of a shape, in row-major order. */
const indicesOf = (shape: Shape): number[][] =>
  shape.reduce<number[][]>(
    (all, length) => all.flatMap(index => Array.from({ length }, (_, i) => [...index, i])),
    [[]],
  );

const rearrange = <T>(
  { shape, data }: Entries<T>,
  target: Shape,
  source: (index: readonly number[]) => readonly number[],
): T[] => {
  const strides = stridesOf(shape);
  return indicesOf(target).map(index => data[source(index).reduce((sum, i, axis) => sum + i * strides[axis], 0)]);
};

const fold = <T>({ shape, data }: Entries<T>, axes: readonly number[], combine: (column: readonly T[]) => T): T[] => {
  const columns = new Map<string, T[]>();
  indicesOf(shape).forEach((index, i) => {
    const key = index.filter((_, axis) => !axes.includes(axis)).join();
    const column = columns.get(key);
    if (column) column.push(data[i]);
    else columns.set(key, [data[i]]);
  });
  return [...columns.values()].map(combine);
};

/** So many in order, and halves of what is more: in float32 the rounding errors of a plain sum of many would grow with their number. */
const PLAIN_SUM = 8;

const sumByHalves = <T>(terms: readonly T[], scalars: Scalars<T>): T => {
  if (terms.length <= PLAIN_SUM) return terms.reduce((sum, x) => scalars.add(sum, x));
  const half = Math.ceil(terms.length / 2);
  return scalars.add(sumByHalves(terms.slice(0, half), scalars), sumByHalves(terms.slice(half), scalars));
};

const concatenate = <T>(parts: readonly Entries<T>[], axis: number, shape: Shape): T[] => {
  const outer = sizeOf(shape.slice(0, axis));
  const blocks = parts.map(({ shape: own, data }) => ({ data, length: sizeOf(own.slice(axis)) }));
  return Array.from({ length: outer }, (_, i) =>
    blocks.flatMap(({ data, length }) => data.slice(i * length, (i + 1) * length)),
  ).flat();
};

const multiply = <T>(
  a: Entries<T>,
  b: Entries<T>,
  { transposeA, transposeB }: { readonly transposeA: boolean; readonly transposeB: boolean },
  shape: Shape,
  scalars: Scalars<T>,
): T[] => {
  const rank = shape.length;
  const [m, n] = [shape[rank - 2], shape[rank - 1]];
  const k = a.shape[transposeA ? rank - 2 : rank - 1];
  return Array.from({ length: sizeOf(shape) }, (_, entry) => {
    const stack = Math.floor(entry / (m * n));
    const [i, j] = [Math.floor(entry / n) % m, entry % n];
    let sum: T | undefined;
    for (let l = 0; l < k; l++) {
      const x = a.data[stack * m * k + (transposeA ? l * m + i : i * k + l)];
      const y = b.data[stack * k * n + (transposeB ? j * k + l : l * n + j)];
      const product = scalars.mul(x, y);
      sum = sum === undefined ? product : scalars.add(sum, product);
    }
    return sum!;
  });
};
