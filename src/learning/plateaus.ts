import { invalid } from "../errors.ts";
import { quantile } from "../numerics/statistics.ts";

export interface PlateauSettings {
  /** Largest distance between the highest and the lowest value on a plateau, in units of the series. */
  readonly width: number;
  /** Fewest points on a plateau. */
  readonly points: number;
}

export interface Plateau {
  /** Index of its first and last point. */
  readonly from: number;
  readonly to: number;
  /** Median value. */
  readonly level: number;
}

/**
 * Stretches over which a series stays within a band of the given width. It knows no levels: what it finds can be held
 * against a theory. From the left, the first stretch of `points` values that fits a band is taken and grown for as long
 * as it fits; the search continues after it. Time: linear in the series but for the short starting windows.
 */
export const findPlateaus = (series: ArrayLike<number>, { width, points }: PlateauSettings): Plateau[] => {
  if (!(width > 0)) throw invalid("width", width, "a positive number");
  if (!(Number.isInteger(points) && points >= 2)) throw invalid("points", points, "an integer from 2");
  const plateaus: Plateau[] = [];
  let from = 0;
  while (from + points <= series.length) {
    let low = Infinity;
    let high = -Infinity;
    let end = from;
    for (; end < series.length; end++) {
      const nextLow = Math.min(low, series[end]);
      const nextHigh = Math.max(high, series[end]);
      // Written so that a NaN ends the stretch.
      if (!(nextHigh - nextLow <= width)) break;
      low = nextLow;
      high = nextHigh;
    }
    if (end - from >= points) {
      const values = Array.prototype.slice.call(series, from, end) as number[];
      plateaus.push({ from, to: end - 1, level: quantile(values, 0.5) });
      from = end;
    } else from++;
  }
  return plateaus;
};
