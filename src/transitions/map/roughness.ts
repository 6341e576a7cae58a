import { log } from "../../numerics/elementary.ts";
import { lineFit } from "../../numerics/line-fit.ts";
import type { MapGrid, Roughness } from "./phase-map.ts";

/** Range of box sides, in factors of two, without which there is no verdict. */
const ENOUGH = 4;
/** A line has at most this dimension in the two finest octaves. */
const LINE = 1.1;

/**
 * Box-counting dimension of the boundary between phases from its uncertainty exponent: a share f(h) ~ h^(2 - dimension) of the pairs of cells at a distance of h = 1, 2, 4, ... along rows
 * and columns is of two phases. [McDonald, Grebogi, Ott and Yorke, Physica D 17 (1985) 125] Each f(h) is divided by the number of changes of phase between neighbours that lie
 * between these pairs, so that a line that is crossed once by every row and column has dimension 1 at any angle and offset, wherever the map ends. Null without a boundary, and on
 * maps of less than two octaves.
 */
export const roughnessOf = ({ columns, rows }: MapGrid, labels: ArrayLike<number>): Roughness | null => {
  const [x, y]: [number[], number[]] = [[], []];
  const errors: number[] = [];
  for (let side = 1; 2 * side <= Math.min(columns, rows); side *= 2) {
    const count = { pairs: 0, changes: 0 };
    for (let row = 0; row < rows; row++) countPairs(labels, row * columns, 1, columns, side, count);
    for (let column = 0; column < columns; column++) countPairs(labels, column, columns, rows, side, count);
    if (count.pairs === 0) break;
    x.push(log(side));
    y.push(log((count.pairs * side) / count.changes));
    // Pairs of one line overlap: one in each stretch of a side counts by itself.
    errors.push(Math.sqrt(side / count.pairs));
  }
  const octaves = x.length - 1;
  if (octaves < 2) return null;
  const slope = (points: number) => lineFit(x.slice(0, points), y.slice(0, points), errors.slice(0, points))!;
  const whole = slope(x.length);
  return {
    dimension: 2 - whole.slope,
    error: whole.slopeError,
    octaves,
    resolved: octaves < ENOUGH ? null : 2 - slope(3).slope <= LINE,
  };
};

/** Adds the pairs of two phases at a distance along one row or column, and the changes between neighbours that lie between the two of any pair. */
const countPairs = (
  labels: ArrayLike<number>,
  start: number,
  stride: number,
  length: number,
  side: number,
  count: { pairs: number; changes: number },
): void => {
  const changed = (i: number): number => (labels[start + i * stride] === labels[start + (i + 1) * stride] ? 0 : 1);
  let between = 0;
  for (let i = 0; i < side; i++) between += changed(i);
  for (let i = 0; i + side < length; i++) {
    if (i > 0) between += changed(i + side - 1) - changed(i - 1);
    count.changes += between;
    if (labels[start + i * stride] !== labels[start + (i + side) * stride]) count.pairs++;
  }
};
