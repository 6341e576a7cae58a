import { invalid } from "../../../errors.ts";
import { compensatedSum } from "../../../numerics/compensated-sum.ts";
import type { Dataset } from "./dataset.ts";

/** Samples of a block, and its numbers: the sums of t and t^2 over all smaller samples of the feature, then its amplitudes. */
export const SAMPLES = 2;
export const WIDTH = 2 + SAMPLES;

/** What look-ups of one feature need besides its blocks. */
export interface FeatureFacts {
  /** Samples, and their sums of t and t^2. */
  readonly count: number;
  readonly sum: number;
  readonly squares: number;
  /** Amplitudes; 0 without samples. */
  readonly smallest: number;
  readonly largest: number;
  /** Places of its first block in `blocks` (in blocks) and of its first bucket in `index`. */
  readonly firstBlock: number;
  readonly firstBucket: number;
  readonly buckets: number;
  readonly bucketsPerUnit: number;
}

/**
 * The amplitudes of each feature in ascending order, in blocks with the sums over all smaller ones. A look-up reads one entry of an index
 * and mostly one block: few steps, as at small n each costs an instruction, and few bytes, as at large n the table leaves the caches.
 */
export interface AmplitudeTable {
  /** Sum of t^2 over all samples. */
  readonly squares: number;
  /** Feature after feature. Infinities behind the amplitudes of each, at least one, end every search. */
  readonly blocks: Float64Array;
  /** For each bucket, an equal interval of a feature's amplitudes, the block of its first sample that is not below the bucket. */
  readonly index: Int32Array;
  readonly features: readonly FeatureFacts[];
}

/** For a well-formed dataset. Throws a LandauError when its squares leave the finite numbers. */
export const amplitudeTable = (dataset: Dataset): AmplitudeTable => {
  const lists = sortedAmplitudes(dataset);
  const total = (of: (n: number) => number): number => lists.reduce((sum, { length }) => sum + of(length), 0);
  const blocks = new Float64Array(WIDTH * total(blocksFor)).fill(Infinity);
  const index = new Int32Array(total(bucketsFor));
  let firstBlock = 0;
  let firstBucket = 0;
  let allSquares = 0;
  const features = lists.map(sorted => {
    const count = sorted.length;
    const lastBlock = firstBlock + blocksFor(count);
    const [sum, squares] = writeBlocks(sorted, blocks.subarray(WIDTH * firstBlock, WIDTH * lastBlock));
    if (!Number.isFinite(squares)) throw invalid("amplitude", sorted[count - 1], "squares with a finite sum");
    const smallest = count > 0 ? sorted[0] : 0;
    const largest = count > 0 ? sorted[count - 1] : 0;
    const buckets = bucketsFor(count);
    const ratio = buckets / (largest - smallest);
    const bucketsPerUnit = Number.isFinite(ratio) ? ratio : 0;
    for (let k = 0, bucket = 0; bucket < buckets; bucket++) {
      while (k < count - 1 && (sorted[k] - smallest) * bucketsPerUnit < bucket) k++;
      index[firstBucket + bucket] = firstBlock + Math.floor(k / SAMPLES);
    }
    const facts = { count, sum, squares, smallest, largest, firstBlock, firstBucket, buckets, bucketsPerUnit };
    allSquares += squares;
    firstBlock = lastBlock;
    firstBucket += buckets;
    return facts;
  });
  return { squares: allSquares, blocks, index, features };
};

const blocksFor = (count: number): number => Math.floor(count / SAMPLES) + 1;

/** The more buckets, the rarer is a second block looked at; tables too large for a processor's own cache gain more by being small. */
const bucketsFor = (count: number): number => Math.max(1, count > 4096 ? count >> 1 : 2 * count);

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

/** Overwrites `blocks` but for the infinities; returns the sums of t and t^2 over all samples. */
const writeBlocks = (sorted: Float64Array, blocks: Float64Array): [number, number] => {
  const sum = compensatedSum();
  const squares = compensatedSum();
  let s1 = 0;
  let s2 = 0;
  for (let k = 0; k <= sorted.length; k++) {
    if (k % COMPENSATED === 0) {
      s1 = sum.value();
      s2 = squares.value();
    }
    const at = WIDTH * Math.floor(k / SAMPLES);
    if (k % SAMPLES === 0) {
      blocks[at] = s1;
      blocks[at + 1] = s2;
    }
    if (k === sorted.length) break;
    const t = sorted[k];
    blocks[at + 2 + (k % SAMPLES)] = t;
    sum.add(t);
    squares.add(t * t);
    s1 += t;
    s2 += t * t;
  }
  return [sum.value(), squares.value()];
};
