import type { MapGrid } from "./phase-map.ts";

/** The cells of a grid around any of them. Cells at equal distances come together, so that no direction is preferred. */
export interface Neighbours {
  /** Nearest cells with runs, `count` and ties of the last, or all there are; with the cell itself or without. */
  nearest(cell: number, seen: ArrayLike<number>, count: number, itself: boolean): readonly number[];
  /** The beginning of such a list, with ties of the last. */
  closest(cell: number, list: readonly number[], count: number): readonly number[];
  /** Square of the distance between two cells. */
  square(cell: number, other: number): number;
}

export const neighboursOn = ({ columns, rows }: MapGrid): Neighbours => {
  const offsets: { readonly dx: number; readonly dy: number; readonly square: number }[] = [];
  for (let dy = 1 - rows; dy < rows; dy++)
    for (let dx = 1 - columns; dx < columns; dx++) offsets.push({ dx, dy, square: dx * dx + dy * dy });
  offsets.sort((a, b) => a.square - b.square);
  const square = (cell: number, other: number): number => {
    const dx = (cell % columns) - (other % columns);
    const dy = Math.floor(cell / columns) - Math.floor(other / columns);
    return dx * dx + dy * dy;
  };
  return {
    square,
    nearest(cell, seen, count, itself) {
      const found: number[] = [];
      const [x, y] = [cell % columns, Math.floor(cell / columns)];
      let last = 0;
      for (let i = itself ? 0 : 1; i < offsets.length; i++) {
        const offset = offsets[i];
        if (offset.square > last && found.length >= count) break;
        last = offset.square;
        const [column, row] = [x + offset.dx, y + offset.dy];
        if (column < 0 || column >= columns || row < 0 || row >= rows) continue;
        const other = row * columns + column;
        if (seen[other] > 0) found.push(other);
      }
      return found;
    },
    closest(cell, list, count) {
      if (list.length <= count) return list;
      const farthest = square(cell, list[count - 1]);
      return list.filter(other => square(cell, other) <= farthest);
    },
  };
};
