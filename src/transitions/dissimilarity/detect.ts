import { invalid } from "../../errors.ts";
import { normalQuantile } from "../../numerics/normal-quantile.ts";
import { quantile } from "../../numerics/statistics/quantile.ts";
import { heatCapacityOf } from "./companion.ts";
import { countsSource } from "./counts-source.ts";
import { describeTransition } from "./describe-transition.ts";
import { exactSource } from "./exact-source.ts";
import { splitsOf } from "./grid.ts";
import { judgeScan } from "./judge-scan.ts";
import type { MeasureName } from "./measures.ts";
import { baseOf, findPeaks } from "./peaks.ts";
import type { ProbeDistributions } from "./probes.ts";
import { probesSource } from "./probes-source.ts";
import { nullLaw, type Resampled, resampleScans, spreadBetween, spreadOf } from "./redraws.ts";
import type { ScoredSamples } from "./rescored.ts";
import { saturatedRange } from "./saturation.ts";
import { scoresSource } from "./scores-source.ts";
import type { OutputSource, Scanned } from "./source.ts";
import type { DissimilarityVerdict, SegmentScan } from "./verdict.ts";

/** Outputs at each value of a control parameter, in one of the ways in which they can be known. */
export type Outputs = { readonly control: readonly number[] } & (
  | { readonly distributions: readonly ArrayLike<number>[] }
  /** How often each outcome was seen. */
  | { readonly counts: readonly ArrayLike<number>[] }
  /** Samples with log-probabilities under every value: [value][sample x value], one row behind the other. */
  | { readonly scores: readonly ScoredSamples[] }
  /** [value][probe][outcome] */
  | { readonly probes: ProbeDistributions }
);

export interface DissimilarityOptions {
  /** The measure that decides. lin when absent. */
  readonly measure?: MeasureName;
  /** Lengths of segments; 1, 2, 4, 8 as far as the grid goes when absent. */
  readonly L?: readonly number[];
  /** Probability of finding anything where nothing changes. */
  readonly level?: number;
  readonly seed?: number;
  /** Redraws where nothing changes, of counts. */
  readonly redraws?: number;
  /** Bootstrap resamples for the places. */
  readonly resamples?: number;
  /** The value under which energies -ln P(x) are taken, of scores. */
  readonly reference?: number;
  /** How far the work is, in [0, 1]. */
  readonly onProgress?: (fraction: number) => void;
}

const FEWEST = 4;

/**
 * Finds where the distribution of outputs changes along a control parameter, without an order parameter: temperature, training step, size of the data, a number in a prompt.
 * Throws a LandauError of kind "input" for outputs that are none.
 *
 * Source: J. Arnold et al., Phase transitions in the output distribution of large language models, arXiv 2405.17088.
 */
export const findOutputTransitions = (outputs: Outputs, options: DissimilarityOptions = {}): DissimilarityVerdict => {
  const { measure = "lin", level = 0.05, seed = 0, redraws = 300, resamples = 200, reference = 1 } = options;
  if (!(level > 0 && level < 1)) throw invalid("level", level, "a probability between 0 and 1, ends excluded");
  if (outputs.control.length < FEWEST)
    throw invalid("the number of control values", outputs.control.length, `at least ${FEWEST}`);
  const source = sourceOf(outputs, measure);
  const { control } = source;
  const lengths = options.L ?? defaultLengths(control.length);
  const scanned = lengths.map(L => source.scan(L));
  const { onProgress = () => {} } = options;

  const nulls = source.redraw && nullLaw(source.redraw, lengths, { level, seed, redraws, onProgress });
  const resampled = resampleScans(source, lengths, seed, resamples, fraction => onProgress(0.6 + 0.4 * fraction));
  const splitsInAll = scanned.reduce((sum, scan) => sum + scan[measure].values.length, 0);
  const z = Math.max(3, normalQuantile(1 - level / splitsInAll));
  const scans = lengths.map((L, place): SegmentScan => {
    const own = scanned[place][measure];
    const errors = own.errors ?? spreadOf(resampled, place);
    const background = Math.max(0, quantile(own.values, 0.5));
    const least = leastHeights(
      own,
      errors && fromBackground(own, errors, resampled, place),
      nulls?.thresholds[place] ?? null,
      background,
      z,
    );
    return {
      L,
      splits: splitsOf(control, L),
      values: {
        lin: [...scanned[place].lin.values],
        js: [...scanned[place].js.values],
        tv: [...scanned[place].tv.values],
      },
      errors: errors && [...errors],
      background,
      threshold: [...least],
      peaks: findPeaks(own.values, { se: least, floor: background, z: 1, minSep: Math.max(2, L) }).filter(
        ({ prominence, index }) =>
          resampled.length === 0 || prominence > z * spreadBetween(resampled, place, index, baseOf(own.values, index)),
      ),
      saturated: saturatedRange(own.values),
    };
  });
  const main = mainScan(scans);
  const transitions = scans[main].peaks
    .map(peak => describeTransition(peak, { source, scans, main, measure, resampled }))
    .sort((a, b) => b.strength - a.strength);
  const decisive = scanned.map(scan => scan[measure].values);
  const energies = source.energies?.(reference) ?? null;
  const probePeaks = source.probePeaks?.(scans[main].L) ?? null;
  return {
    kind: source.kind,
    measure,
    control,
    found: transitions.length > 0,
    transitions,
    scans,
    L: scans[main].L,
    nulls: nulls
      ? { pValue: nulls.pValue(decisive), largest: nulls.largest(decisive), expected: nulls.meanLargest }
      : null,
    companion: energies && { reference, points: heatCapacityOf(control, energies) },
    probePeaks,
    health: judgeScan({ source, scans, main, measure, transitions, probePeaks }),
  };
};

const sourceOf = (outputs: Outputs, measure: MeasureName): OutputSource => {
  const { control } = outputs;
  if ("distributions" in outputs) return exactSource(control, outputs.distributions, measure);
  if ("counts" in outputs) return countsSource(control, outputs.counts, measure);
  if ("scores" in outputs) return scoresSource(control, outputs.scores, measure);
  return probesSource(control, outputs.probes, measure);
};

/** Powers of two up to a sixth of the grid, so that the background is seen beside a peak; 1 and 2 at least where they fit. */
const defaultLengths = (points: number): number[] =>
  [1, 2, 4, 8].filter(L => L === 1 || (L === 2 && points >= 6) || 6 * L <= points);

/** Errors of the values, or of their height above the split at the median where that is less: splits may share most of their noise. */
const fromBackground = (
  { values }: Scanned,
  errors: Float64Array,
  resampled: Resampled,
  place: number,
): Float64Array => {
  const order = Array.from(values.keys()).sort((a, b) => values[a] - values[b]);
  const middle = order[Math.floor((order.length - 1) / 2)];
  return errors.map((error, i) => (i === middle ? error : Math.min(error, spreadBetween(resampled, place, i, middle))));
};

/** Of what is known exactly a peak has to stand out by a tenth of itself, and by more than rounding. */
const EXACT_SHARE = 0.1;
const ROUNDING = 1e-9;

const leastHeights = (
  { values }: Scanned,
  errors: Float64Array | null,
  nulls: Float64Array | null,
  background: number,
  z: number,
): Float64Array =>
  values.map((value, i) => {
    if (errors === null) return Math.max(ROUNDING, EXACT_SHARE * (value - background));
    // Errors of a few samples can be nought by chance.
    const own = Math.max(z * errors[i], ROUNDING, 1e-6 * Math.abs(value));
    return Math.max(own, nulls?.[i] ?? 0);
  });

/**
 * The scan that transitions are read from. Of exact ones the first whose peak is large enough; of others, where peaks are found, the shortest whose peak is not much lower than the highest one
 * short of saturation: a boundary has the same height at every length, and a single value that differs the highest at L = 1.
 */
const mainScan = (scans: readonly SegmentScan[]): number => {
  const all = scans.map((_, place) => place);
  const height = (place: number): number => Math.max(...scans[place].peaks.map(peak => peak.height));
  const found = all.filter(place => scans[place].peaks.length > 0 && scans[place].saturated === null);
  const moderate = found.filter(place => height(place) <= MODERATE);
  const candidates = moderate.length > 0 ? moderate : found.slice(0, 1);
  if (candidates.length === 0) {
    const free = all.filter(place => scans[place].saturated === null);
    return free.at(-1) ?? 0;
  }
  if (scans[0].errors === null) {
    const large = candidates.find(place => height(place) >= LARGE_ENOUGH);
    return large ?? candidates[candidates.length - 1];
  }
  const most = Math.max(...candidates.map(height));
  return candidates.find(place => height(place) >= SHARE * most)!;
};

/** Peaks above it bend towards 1. */
const MODERATE = 0.5;
/** Of the height of the highest peak. */
const SHARE = 0.6;
/** Heights from here on are well between noise and saturation. */
const LARGE_ENOUGH = 0.05;
