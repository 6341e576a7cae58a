import type { MapGrid } from "./phase-map.ts";

/** Nearest cells with runs, `count` and ties of the last, or all there are; with the cell itself or without. Nearest first, at equal distances row by row. */
export type Nearest = (cell: number, count: number, itself: boolean) => readonly number[];

/** The cells of a grid around any of them. Cells at equal distances come together, so that no direction is preferred. */
export interface Neighbours {
  /** Looks among the cells whose entry is positive. */
  among(seen: ArrayLike<number>): Nearest;
  /** The beginning of such a list, with ties of the last. */
  closest(cell: number, list: readonly number[], count: number): readonly number[];
  /** Square of the distance between two cells. */
  square(cell: number, other: number): number;
}

export const neighboursOn = (grid: MapGrid): Neighbours => {
  const { columns } = grid;
  const square = (cell: number, other: number): number => {
    const dx = (cell % columns) - (other % columns);
    const dy = Math.floor(cell / columns) - Math.floor(other / columns);
    return dx * dx + dy * dy;
  };
  return {
    square,
    among: seen => nearestAmong(grid, seen),
    closest(cell, list, count) {
      if (list.length <= count) return list;
      const farthest = square(cell, list[count - 1]);
      return list.filter(other => square(cell, other) <= farthest);
    },
  };
};

/** Cells with runs that a box has, on average: so few that rings of boxes are close to circles. */
const PER_BOX = 4;

/** Boxes of equal side hold the cells with runs; rings of them are opened around a cell until no other one can be as near. */
const nearestAmong = ({ columns, rows }: MapGrid, seen: ArrayLike<number>): Nearest => {
  const size = columns * rows;
  const places: number[] = [];
  for (let cell = 0; cell < size; cell++) if (seen[cell] > 0) places.push(cell);
  const side = Math.max(1, Math.floor(Math.sqrt((PER_BOX * size) / Math.max(1, places.length))));
  const [across, down] = [Math.ceil(columns / side), Math.ceil(rows / side)];
  const boxes: number[][] = Array.from({ length: across * down }, () => []);
  for (const cell of places)
    boxes[Math.floor(Math.floor(cell / columns) / side) * across + Math.floor((cell % columns) / side)].push(cell);
  // Square of the distance and place in one number, to be sorted by both.
  const keys = new Float64Array(places.length);

  return (cell, count, itself) => {
    const [x, y] = [cell % columns, Math.floor(cell / columns)];
    const [bx, by] = [Math.floor(x / side), Math.floor(y / side)];
    let found = 0;
    const open = (boxX: number, boxY: number): void => {
      if (boxX < 0 || boxX >= across || boxY < 0 || boxY >= down) return;
      for (const other of boxes[boxY * across + boxX]) {
        if (other === cell && !itself) continue;
        const dx = (other % columns) - x;
        const dy = Math.floor(other / columns) - y;
        keys[found++] = (dx * dx + dy * dy) * size + other;
      }
    };
    for (let ring = 0; ; ring++) {
      for (let boxX = bx - ring; boxX <= bx + ring; boxX++) {
        open(boxX, by - ring);
        if (ring > 0) open(boxX, by + ring);
      }
      for (let boxY = by - ring + 1; boxY < by + ring; boxY++) {
        open(bx - ring, boxY);
        open(bx + ring, boxY);
      }
      const isAll = ring >= Math.max(bx, across - 1 - bx, by, down - 1 - by);
      if (found < count && !isAll) continue;
      // Cells outside of the opened boxes are at least so far away.
      const reach = Math.min(
        ...[x - (bx - ring) * side + 1, (bx + ring + 1) * side - x],
        ...[y - (by - ring) * side + 1, (by + ring + 1) * side - y],
      );
      const sorted = keys.subarray(0, found).sort();
      const last = found < count ? Infinity : Math.floor(sorted[count - 1] / size);
      if (last >= reach * reach && !isAll) continue;
      const list: number[] = [];
      for (let i = 0; i < found && Math.floor(sorted[i] / size) <= last; i++) list.push(sorted[i] % size);
      return list;
    }
  };
};
