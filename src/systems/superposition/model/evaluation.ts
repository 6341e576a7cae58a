import { superposition } from "../../../engine/kernels/bytes.ts";
import { invalid } from "../../../errors.ts";
import { instantiate } from "../../../numerics/kernels/instantiate.ts";
import { type AmplitudeTable, WIDTH } from "./amplitude-table.ts";
import { type Dimensions, sizeOf } from "./layout.ts";

interface GradientKernel {
  superpositionGradient(
    w: number,
    gradient: number,
    c: number,
    r: number,
    n: number,
    squares: number,
    facts: number,
    matrices: number,
  ): number;
}

/** What an evaluation leaves behind; each call overwrites it. */
export interface Evaluation {
  /** A_ij = W_i . W_j. Symmetric to the bit. */
  overlap(i: number, j: number): number;
  /** For each pair (i, j) the sums of 1, t and t^2 over the samples of feature j with A_ij t + b_i > 0; fresh ones after `evaluateAll`. */
  readonly sums: Float64Array;
  /** Overwrites `gradient` and returns the loss. */
  evaluate(w: Float64Array, gradient: Float64Array): number;
  /** The same, with `sums`. */
  evaluateAll(w: Float64Array, gradient: Float64Array): number;
}

/**
 * Loss and gradient by the formulae of empirical.ts, in a kernel on a memory of its own that holds the table. Whether a sample is active is
 * decided sample by sample next to the threshold, in floating point as written, so that ties and thresholds on a sample come out as they
 * would in a sum over samples.
 */
export const evaluation = (table: AmplitudeTable, { c, r }: Dimensions, n: number): Evaluation => {
  const { squares, blocks, index, features } = table;
  const size = sizeOf({ c, r });
  const even = c + (c % 2);
  let end = 0;
  /** The address of a new area. A vector may be read across the end of one. */
  const area = (numbers: number): number => {
    const address = end;
    end = Math.ceil((end + 8 * numbers + 16) / LINE) * LINE;
    return address;
  };
  // The kernel takes address 0 for no block.
  area(1);
  const [wAt, gradientAt, factsAt] = [area(size), area(size), area(8 * even)];
  const matricesAt = area(2 * even * c + 3 * c * c + 4 * c * c);
  const blocksAt = area(blocks.length);
  const indexAt = area(index.length / 2);
  const pages = Math.ceil(end / 65536);
  if (pages > 65536) throw invalid("the number of samples", n, "fewer, so that their table is below 4 GiB");
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const { buffer } = memory;
  const blockAddress = (block: number): number => blocksAt + 8 * WIDTH * block;

  new Float64Array(buffer, blocksAt, blocks.length).set(blocks);
  const addresses = new Uint32Array(buffer, indexAt, index.length);
  for (let k = 0; k < index.length; k++) addresses[k] = blockAddress(index[k]);
  const facts = new Float64Array(buffer, factsAt, 8 * even);
  const places = new Uint32Array(buffer, factsAt, 16 * even);
  features.forEach((of, j) => {
    // Four lists, for two features at a time; then a record of four for each.
    [of.largest, of.smallest, of.bucketsPerUnit, of.buckets - 1].forEach((fact, k) => {
      facts[k * even + j] = fact;
    });
    const record = 4 * even + 4 * j;
    facts.set([of.sum, of.squares, of.count], record);
    places.set([indexAt + 4 * of.firstBucket, blockAddress(of.firstBlock)], 2 * (record + 3));
  });

  const ownW = new Float64Array(buffer, wAt, size);
  const ownGradient = new Float64Array(buffer, gradientAt, size);
  const overlaps = new Float64Array(buffer, matricesAt, even * c);
  const sums = new Float64Array(buffer, matricesAt + 8 * 2 * even * c, 3 * c * c);
  const { superpositionGradient } = instantiate<GradientKernel>({ superposition }, memory);

  const evaluate = (w: Float64Array, gradient: Float64Array): number => {
    for (let k = 0; k < size; k++) ownW[k] = w[k];
    const loss = superpositionGradient(wAt, gradientAt, c, r, n, squares, factsAt, matricesAt);
    for (let k = 0; k < size; k++) gradient[k] = ownGradient[k];
    return loss;
  };
  return {
    overlap: (i, j) => overlaps[i * even + j],
    sums,
    evaluate,
    evaluateAll(w, gradient) {
      // The kernel passes over silent pairs.
      sums.fill(0);
      return evaluate(w, gradient);
    },
  };
};

/** Bytes that a processor fetches at once. */
const LINE = 64;
