import { invalid } from "../../../errors.ts";
import { checkDataset, type Dataset } from "./dataset.ts";

/** Amplitudes per block, and numbers a block takes: two prefix sums and the amplitudes. */
const BLOCK = 6;
const HEAD = 2;
const STRIDE = HEAD + BLOCK;
const LAST = STRIDE - 1;
const BUCKETS_PER_BLOCK = 2;

/**
 * The amplitudes of each feature in ascending order with prefix sums of 1, t and t^2, laid out for random access: an
 * evaluation of the loss asks for the sums over the samples on one side of a threshold, at a few places of a table that
 * may be larger than the caches. Prefix sums are kept for whole blocks, beside their amplitudes, and the rest is added up.
 */
export interface AmplitudeTable {
  /**
   * Writes out = [S0, S1, S2], the sums of 1, t and t^2 over the samples of feature j with a t + b > 0, and returns
   * whether there are any. The condition is evaluated as written, in floating point, on the samples next to the
   * threshold, so that ties and thresholds on a sample come out as they would sample by sample.
   */
  activeSums(j: number, a: number, b: number, out: Float64Array): boolean;
  /** Sum of t^2 over the samples of each feature. */
  readonly squares: Float64Array;
}

/** Throws a LandauError when the dataset is not well-formed, or its squares leave the finite numbers. */
export const amplitudeTable = (dataset: Dataset): AmplitudeTable => {
  checkDataset(dataset);
  const { c } = dataset;
  const features = Array.from({ length: c }, (_, j) => sortedAmplitudes(dataset, j));
  const blocksOf = (sorted: Float64Array) => Math.floor(sorted.length / BLOCK) + 1;
  const totalBlocks = features.reduce((sum, sorted) => sum + blocksOf(sorted) + 1, 0);

  // One block of -infinity before those of each feature, and +infinity behind its last amplitude, end every search.
  const blocks = new Float64Array(totalBlocks * STRIDE).fill(-Infinity);
  const starts = new Int32Array(totalBlocks * BUCKETS_PER_BLOCK);
  const first = new Int32Array(c);
  const firstBucket = new Int32Array(c);
  const lastBucket = new Int32Array(c);
  const count = new Float64Array(c);
  const sums = new Float64Array(c);
  const squares = new Float64Array(c);
  const smallest = new Float64Array(c);
  const largest = new Float64Array(c);
  const bucketsPerUnit = new Float64Array(c);

  let nextBlock = 0;
  let nextBucket = 0;
  features.forEach((sorted, j) => {
    const n = sorted.length;
    first[j] = (nextBlock + 1) * STRIDE;
    nextBlock += blocksOf(sorted) + 1;
    writeBlocks(sorted, blocks.subarray(first[j], nextBlock * STRIDE));
    [count[j], sums[j], squares[j]] = [n, total(sorted, t => t), total(sorted, t => t * t)];
    if (!Number.isFinite(squares[j]))
      throw invalid("amplitude", sorted[n - 1], "amplitudes whose squares have a finite sum");
    if (n === 0) return;

    smallest[j] = sorted[0];
    largest[j] = sorted[n - 1];
    const buckets = blocksOf(sorted) * BUCKETS_PER_BLOCK;
    const perUnit = buckets / (largest[j] - smallest[j]);
    bucketsPerUnit[j] = Number.isFinite(perUnit) ? perUnit : 0;
    firstBucket[j] = nextBucket;
    lastBucket[j] = nextBucket + buckets - 1;
    let k = 0;
    for (let bucket = 0; bucket < buckets; bucket++) {
      while (k < n - 1 && (sorted[k] - smallest[j]) * bucketsPerUnit[j] < bucket) k++;
      starts[nextBucket++] = first[j] + Math.floor(k / BLOCK) * STRIDE;
    }
  });

  const activeSums = (overlaps: Float64Array, w: Float64Array, bias: number, out: Float64Array): void => {
    let pair = 0;
    for (let i = 0; i < c; i++) {
      const b = w[bias + i];
      for (let j = 0; j < c; j++, pair++) {
        const a = overlaps[pair];
        const atLargest = a * largest[j] + b;
        const sum = 3 * pair;
        if (b > 0 && (a >= 0 || atLargest > 0)) {
          out[sum] = count[j];
          out[sum + 1] = sums[j];
          out[sum + 2] = squares[j];
          continue;
        }
        if (b <= 0 && atLargest <= 0) {
          out[sum] = 0;
          out[sum + 1] = 0;
          out[sum + 2] = 0;
          continue;
        }
        const bucket = (-b / a - smallest[j]) * bucketsPerUnit[j];
        let place = firstBucket[j];
        if (bucket > 0) place = bucket + place < lastBucket[j] ? place + (bucket | 0) : lastBucket[j];
        let at = starts[place];
        if (a > 0) {
          while (a * blocks[at + LAST] + b <= 0) at += STRIDE;
          if (a * blocks[at + HEAD] + b > 0) while (a * blocks[at - 1] + b > 0) at -= STRIDE;
          let k = at + HEAD;
          let s1 = blocks[at];
          let s2 = blocks[at + 1];
          for (let t = blocks[k]; a * t + b <= 0; t = blocks[++k]) {
            s1 += t;
            s2 += t * t;
          }
          out[sum] = count[j] - (((at - first[j]) >> 3) * BLOCK + k - at - HEAD);
          out[sum + 1] = sums[j] - s1;
          out[sum + 2] = squares[j] - s2;
        } else {
          while (a * blocks[at + LAST] + b > 0) at += STRIDE;
          if (a * blocks[at + HEAD] + b <= 0) while (a * blocks[at - 1] + b <= 0) at -= STRIDE;
          let k = at + HEAD;
          let s1 = blocks[at];
          let s2 = blocks[at + 1];
          for (let t = blocks[k]; a * t + b > 0; t = blocks[++k]) {
            s1 += t;
            s2 += t * t;
          }
          out[sum] = ((at - first[j]) >> 3) * BLOCK + k - at - HEAD;
          out[sum + 1] = s1;
          out[sum + 2] = s2;
        }
      }
    }
  };

  return { activeSums, squares };
};

const samplesBefore = (blocks: number, withinBlock: number): number => (blocks >> 3) * BLOCK + withinBlock - HEAD;

const sortedAmplitudes = ({ feature, amplitude }: Dataset, j: number): Float64Array =>
  amplitude.filter((_, m) => feature[m] === j).sort();

const total = (values: Float64Array, of: (t: number) => number): number => {
  const sum = compensatedSum();
  for (const value of values) sum.add(of(value));
  return sum.value();
};

const writeBlocks = (sorted: Float64Array, blocks: Float64Array): void => {
  blocks.fill(Infinity);
  const sum = compensatedSum();
  const squares = compensatedSum();
  for (let k = 0, at = 0; at < blocks.length; at += STRIDE) {
    blocks[at] = sum.value();
    blocks[at + 1] = squares.value();
    for (let slot = 2; slot < STRIDE && k < sorted.length; slot++, k++) {
      const t = sorted[k];
      blocks[at + slot] = t;
      sum.add(t);
      squares.add(t * t);
    }
  }
};

/** Neumaier's sum of nonnegative numbers: good to the last place however many there are. */
const compensatedSum = () => {
  let sum = 0;
  let lost = 0;
  return {
    add(term: number): void {
      const next = sum + term;
      lost += sum >= term ? sum - next + term : term - next + sum;
      sum = next;
    },
    value: (): number => sum + lost,
  };
};
