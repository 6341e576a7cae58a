import { invalid } from "../../../errors.ts";
import { compensatedSum } from "./compensated-sum.ts";
import type { Dataset } from "./dataset.ts";

/** Equal intervals of amplitude by which samples are found: the more, the fewer are looked at in vain. */
const BUCKETS_PER_SAMPLE = 2;
/** Samples looked at before the search turns to bisection. */
const NEAR = 8;

/**
 * The amplitudes of each feature in ascending order, with the sums of 1, t and t^2 over all smaller ones. A look-up reads one entry of
 * an index, mostly one or two amplitudes, and one pair of sums: few steps, as at small n each step is a branch that cannot be foreseen,
 * and 32 bytes a sample, as at large n the table leaves the caches.
 */
export interface AmplitudeTable {
  /** Sum of t^2 over all samples. */
  readonly squares: number;
  /**
   * For each pair (i, j) in row-major order, out[3 (c i + j) ..] = [S0, S1, S2], the sums of 1, t and t^2 over the samples
   * of feature j with a t + b > 0, a = overlaps[c i + j] and b = w[bias + i]. The condition is decided sample by sample
   * next to the threshold, in floating point as written, so that ties and thresholds on a sample come out as they would
   * in a sum over samples. All pairs in one call: single calls would pass their numbers through the heap.
   */
  activeSums(overlaps: Float64Array, w: Float64Array, bias: number, out: Float64Array): void;
}

/** For a well-formed dataset. Throws a LandauError when its squares leave the finite numbers. */
export const amplitudeTable = (dataset: Dataset): AmplitudeTable => {
  const { c } = dataset;
  const features = sortedAmplitudes(dataset);
  const total = dataset.feature.length;
  // Minus infinity before the amplitudes of each feature and plus infinity behind them end every search.
  const amplitudes = new Float64Array(total + 2 * c).fill(-Infinity);
  // The sums of t and t^2 over all samples of the feature before this one.
  const before = new Float64Array(2 * amplitudes.length);
  const index = new Int32Array(total * BUCKETS_PER_SAMPLE + 2 * c);
  const first = new Int32Array(c);
  const last = new Int32Array(c);
  const firstBucket = new Int32Array(c);
  const lastBucket = new Int32Array(c);
  const bucketsPerUnit = new Float64Array(c);
  const smallest = new Float64Array(c);
  const largest = new Float64Array(c);
  const count = new Float64Array(c);
  const sums = new Float64Array(c);
  const squares = new Float64Array(c);

  let next = 0;
  let nextBucket = 0;
  for (let j = 0; j < c; j++) {
    const sorted = features[j];
    const n = sorted.length;
    first[j] = next + 1;
    last[j] = first[j] + n;
    next = last[j] + 1;
    amplitudes.set(sorted, first[j]);
    amplitudes[last[j]] = Infinity;
    [sums[j], squares[j]] = writeSums(sorted, before.subarray(2 * first[j], 2 * next));
    if (!Number.isFinite(squares[j])) throw invalid("amplitude", sorted[n - 1], "squares with a finite sum");
    count[j] = n;
    if (n > 0) {
      smallest[j] = sorted[0];
      largest[j] = sorted[n - 1];
    }
    const buckets = n * BUCKETS_PER_SAMPLE + 1;
    const perUnit = buckets / (largest[j] - smallest[j]);
    bucketsPerUnit[j] = Number.isFinite(perUnit) ? perUnit : 0;
    firstBucket[j] = nextBucket;
    nextBucket += buckets;
    lastBucket[j] = nextBucket - 1;
    for (let k = 0, bucket = 0; bucket < buckets; bucket++) {
      while (k < n - 1 && (sorted[k] - smallest[j]) * bucketsPerUnit[j] < bucket) k++;
      index[firstBucket[j] + bucket] = first[j] + k;
    }
  }

  /** The first sample from `from` to `to` that is not on the lower side; that of `to` never is. */
  const bisect = (a: number, b: number, from: number, to: number): number => {
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

  const activeSums = (overlaps: Float64Array, w: Float64Array, bias: number, out: Float64Array): void => {
    let pair = 0;
    for (let i = 0; i < c; i++) {
      const b = w[bias + i];
      for (let j = 0; j < c; j++, pair++) {
        const a = overlaps[pair];
        const atLargest = a * largest[j] + b;
        const sum = 3 * pair;
        // Written so that a NaN gets all samples, and goes on into the loss.
        if (b > 0) {
          if (a >= 0 || !(atLargest <= 0)) {
            out[sum] = count[j];
            out[sum + 1] = sums[j];
            out[sum + 2] = squares[j];
            continue;
          }
        } else if (atLargest <= 0) {
          out[sum] = 0;
          out[sum + 1] = 0;
          out[sum + 2] = 0;
          continue;
        }

        const bucket = (-b / a - smallest[j]) * bucketsPerUnit[j];
        let place = firstBucket[j];
        if (bucket > 0) place = bucket + place < lastBucket[j] ? place + (bucket | 0) : lastBucket[j];
        const guess = index[place];
        let at = guess;
        if (b > 0) {
          // a < 0: the samples below the threshold. Here rounding can put the guess behind ties on the threshold.
          while (a * amplitudes[at] + b > 0) {
            at++;
            if (at - guess > NEAR) at = bisect(a, b, at, last[j]);
          }
          if (a * amplitudes[at - 1] + b <= 0) at = bisect(a, b, first[j], at);
          out[sum] = at - first[j];
          out[sum + 1] = before[2 * at];
          out[sum + 2] = before[2 * at + 1];
        } else {
          // a > 0: the samples above the threshold, all less those below it. The guess is never too high: rounding is
          // monotonic, so a t + b > 0 as computed means that t >= -b/a as computed.
          while (a * amplitudes[at] + b <= 0) {
            at++;
            if (at - guess > NEAR) at = bisect(a, b, at, last[j]);
          }
          out[sum] = count[j] - (at - first[j]);
          out[sum + 1] = sums[j] - before[2 * at];
          out[sum + 2] = squares[j] - before[2 * at + 1];
        }
      }
    }
  };

  return { squares: squares.reduce((sum, value) => sum + value, 0), activeSums };
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
