import { LEAST_SEGMENT, type MeanChange, meanChanges } from "./mean-change.ts";
import type { Noise } from "./whitened.ts";

/** By how much a change at each index lowers the sum of squares of a fit, by kind; 0 where it is not possible. */
export type Gains = { readonly [kind in MeanChange["kind"]]: Float64Array };

/** Share of a column's square that the fit must leave of it. */
const LEFT = 1e-6;

/**
 * Gains of one change more at every index, in time n for each column of the basis. `residuals` are those of a fit of whitened columns that span `basis`,
 * orthonormal; indices closer than LEAST_SEGMENT to an end or to one of `taken` are left out.
 */
export const scan = (
  residuals: Float64Array,
  basis: readonly Float64Array[],
  { phi, deviations }: Noise,
  taken: readonly number[],
): Gains => {
  const n = residuals.length + 1;
  const gains = Object.fromEntries(meanChanges.map(kind => [kind, new Float64Array(n)])) as Record<
    MeanChange["kind"],
    Float64Array
  >;
  const columns = [residuals, ...basis];
  // Sums over t > at of whitened steps (1) and lines (t / n): alone, together, and with each column.
  let [steps, lines, both] = [0, 0, 0];
  const withSteps = new Float64Array(columns.length);
  const withLines = new Float64Array(columns.length);
  const level = new Float64Array(columns.length);
  const slope = new Float64Array(columns.length);
  for (let at = n - 1; at >= LEAST_SEGMENT; at--) {
    const first = 1 / deviations[at];
    const place = at / n;
    if (at <= n - LEAST_SEGMENT && taken.every(other => Math.abs(other - at) >= LEAST_SEGMENT)) {
      for (let c = 0; c < columns.length; c++) {
        level[c] = first * columns[c][at - 1] + withSteps[c];
        slope[c] = withLines[c] - place * withSteps[c];
      }
      const levelSquare = first * first + steps;
      const slopeSquare = lines - 2 * place * both + place * place * steps;
      let [a, b, d] = [levelSquare, both - place * steps, slopeSquare];
      for (let c = 1; c < columns.length; c++) {
        a -= level[c] * level[c];
        b -= level[c] * slope[c];
        d -= slope[c] * slope[c];
      }
      const [p, q] = [level[0], slope[0]];
      if (a > LEFT * levelSquare) gains.level[at] = (p * p) / a;
      if (d > LEFT * slopeSquare) gains.slope[at] = (q * q) / d;
      const determinant = a * d - b * b;
      if (a > LEFT * levelSquare && d > LEFT * slopeSquare && determinant > LEFT * a * d)
        gains["level and slope"][at] = (p * p * d - 2 * p * q * b + q * q * a) / determinant;
    }
    const step = 1 / deviations[at] - phi / deviations[at - 1];
    const line = at / n / deviations[at] - (phi * (at - 1)) / n / deviations[at - 1];
    steps += step * step;
    lines += line * line;
    both += step * line;
    for (let c = 0; c < columns.length; c++) {
      withSteps[c] += step * columns[c][at - 1];
      withLines[c] += line * columns[c][at - 1];
    }
  }
  return gains;
};
