import { exp } from "../../numerics/elementary.ts";
import type { Tally } from "./tally.ts";

/** probabilities[label][cell]: a vote of all runs, whose weight falls with their distance in units of that to the nearest run. */
export const posterior = ({ grid: { columns, rows }, labels, counts, totals }: Tally): readonly Float64Array[] => {
  const probabilities = labels.map(() => new Float64Array(columns * rows));
  const seen: number[] = [];
  totals.forEach((total, cell) => {
    if (total > 0) seen.push(cell);
  });
  if (seen.length === 0) return probabilities;
  const squares = new Float64Array(seen.length);
  for (let cell = 0; cell < columns * rows; cell++) {
    let nearest = Infinity;
    seen.forEach((place, i) => {
      const dx = (place % columns) - (cell % columns);
      const dy = Math.floor(place / columns) - Math.floor(cell / columns);
      squares[i] = dx * dx + dy * dy;
      nearest = Math.min(nearest, squares[i]);
    });
    const width = Math.max(nearest, NARROWEST);
    let sum = 0;
    seen.forEach((place, i) => {
      const weight = exp(-squares[i] / width);
      sum += weight * totals[place];
      for (let k = 0; k < labels.length; k++) probabilities[k][cell] += weight * counts[k][place];
    });
    for (const each of probabilities) each[cell] /= sum;
  }
  return probabilities;
};

/** Square of the width in cells at a cell with runs of its own. */
const NARROWEST = 0.5;
