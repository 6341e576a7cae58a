import { invalid } from "../../errors.ts";
import { stream } from "../../numerics/stream.ts";
import { floorOf } from "./curve-fit.ts";
import { curveOf } from "./find-changes.ts";
import { groundColumns, residualsOf, tangentColumns, termColumns } from "./law-fit.ts";
import { LEAST_SEGMENT } from "./mean-change.ts";
import { orthonormal } from "./orthonormal.ts";
import { searchChanges } from "./search.ts";
import { whitened } from "./whitened.ts";

/** A stretch in which the mean changes somewhere. */
export interface ChangeRegion {
  /** The first index of what comes after the change is one of these. */
  readonly low: number;
  readonly high: number;
  /** The likeliest of them for one change of level. */
  readonly estimate: number;
  /** What a level that changes there explains, in standard deviations of the noise. */
  readonly score: number;
}

export interface RegionsFound {
  /** By their indices; they do not overlap. */
  readonly regions: readonly ChangeRegion[];
  /** Probability that any of them holds no change, for the whole curve. */
  readonly level: number;
  /** Score from which on a stretch is one. */
  readonly threshold: number;
  readonly law: string;
  readonly phi: number;
}

export interface RegionOptions {
  /** 0.05 by default. */
  readonly level?: number;
  /** Shuffles of the innovations; 499 by default. */
  readonly shuffles?: number;
  readonly seed?: number;
}

/** Most values of a curve, as all stretches of all lengths are kept. */
const MOST_VALUES = 10_000;
/** By how much stretches grow from length to length, and in how many parts of it they are moved. */
const GROWTH = Math.SQRT2;
const PARTS = 6;

/**
 * The shortest stretches of a curve on which a level must change: on each of many stretches, of all lengths, the law that the whole curve follows is fitted anew and held
 * against the same with one change of level, and the score that any stretch reaches is compared with what shuffled innovations of the curve reach anywhere. So the level is that of
 * the whole curve, for the law, the coefficient of the noise and its size that `findChanges` finds. Shortest stretches first, those that overlap are dropped. What is in
 * no region may be a change, too. [after Fryzlewicz 2023, narrowest significance pursuit]
 *
 * Throws a LandauError for values and steps as findChanges does, more than 10 000 of them, or options out of range.
 */
export const changeRegions = (
  values: ArrayLike<number>,
  steps?: ArrayLike<number>,
  { level = 0.05, shuffles = 499, seed = 0 }: RegionOptions = {},
): RegionsFound => {
  if (!(level > 0 && level < 1)) throw invalid("level", level, "a number between 0 and 1");
  if (!(Number.isInteger(shuffles) && shuffles * level >= 1 - level))
    throw invalid("shuffles", shuffles, `an integer from ${Math.ceil((1 - level) / level)}, for a level of ${level}`);
  const asked = curveOf(values, steps);
  const n = asked.values.length;
  if (n > MOST_VALUES)
    throw invalid("the length of values", n, `at most ${MOST_VALUES}: take means of neighbours first`);
  const { curve, fit } = searchChanges(asked);
  const { noise, law } = fit;
  const own = residualsOf(curve.values, tangentColumns(curve, fit, fit.changes), noise);
  const free = n - 1 - own.basis.length;
  const deviation = Math.sqrt(Math.max(fit.squares, floorOf(curve)) / free) || 1;
  const columns = [...groundColumns(curve, []), ...termColumns(curve, fit, true)].map(column =>
    whitened(column, noise),
  );
  // A level that changes at an index: how the first row sees it, and all rows after that.
  const first = Float64Array.from({ length: n - 1 }, (_, row) => 1 / noise.deviations[row + 1]);
  const after = whitened(new Float64Array(n).fill(1), noise);
  const stretches = stretchesOf(n - 1).map(span => stretchOf(span, columns, first, after));
  const shuffled = own.residuals.map(value => (value * Math.sqrt((n - 1) / free)) / deviation);
  const random = stream({ seed, purpose: "change regions" });
  const heights = Float64Array.from({ length: shuffles }, () => {
    for (let i = shuffled.length - 1; i > 0; i--) {
      const j = random.below(i + 1);
      [shuffled[i], shuffled[j]] = [shuffled[j], shuffled[i]];
    }
    return stretches.reduce((high, stretch) => Math.max(high, stretch.scoreOf(shuffled).score), 0);
  }).sort();
  const threshold = heights[Math.ceil((1 - level) * (shuffles + 1)) - 1];
  const white = whitened(curve.values, noise).map(value => value / deviation);
  const regions: ChangeRegion[] = [];
  const significant = stretches
    .map(({ from, to, scoreOf }) => ({ low: from + 1, high: to, ...scoreOf(white) }))
    .filter(({ score }) => score > Math.max(threshold, ROUNDING))
    .sort((a, b) => a.high - a.low - (b.high - b.low) || b.score - a.score);
  for (const each of significant)
    if (regions.every(({ low, high }) => each.low > high || each.high < low)) regions.push(each);
  return { regions: regions.sort((a, b) => a.low - b.low), level, threshold, law: law.name, phi: noise.phi };
};

/** What a curve without any noise may score. */
const ROUNDING = 1e-6;

interface Span {
  /** First row, and the first after it. */
  readonly from: number;
  readonly to: number;
}

/** Stretches of all lengths, each length moved by a sixth of it. */
const stretchesOf = (rows: number): Span[] => {
  const spans: Span[] = [];
  for (let length = 3 * LEAST_SEGMENT; ; length = Math.min(rows, Math.ceil(length * GROWTH))) {
    const count = Math.ceil(((rows - length) * PARTS) / length);
    for (let k = 0; k <= count; k++) {
      const from = count > 0 ? Math.round(((rows - length) * k) / count) : 0;
      spans.push({ from, to: from + length });
    }
    if (length === rows) return spans;
  }
};

interface Stretch extends Span {
  /** The highest score of whitened values in units of the noise, and the index at which the level changes for that. */
  readonly scoreOf: (white: Float64Array) => { readonly score: number; readonly estimate: number };
}

/** Share of a column's square that the law must leave of it. */
const LEFT = 1e-6;

const stretchOf = (
  { from, to }: Span,
  columns: readonly Float64Array[],
  first: Float64Array,
  after: Float64Array,
): Stretch => {
  const basis = orthonormal(columns.map(column => column.slice(from, to)));
  const count = basis.length;
  const rows = to - from;
  const [low, high] = [LEAST_SEGMENT - 1, rows - LEAST_SEGMENT];
  // Products of a level that changes at each row with the basis, and what is left of its square.
  const products = new Float64Array(rows * count);
  const squares = new Float64Array(rows);
  const sums = new Float64Array(count);
  let tail = 0;
  for (let row = rows - 1; row >= 0; row--) {
    let left = first[from + row] * first[from + row] + tail;
    const whole = left;
    for (let c = 0; c < count; c++) {
      const along = first[from + row] * basis[c][row] + sums[c];
      products[row * count + c] = along;
      left -= along * along;
      sums[c] += after[from + row] * basis[c][row];
    }
    tail += after[from + row] * after[from + row];
    squares[row] = left > LEFT * whole ? left : 0;
  }
  const along = new Float64Array(count);
  return {
    from,
    to,
    scoreOf: white => {
      for (let c = 0; c < count; c++) {
        let sum = 0;
        for (let row = 0; row < rows; row++) sum += white[from + row] * basis[c][row];
        along[c] = sum;
      }
      let [best, at, sum] = [0, low, 0];
      for (let row = rows - 1; row >= low; row--) {
        const value = white[from + row];
        if (row <= high && squares[row] > 0) {
          let product = first[from + row] * value + sum;
          for (let c = 0; c < count; c++) product -= products[row * count + c] * along[c];
          const gain = (product * product) / squares[row];
          if (gain > best) [best, at] = [gain, row];
        }
        sum += after[from + row] * value;
      }
      return { score: Math.sqrt(best), estimate: from + at + 1 };
    },
  };
};
