import { type Shape, sizeOf, stridesOf } from "../../src/engine/graph/shape.ts";
import { stream } from "../../src/numerics/stream.ts";

/** An array as a shape and its entries, row-major. */
export interface Plain {
  readonly shape: Shape;
  readonly data: readonly number[];
}

export const plain = (shape: Shape, data: ArrayLike<number>): Plain => ({ shape, data: Array.from(data) });

/** The entry at an index. */
export const at = ({ shape, data }: Plain, index: readonly number[]): number =>
  data[stridesOf(shape).reduce((offset, stride, axis) => offset + stride * index[axis], 0)];

/** The index of every entry, in row-major order: the last axis runs fastest. */
export const indicesOf = (shape: Shape): number[][] =>
  Array.from({ length: sizeOf(shape) }, (_, entry) =>
    stridesOf(shape).map((stride, axis) => Math.floor(entry / stride) % shape[axis]),
  );

export const tabulate = (shape: Shape, entry: (index: readonly number[]) => number): Plain => ({
  shape,
  data: indicesOf(shape).map(entry),
});

/** Uniform numbers between two bounds that are float32 numbers, so that both precisions start from the same. */
export const randomValues = (
  seed: number,
  purpose: string,
  size: number,
  [low, high]: readonly [number, number],
): number[] => {
  const random = stream({ seed, purpose });
  return Array.from({ length: size }, () => Math.fround(low + (high - low) * random.uniform()));
};

export const randomIndices = (seed: number, purpose: string, size: number, rows: number): number[] => {
  const random = stream({ seed, purpose });
  return Array.from({ length: size }, () => random.below(rows));
};
