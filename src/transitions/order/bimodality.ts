import { effectiveDraws } from "./effective-draws.ts";
import { type Evidence, text } from "./evidence.ts";
import { ENOUGH } from "./profile.ts";
import { type OrderTable, pooled } from "./table.ts";

/** Names a size where there are several. */
const sizeOf = ({ sizes }: OrderTable, size: number): string => (sizes.length > 1 ? `size ${text(size)} and ` : "");

/** The best division of values into a lower and an upper group. */
export interface Division {
  readonly low: number;
  readonly high: number;
  /** Part of the values in the upper group. */
  readonly weight: number;
  /** Share of the variance that lies between the groups: 2/pi for a Gaussian, 3/4 for a flat density, 1 for two points. */
  readonly share: number;
}

const LEAST_WEIGHT = 0.1;

/** Values beyond this number are counted in so many bins. */
const BINS = 2048;

/** Division into two groups with the largest variance between them, each of at least a tenth of the values; null when all are equal. [Otsu 1979] */
export const divide = (values: Float64Array): Division | null => {
  const n = values.length;
  let [total, low, high] = [0, Infinity, -Infinity];
  for (let i = 0; i < n; i++) {
    total += values[i];
    if (values[i] < low) low = values[i];
    if (values[i] > high) high = values[i];
  }
  const mean = total / n;
  let variance = 0;
  for (let i = 0; i < n; i++) variance += ((values[i] - mean) * (values[i] - mean)) / n;
  if (!(variance > 0)) return null;
  const { counts, sums } = n > BINS ? binned(values, low, high) : ordered(values);
  let best: Division | null = null;
  let [count, sum] = [0, 0];
  for (let i = 0; i < counts.length - 1; i++) {
    count += counts[i];
    sum += sums[i];
    const weight = 1 - count / n;
    if (weight < LEAST_WEIGHT) break;
    if (1 - weight < LEAST_WEIGHT) continue;
    const [below, above] = [sum / count, (total - sum) / (n - count)];
    const share = (weight * (1 - weight) * (above - below) * (above - below)) / variance;
    if (!best || share > best.share) best = { low: below, high: above, weight, share };
  }
  return best;
};

/** Ascending groups of values: their numbers and sums. */
interface Groups {
  readonly counts: ArrayLike<number>;
  readonly sums: ArrayLike<number>;
}

const ordered = (values: Float64Array): Groups => ({
  counts: new Int32Array(values.length).fill(1),
  sums: values.slice().sort(),
});

const binned = (values: Float64Array, low: number, high: number): Groups => {
  const counts = new Int32Array(BINS);
  const sums = new Float64Array(BINS);
  for (let i = 0; i < values.length; i++) {
    const bin = Math.min(BINS - 1, Math.floor((BINS * (values[i] - low)) / (high - low)));
    counts[bin]++;
    sums[bin] += values[i];
  }
  return { counts, sums };
};

/** Two groups with nothing in between, and one group, by the share. */
const APART = 0.92;
const TOGETHER = 0.85;

/** Draws that the cell of the best division is worth. */
const SETTLED = 12;

/**
 * Two phases at one control: at each size the cell whose samples part best into two groups. At a discontinuous transition the groups are as
 * far apart at the largest size as before and cleaner; at a continuous one there is no gap. `resolved`: whether the largest size was seen on its
 * way through the transition. Null when no size has enough samples.
 */
export const bimodality = (table: OrderTable, resolved: boolean): Evidence | null => {
  const found = table.sizes.flatMap(({ size, cells }) => {
    const divisions = cells.flatMap(({ control, series }) => {
      const values = pooled(series.map(each => each.values));
      const division = values.length >= 4 * ENOUGH ? divide(values) : null;
      const draws = series.reduce((sum, each) => sum + effectiveDraws(each.values), 0);
      return division ? [{ control, draws, ...division }] : [];
    });
    if (divisions.length === 0) return [];
    // Small fluctuations may part by chance; the two groups must be a good part of the range away from each other.
    const widest = Math.max(...divisions.map(({ low, high }) => high - low));
    const wide = divisions.filter(({ low, high }) => high - low > 0.5 * widest);
    return [{ size, ...wide.reduce((best, each) => (each.share > best.share ? each : best)), widest }];
  });
  const last = found.at(-1);
  if (!last) return null;
  const before = found.at(-2);
  const kept = before ? (last.high - last.low) / (before.high - before.low) : null;
  const apart = last.share > APART && (kept === null || kept > 0.85);
  // A phase that decays while it is sampled gives no picture of what lies between.
  const together = last.share < TOGETHER && last.draws >= SETTLED;
  // A broad single group all the way through is rarely seen at a jump; where the peak was missed between two cells, it may.
  const support = apart
    ? { none: -3, continuous: -2.5, discontinuous: 0 }
    : together
      ? { none: 0, continuous: 0, discontinuous: resolved ? -1.5 : -0.5 }
      : { none: 0, continuous: 0, discontinuous: 0 };
  return {
    probe: "bimodality",
    support,
    finding:
      `at ${sizeOf(table, last.size)}${table.control} ${text(last.control)} the samples part into groups around ${text(last.low)} and ${text(last.high)}, ` +
      `${text(100 * last.share)} % of the variance between them (64 % for one Gaussian, 75 % for a flat density)` +
      (kept === null ? "" : `; their distance is ${text(kept)} times that of the size before`),
    values: { share: last.share, low: last.low, high: last.high, weight: last.weight, control: last.control, kept },
  };
};
