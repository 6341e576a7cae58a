import { endOf, LEAST_SEGMENT, type MeanChange } from "./mean-change.ts";
import type { Noise } from "./whitened.ts";

/** By how much a change at each index lowers the sum of squares of a fit, by kind; 0 where it is not possible. */
export interface Gains {
  readonly level: Float64Array;
  readonly slope: Float64Array;
  readonly "level and slope": Float64Array;
  /** Of ramps, with the width that was best at each index of those that were looked at there. */
  readonly ramp: Float64Array;
  readonly widths: Int32Array;
}

/** Share of a column's square that the fit must leave of it. */
const LEFT = 1e-6;
/** Narrowest ramp that is looked at, and in how many parts of its width its place goes. */
const NARROWEST = 4;
const PARTS = 8;

/**
 * Gains of one change more at every index, in time n for each column of the basis. `residuals` are those of a fit of whitened columns that span `basis`,
 * orthonormal; indices closer than LEAST_SEGMENT to an end or to one of `taken` are left out. Ramps of all widths are looked at, or of one width, everywhere.
 */
export const scan = (
  residuals: Float64Array,
  basis: readonly Float64Array[],
  { phi, deviations }: Noise,
  taken: readonly MeanChange[],
  only?: number,
): Gains => {
  const n = residuals.length + 1;
  const gains = {
    level: new Float64Array(n),
    slope: new Float64Array(n),
    "level and slope": new Float64Array(n),
    ramp: new Float64Array(n),
    widths: new Int32Array(n).fill(1),
  };
  const columns = [residuals, ...basis];
  const count = columns.length;
  // Sums over t > at of whitened steps (1) and lines (t / n): alone, together, and with each column.
  let [steps, lines, both] = [0, 0, 0];
  const withSteps = new Float64Array(count);
  const withLines = new Float64Array(count);
  const level = new Float64Array(count);
  // Products of the whitened distance from each index with itself, with the whitened step after the index, and with each column.
  const squares = new Float64Array(n);
  const crosses = new Float64Array(n);
  const slopes = new Float64Array(n * count);
  const isFree = freeOf(n, taken);
  for (let at = n - 1; at >= 1; at--) {
    const first = 1 / deviations[at];
    const place = at / n;
    for (let c = 0; c < count; c++) {
      level[c] = first * columns[c][at - 1] + withSteps[c];
      slopes[at * count + c] = withLines[c] - place * withSteps[c];
    }
    squares[at] = Math.max(0, lines - 2 * place * both + place * place * steps);
    crosses[at] = both - place * steps;
    if (at >= LEAST_SEGMENT && at <= n - LEAST_SEGMENT && isFree[at]) {
      const levelSquare = first * first + steps;
      let [a, b, d] = [levelSquare, crosses[at], squares[at]];
      for (let c = 1; c < count; c++) {
        const slope = slopes[at * count + c];
        a -= level[c] * level[c];
        b -= level[c] * slope;
        d -= slope * slope;
      }
      const [p, q] = [level[0], slopes[at * count]];
      if (a > LEFT * levelSquare) gains.level[at] = (p * p) / a;
      if (d > LEFT * squares[at]) gains.slope[at] = (q * q) / d;
      const determinant = a * d - b * b;
      if (a > LEFT * levelSquare && d > LEFT * squares[at] && determinant > LEFT * a * d)
        gains["level and slope"][at] = (p * p * d - 2 * p * q * b + q * q * a) / determinant;
    }
    const step = 1 / deviations[at] - phi / deviations[at - 1];
    const line = at / n / deviations[at] - (phi * (at - 1)) / n / deviations[at - 1];
    steps += step * step;
    lines += line * line;
    both += step * line;
    for (let c = 0; c < count; c++) {
      withSteps[c] += step * columns[c][at - 1];
      withLines[c] += line * columns[c][at - 1];
    }
  }
  // A ramp is a bend and, its width later, the opposite bend.
  for (let width = only ?? NARROWEST; width <= (only ?? n / 3); width *= 2) {
    const stride = only ? 1 : Math.max(1, Math.floor(width / PARTS));
    for (let at = LEAST_SEGMENT; at + width - 1 <= n - LEAST_SEGMENT; at += stride) {
      if (!isFree[at] || !isFree[at + width - 1] || taken.some(other => other.at > at && other.at < at + width))
        continue;
      const [start, end] = [(at - 1) * count, (at - 1 + width) * count];
      const apart = squares[at - 1 + width] + (width / n) * crosses[at - 1 + width];
      const whole = squares[at - 1] - 2 * apart + squares[at - 1 + width];
      let left = whole;
      for (let c = 1; c < count; c++) {
        const along = slopes[start + c] - slopes[end + c];
        left -= along * along;
      }
      const along = slopes[start] - slopes[end];
      if (left > LEFT * whole && (along * along) / left > gains.ramp[at]) {
        gains.ramp[at] = (along * along) / left;
        gains.widths[at] = width;
      }
    }
  }
  return gains;
};

/** Whether an index is far enough from where other changes begin and end, and not within a ramp. */
const freeOf = (n: number, taken: readonly MeanChange[]): Uint8Array => {
  const free = new Uint8Array(n).fill(1);
  for (const change of taken)
    free.fill(0, Math.max(0, change.at - LEAST_SEGMENT + 1), Math.min(n, endOf(change) + LEAST_SEGMENT));
  return free;
};
