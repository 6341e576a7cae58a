import type { MapGrid } from "./phase-map.ts";

/** The first lattice has at least so many cells, or this share of a small map. */
const FIRST = { cells: 24, share: 1 / 8 };

/**
 * Lattices of cells, each holding the one before and twice as many: squares of a side of 2^k cells, then their centres as well, then squares of half the side, down
 * to all cells. Shifted by an offset, so that no place of the map is preferred.
 */
export const lattices = ({ columns, rows }: MapGrid, right: number, down: number): readonly (readonly number[])[] => {
  const levels: number[][] = [];
  for (let side = 1; ; side *= 2) {
    const squares: number[] = [];
    const centred: number[] = [];
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) {
        const [x, y] = [(column + right) % side, (row + down) % side];
        const corner = x === 0 && y === 0;
        if (corner) squares.push(row * columns + column);
        if (corner || (2 * x === side && 2 * y === side)) centred.push(row * columns + column);
      }
    if (side > 1 && centred.length > squares.length) levels.unshift(centred);
    if (side > 1 && squares.length < Math.min(FIRST.cells, FIRST.share * columns * rows)) return levels;
    levels.unshift(squares);
    if (side > Math.max(columns, rows)) return levels;
  }
};
