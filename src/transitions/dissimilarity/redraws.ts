import { sortedQuantile } from "../../numerics/statistics/quantile.ts";
import { stream } from "../../numerics/stream.ts";
import type { OutputSource, Resample } from "./source.ts";

export interface NullOptions {
  readonly level: number;
  readonly seed: number;
  readonly redraws: number;
  readonly onProgress: (fraction: number) => void;
}

export interface NullLaw {
  /** Per length and split: what is exceeded anywhere with probability `level`. */
  readonly thresholds: readonly Float64Array[];
  /** The largest value of scans in units of its spread, and what that is on average where nothing changes. */
  largest(scans: readonly Float64Array[]): number;
  readonly meanLargest: number;
  /** Probability of a value as large somewhere. */
  pValue(scans: readonly Float64Array[]): number;
}

/** The law of the largest value over all splits and lengths, in units of its spread, where nothing changes: whole scans, redrawn. */
export const nullLaw = (
  redraw: NonNullable<OutputSource["redraw"]>,
  lengths: readonly number[],
  { level, seed, redraws, onProgress }: NullOptions,
): NullLaw => {
  const random = stream({ seed, purpose: "dissimilarity: nothing changes" });
  const draws = Array.from({ length: redraws }, (_, r) => {
    const scan = redraw(random.at(r));
    onProgress((0.6 * (r + 1)) / redraws);
    return lengths.map(scan);
  });
  const spreads = lengths.map((_, place) => {
    const splits = draws[0][place].length;
    return Float64Array.from({ length: splits }, (_, i) =>
      Math.sqrt(draws.reduce((sum, draw) => sum + draw[place][i] * draw[place][i], 0) / redraws),
    );
  });
  const largest = (scans: readonly Float64Array[]): number =>
    scans.reduce(
      (most, values, place) =>
        values.reduce(
          (best, value, i) => (spreads[place][i] > 0 ? Math.max(best, value / spreads[place][i]) : best),
          most,
        ),
      -Infinity,
    );
  const maxima = Float64Array.from(draws, largest).sort();
  const threshold = sortedQuantile(maxima, 1 - level);
  return {
    thresholds: spreads.map(row => row.map(each => each * threshold)),
    largest,
    meanLargest: maxima.reduce((sum, each) => sum + each, 0) / redraws,
    pValue(scans) {
      const own = largest(scans);
      return (1 + maxima.filter(each => each >= own).length) / (redraws + 1);
    },
  };
};

/** [resample][length] -> values of the measure that decides. */
export type Resampled = readonly (readonly Float64Array[])[];

export const resampleScans = (
  { resample }: OutputSource,
  lengths: readonly number[],
  seed: number,
  count: number,
  onProgress: (fraction: number) => void,
): Resampled => {
  if (!resample) return [];
  const random = stream({ seed, purpose: "dissimilarity: resamples" });
  return Array.from({ length: count }, (_, r) => {
    const scan: Resample = resample(random.at(r));
    onProgress((r + 1) / count);
    return lengths.map(scan);
  });
};

/** Standard error of the difference of two splits of a scan, which have samples in common. */
export const spreadBetween = (resampled: Resampled, place: number, a: number, b: number): number => {
  const differences = resampled.map(draw => draw[place][a] - draw[place][b]);
  const centre = differences.reduce((sum, each) => sum + each, 0) / differences.length;
  const squares = differences.reduce((sum, each) => sum + (each - centre) * (each - centre), 0);
  return Math.sqrt(squares / (differences.length - 1));
};

export const spreadOf = (resampled: Resampled, place: number): Float64Array | null => {
  if (resampled.length < 2) return null;
  const count = resampled.length;
  return Float64Array.from(resampled[0][place], (_, i) => {
    const centre = resampled.reduce((sum, draw) => sum + draw[place][i], 0) / count;
    const squares = resampled.reduce((sum, draw) => sum + (draw[place][i] - centre) * (draw[place][i] - centre), 0);
    return Math.sqrt(squares / (count - 1));
  });
};
