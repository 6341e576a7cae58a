import { invalid } from "../../../errors.ts";
import { compensatedSum } from "./compensated-sum.ts";
import type { Dataset } from "./dataset.ts";

/** A block: the sums of t and t^2 over all earlier samples of its feature, then the amplitudes of six samples. */
const HEAD = 2;
const BLOCK = 6;
const STRIDE = 8;
const LAST = STRIDE - 1;
/** Equal intervals of amplitude by which blocks are found: the more, the fewer blocks are looked at in vain. */
const BUCKETS_PER_BLOCK = 4;
/** Blocks looked at before the search turns to bisection. */
const NEAR = 8;

/**
 * The amplitudes of each feature in ascending order with prefix sums of 1, t and t^2, laid out for random access in a
 * table that may be larger than the caches: a look-up reads one entry of a small index and one block, 13 bytes a sample.
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
  const totalBlocks = features.reduce((sum, sorted) => sum + blocksFor(sorted) + 1, 0);
  // A block of -infinity before those of each feature and +infinity behind its last amplitude end every search.
  const blocks = new Float64Array(totalBlocks * STRIDE).fill(-Infinity);
  const index = new Int32Array(totalBlocks * BUCKETS_PER_BLOCK);
  const firstBlock = new Int32Array(c);
  const lastBlock = new Int32Array(c);
  const firstBucket = new Int32Array(c);
  const lastBucket = new Int32Array(c);
  const bucketsPerUnit = new Float64Array(c);
  const smallest = new Float64Array(c);
  const largest = new Float64Array(c);
  const count = new Float64Array(c);
  const sums = new Float64Array(c);
  const squares = new Float64Array(c);

  let nextBlock = 0;
  let nextBucket = 0;
  for (let j = 0; j < c; j++) {
    const sorted = features[j];
    const n = sorted.length;
    firstBlock[j] = nextBlock + STRIDE;
    lastBlock[j] = nextBlock + blocksFor(sorted) * STRIDE;
    nextBlock = lastBlock[j] + STRIDE;
    [sums[j], squares[j]] = writeBlocks(sorted, blocks.subarray(firstBlock[j], nextBlock));
    if (!Number.isFinite(squares[j])) throw invalid("amplitude", sorted[n - 1], "squares with a finite sum");
    count[j] = n;
    if (n > 0) {
      smallest[j] = sorted[0];
      largest[j] = sorted[n - 1];
    }
    const buckets = blocksFor(sorted) * BUCKETS_PER_BLOCK;
    const perUnit = buckets / (largest[j] - smallest[j]);
    bucketsPerUnit[j] = Number.isFinite(perUnit) ? perUnit : 0;
    firstBucket[j] = nextBucket;
    nextBucket += buckets;
    lastBucket[j] = nextBucket - 1;
    for (let k = 0, bucket = 0; bucket < buckets; bucket++) {
      while (k < n - 1 && (sorted[k] - smallest[j]) * bucketsPerUnit[j] < bucket) k++;
      index[firstBucket[j] + bucket] = firstBlock[j] + Math.floor(k / BLOCK) * STRIDE;
    }
  }

  /** The first block from `from` to `to` whose last amplitude is not on the lower side; that of `to` never is. */
  const bisect = (a: number, b: number, from: number, to: number): number => {
    let low = from / STRIDE;
    let high = to / STRIDE;
    while (low < high) {
      const middle = (low + high) >> 1;
      const z = a * blocks[middle * STRIDE + LAST] + b;
      if (b > 0 ? z > 0 : z <= 0) low = middle + 1;
      else high = middle;
    }
    return low * STRIDE;
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
          while (a * blocks[at + LAST] + b > 0) {
            at += STRIDE;
            if (at - guess > NEAR * STRIDE) at = bisect(a, b, at, lastBlock[j]);
          }
          if (a * blocks[at + HEAD] + b <= 0 && a * blocks[at - 1] + b <= 0) at = bisect(a, b, firstBlock[j], at);
          let k = at + HEAD;
          let s1 = blocks[at];
          let s2 = blocks[at + 1];
          for (let t = blocks[k]; a * t + b > 0; t = blocks[++k]) {
            s1 += t;
            s2 += t * t;
          }
          out[sum] = ((at - firstBlock[j]) >> 3) * BLOCK + k - at - HEAD;
          out[sum + 1] = s1;
          out[sum + 2] = s2;
        } else {
          // a > 0: the samples above the threshold, all less those below it. The guess is never too high: rounding is
          // monotonic, so a t + b > 0 as computed means that t >= -b/a as computed.
          while (a * blocks[at + LAST] + b <= 0) {
            at += STRIDE;
            if (at - guess > NEAR * STRIDE) at = bisect(a, b, at, lastBlock[j]);
          }
          let k = at + HEAD;
          let s1 = blocks[at];
          let s2 = blocks[at + 1];
          for (let t = blocks[k]; a * t + b <= 0; t = blocks[++k]) {
            s1 += t;
            s2 += t * t;
          }
          out[sum] = count[j] - (((at - firstBlock[j]) >> 3) * BLOCK + k - at - HEAD);
          out[sum + 1] = sums[j] - s1;
          out[sum + 2] = squares[j] - s2;
        }
      }
    }
  };

  return { squares: squares.reduce((sum, value) => sum + value, 0), activeSums };
};

/** Room for at least one infinity behind the amplitudes. */
const blocksFor = (sorted: Float64Array): number => Math.floor(sorted.length / BLOCK) + 1;

const sortedAmplitudes = ({ c, feature, amplitude }: Dataset): Float64Array[] => {
  const count = new Int32Array(c);
  for (const j of feature) count[j]++;
  const lists = Array.from(count, length => new Float64Array(length));
  for (let m = feature.length - 1; m >= 0; m--) lists[feature[m]][--count[feature[m]]] = amplitude[m];
  for (const list of lists) list.sort();
  return lists;
};

/** Returns the sums of t and t^2 over all samples. */
const writeBlocks = (sorted: Float64Array, blocks: Float64Array): [number, number] => {
  const sum = compensatedSum();
  const squares = compensatedSum();
  blocks.fill(Infinity);
  for (let at = 0, k = 0; at < blocks.length; at += STRIDE) {
    blocks[at] = sum.value();
    blocks[at + 1] = squares.value();
    for (let slot = HEAD; slot < STRIDE && k < sorted.length; slot++, k++) {
      const t = sorted[k];
      blocks[at + slot] = t;
      sum.add(t);
      squares.add(t * t);
    }
  }
  return [sum.value(), squares.value()];
};
