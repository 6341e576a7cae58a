import { invalid } from "../../../errors.ts";
import { compensatedSum } from "./compensated-sum.ts";
import type { Dataset } from "./dataset.ts";

/** Equal intervals of amplitude by which samples are found: the more, the fewer are looked at in vain. */
const BUCKETS_PER_SAMPLE = 2;

/**
 * The amplitudes of each feature in ascending order, with the sums of 1, t and t^2 over all smaller ones. A look-up reads one entry of
 * an index, mostly one or two amplitudes, and one pair of sums: few steps, as at small n each step is a branch that cannot be foreseen,
 * and 32 bytes a sample, as at large n the table leaves the caches.
 */
export interface AmplitudeTable {
  /** Sum of t^2 over all samples. */
  readonly squares: number;
  /** Feature after feature. Minus infinity before the amplitudes of each and plus infinity behind them end every search. */
  readonly amplitudes: Float64Array;
  /** Twice as long: the sums of t and of t^2 over the samples of the feature before this one. */
  readonly before: Float64Array;
  /** For each bucket of each feature the place in `amplitudes` of the first sample that is not below it. */
  readonly index: Int32Array;
  /** Eight numbers for each feature: its largest amplitude; sums of 1, t and t^2; smallest amplitude; buckets per unit of amplitude. */
  readonly facts: Float64Array;
  /** Four for each feature: places of its first amplitude and behind its last; its first and last bucket. */
  readonly places: Int32Array;
}

/** For a well-formed dataset. Throws a LandauError when its squares leave the finite numbers. */
export const amplitudeTable = (dataset: Dataset): AmplitudeTable => {
  const { c } = dataset;
  const total = dataset.feature.length;
  const amplitudes = new Float64Array(total + 2 * c).fill(-Infinity);
  const before = new Float64Array(2 * amplitudes.length);
  const index = new Int32Array(total * BUCKETS_PER_SAMPLE + c);
  const facts = new Float64Array(8 * c);
  const places = new Int32Array(4 * c);
  let next = 0;
  let nextBucket = 0;
  let squares = 0;
  sortedAmplitudes(dataset).forEach((sorted, j) => {
    const n = sorted.length;
    const first = next + 1;
    const last = first + n;
    next = last + 1;
    amplitudes.set(sorted, first);
    amplitudes[last] = Infinity;
    const [s1, s2] = writeSums(sorted, before.subarray(2 * first, 2 * next));
    if (!Number.isFinite(s2)) throw invalid("amplitude", sorted[n - 1], "squares with a finite sum");
    squares += s2;
    const smallest = n > 0 ? sorted[0] : 0;
    const largest = n > 0 ? sorted[n - 1] : 0;
    const buckets = n * BUCKETS_PER_SAMPLE + 1;
    const ratio = buckets / (largest - smallest);
    const perUnit = Number.isFinite(ratio) ? ratio : 0;
    facts.set([largest, n, s1, s2, smallest, perUnit], 8 * j);
    places.set([first, last, nextBucket, nextBucket + buckets - 1], 4 * j);
    for (let k = 0, bucket = 0; bucket < buckets; bucket++, nextBucket++) {
      while (k < n - 1 && (sorted[k] - smallest) * perUnit < bucket) k++;
      index[nextBucket] = first + k;
    }
  });
  return { squares, amplitudes, before, index, facts, places };
};

/** The first place from `from` to `to` whose sample is not on the lower side of a t + b = 0; that at `to` never is. */
export const bisect = (amplitudes: Float64Array, a: number, b: number, from: number, to: number): number => {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >> 1;
    const z = a * amplitudes[middle] + b;
    if (b > 0 ? z > 0 : z <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
};

const sortedAmplitudes = ({ c, feature, amplitude }: Dataset): Float64Array[] => {
  const count = new Int32Array(c);
  for (const j of feature) count[j]++;
  const lists = Array.from(count, length => new Float64Array(length));
  for (let m = feature.length - 1; m >= 0; m--) lists[feature[m]][--count[feature[m]]] = amplitude[m];
  for (const list of lists) list.sort();
  return lists;
};

/** Samples from one compensated sum to the next, with plain additions between them. */
const COMPENSATED = 6;

/** Overwrites `before` with a pair of sums for each sample and one behind the last; returns the sums over all samples. */
const writeSums = (sorted: Float64Array, before: Float64Array): [number, number] => {
  const sum = compensatedSum();
  const squares = compensatedSum();
  let s1 = 0;
  let s2 = 0;
  for (let k = 0; k <= sorted.length; k++) {
    if (k % COMPENSATED === 0) {
      s1 = sum.value();
      s2 = squares.value();
    }
    before[2 * k] = s1;
    before[2 * k + 1] = s2;
    if (k === sorted.length) break;
    const t = sorted[k];
    sum.add(t);
    squares.add(t * t);
    s1 += t;
    s2 += t * t;
  }
  return [sum.value(), squares.value()];
};
