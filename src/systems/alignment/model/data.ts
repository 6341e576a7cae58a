import { exp } from "../../../numerics/elementary.ts";
import type { NetworkValues } from "../controls.ts";

/** Inputs and targets, a row for each point. */
export interface Points {
  readonly x: readonly (readonly number[])[];
  readonly y: readonly (readonly number[])[];
}

/** The places of the first input and target in the source's code. */
const [FIRST_X, FIRST_Y] = [-1, 0.6];

/** Two points at given distances, apart along the diagonal. */
const pair = ({ dx, dy, dimensions }: NetworkValues): Points => {
  const along = (from: number, length: number) =>
    [from, from + length].map(value => new Array<number>(dimensions).fill(value / Math.sqrt(dimensions)));
  return { x: along(FIRST_X, dx), y: along(FIRST_Y, dy) };
};

/** Exclusive or: the diagonals share a target. */
const xor = (): Points => ({
  x: [[0, 0], [0, 1], [1, 0], [1, 1]], // biome-ignore format: a truth table
  y: [[0], [1], [1], [0]],
});

/** Pixels along a side, and how wide a blob is, in sides of the image. */
const [PIXELS, BLOB] = [5, 0.25];

/** A blob somewhere on an image and a context of two bits: the target is the horizontal place in one context and the vertical one in the other. */
const context = ({ centres }: NetworkValues): Points => {
  const places = Array.from({ length: centres }, (_, i) => i / (centres - 1));
  const pixels = Array.from({ length: PIXELS }, (_, i) => i / (PIXELS - 1));
  const blob = (u: number, v: number) =>
    pixels.flatMap(a => pixels.map(b => exp(-((a - u) * (a - u) + (b - v) * (b - v)) / (2 * BLOB * BLOB))));
  const rows = [0, 1].flatMap(context =>
    places.flatMap(u => places.map(v => ({ x: [...blob(u, v), 1 - context, context], y: [context === 0 ? u : v] }))),
  );
  return { x: rows.map(({ x }) => x), y: rows.map(({ y }) => y) };
};

/** The points of a task; the first two are the pair that is followed. */
export const pointsOf = (at: NetworkValues): Points => ({ pair, xor, context })[at.task](at);

/** Loss of the best constant output, half the variance of the targets: where only their mean is learned. */
export const constantLoss = ({ y }: Points): number => {
  const columns = y[0].map((_, j) => y.map(row => row[j]));
  const variances = columns.map(column => {
    const centre = column.reduce((sum, value) => sum + value, 0) / column.length;
    return column.reduce((sum, value) => sum + (value - centre) * (value - centre), 0) / column.length;
  });
  return variances.reduce((sum, value) => sum + value, 0) / (2 * variances.length);
};

/** Squared distances of the first two points. */
export const firstPair = ({ x, y }: Points) => ({ dx2: squaredDistance(x[0], x[1]), dy2: squaredDistance(y[0], y[1]) });

const squaredDistance = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, i) => sum + (value - b[i]) * (value - b[i]), 0);
