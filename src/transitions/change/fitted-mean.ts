import { leastSquares } from "../../numerics/least-squares.ts";
import type { CurveFit } from "./curve-fit.ts";
import { type Curve, tangentColumns } from "./law-fit.ts";
import { whitened } from "./whitened.ts";

/** Whether noise is remembered for more than a tenth of a curve: its few excursions then say hardly anything of the level of the mean. */
export const isLevelOpen = (phi: number, length: number): boolean => (1 - phi) * length < 10;

/**
 * The mean of a fit at each index. Where the noise leaves its level open, as a random walk does, the shape at the level that lies nearest to the curve.
 * Null where columns depend on each other.
 */
export const fittedMean = (curve: Curve, fit: CurveFit): Float64Array | null => {
  const all = tangentColumns(curve, fit, fit.changes);
  const columns = fit.noise.phi === 1 ? all.slice(1) : all;
  const mean = new Float64Array(curve.values.length);
  if (columns.length > 0) {
    const white = columns.map(column => whitened(column, fit.noise));
    const [rows, count] = [white[0].length, white.length];
    const matrix = Float64Array.from({ length: rows * count }, (_, i) => white[i % count][Math.floor(i / count)]);
    const solution = leastSquares(matrix, whitened(curve.values, fit.noise), rows, count)?.solution;
    if (!solution) return null;
    for (const [c, column] of columns.entries())
      for (let t = 0; t < mean.length; t++) mean[t] += solution[c] * column[t];
  }
  return isLevelOpen(fit.noise.phi, mean.length) ? nearest(mean, curve.values) : mean;
};

/** A mean at the level that lies nearest to some values. */
export const nearest = (mean: Float64Array, values: Float64Array): Float64Array => {
  const off = values.reduce((sum, value, t) => sum + (value - mean[t]), 0) / mean.length;
  return mean.map(value => value + off);
};
