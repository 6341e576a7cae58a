import { exp, log } from "../../numerics/elementary.ts";
import { leastSquares } from "../../numerics/least-squares.ts";

/** Mean of ln |z| of a standard normal z. */
const MEAN_LOG = -0.6351814227307391;

const SCORINGS = 4;
/** No step changes a logarithm by more than this. */
const MOST = 1;

/**
 * Relative standard deviations of noise that grows or falls smoothly, from its innovations e_i: ln deviation is a constant, a line over the index and the
 * logarithm of the index; their mean is 0. By maximum likelihood of normal values, in a few steps of scoring that begin at a fit of ln |e_i|
 * [Harvey 1976]. Innovations of 0 say nothing to that fit. Null where they are too few.
 */
export const smoothDeviations = (innovations: Float64Array): Float64Array | null => {
  const n = innovations.length + 1;
  const told = Array.from(innovations, (_, i) => i).filter(i => innovations[i] !== 0);
  if (told.length < 4) return null;
  const rowsOf = (indices: readonly number[]) => Float64Array.from(indices.flatMap(i => [1, (i + 1) / n, log(i + 2)]));
  const sizes = Float64Array.from(told, i => log(Math.abs(innovations[i])) - MEAN_LOG);
  const solution = leastSquares(rowsOf(told), sizes, told.length, 3)?.solution;
  if (!solution) return null;
  const logAt = (i: number): number => solution[0] + (solution[1] * i) / n + solution[2] * log(i + 1);
  const all = Array.from(innovations, (_, i) => i);
  for (let step = 0; step < SCORINGS; step++) {
    const pulls = innovations.map((value, i) => (value * value * exp(-2 * logAt(i + 1)) - 1) / 2);
    const move = leastSquares(rowsOf(all), pulls, n - 1, 3)?.solution;
    if (!move) break;
    const largest = Math.max(...[1, n - 1].map(i => Math.abs(move[0] + (move[1] * i) / n + move[2] * log(i + 1))));
    const share = Math.min(1, MOST / largest);
    for (let c = 0; c < 3; c++) solution[c] += share * move[c];
  }
  const logs = Float64Array.from({ length: n }, (_, i) => logAt(i));
  const mean = logs.reduce((sum, value) => sum + value, 0) / n;
  return logs.map(value => exp(value - mean));
};
