import type { MapGrid } from "./phase-map.ts";

/** Probability with which an island of the stated size may have been missed. */
const MISSED = 0.05;

/**
 * The largest disc, as a share of all cells, that has no cell with a run in it at more than 5 % of the places where its centre can be: cells nearer to the centre
 * than its radius, which is the 95 % quantile over all cells of the distance to the nearest run.
 */
export const largestMissed = ({ columns, rows }: MapGrid, seen: ArrayLike<number>): number => {
  const squares = squaredDistances(columns, rows, seen).sort();
  const radius = squares[Math.ceil((1 - MISSED) * squares.length) - 1];
  let inside = 0;
  for (let dy = 1 - rows; dy < rows; dy++)
    for (let dx = 1 - columns; dx < columns; dx++) if (dx * dx + dy * dy < radius) inside++;
  return Math.min(1, inside / (columns * rows));
};

/** Of each cell to the nearest one that is seen; infinite where none is. */
export const squaredDistances = (columns: number, rows: number, seen: ArrayLike<number>): Float64Array => {
  const places: number[] = [];
  for (let cell = 0; cell < columns * rows; cell++) if (seen[cell] > 0) places.push(cell);
  return Float64Array.from({ length: columns * rows }, (_, cell) => {
    let nearest = Infinity;
    for (const place of places) {
      const dx = (place % columns) - (cell % columns);
      const dy = Math.floor(place / columns) - Math.floor(cell / columns);
      nearest = Math.min(nearest, dx * dx + dy * dy);
    }
    return nearest;
  });
};
