import { choleskyInPlace, choleskySolve } from "../../numerics/cholesky.ts";
import type { Means } from "./of-means.ts";

/** How draws lie: chain by chain. */
export interface Draws {
  readonly chains: number;
  /** Of each chain. */
  readonly draws: number;
}

/** Fewer draws for each control than this would fit noise. */
const DRAWS_EACH = 20;
/** A ridge, as a share of the diagonal. */
const RIDGE = 1e-9;
const MOST_BLOCKS = 32;
/** Draws of a block at least. */
const SHORTEST = 16;

/**
 * Means of features, freed of what functions of zero mean explain of them: the intercept of a regression on these, made anew without each block, so that the noise of
 * its slopes is in the error. `controls` and features are draws x count, row-major; without controls, or with too few draws, means are plain.
 */
export const controlledMeans = (
  controls: Float64Array,
  { chains, draws }: Draws,
): ((features: Float64Array) => Means) => {
  const total = chains * draws;
  const given = controls.length / total;
  const count = total >= DRAWS_EACH * given ? given : 0;
  const perChain = Math.max(2, Math.floor(Math.min(MOST_BLOCKS / chains, draws / SHORTEST)));
  const blockOf = (row: number): number => {
    const chain = Math.floor(row / draws);
    return chain * perChain + Math.min(perChain - 1, Math.floor(((row - chain * draws) * perChain) / draws));
  };
  const blocks = chains * perChain;
  const sizes = new Float64Array(blocks);
  for (let row = 0; row < total; row++) sizes[blockOf(row)]++;

  /** Of each block and, last, of all: sums over draws of what is written for each. */
  const sums = (width: number, write: (row: number, out: Float64Array) => void): Float64Array[] => {
    const all = Array.from({ length: blocks + 1 }, () => new Float64Array(width));
    const out = new Float64Array(width);
    for (let row = 0; row < total; row++) {
      write(row, out);
      const block = all[blockOf(row)];
      for (let k = 0; k < width; k++) block[k] += out[k];
    }
    for (let block = 0; block < blocks; block++) for (let k = 0; k < width; k++) all[blocks][k] += all[block][k];
    return all;
  };
  /** Sums over all draws but those of a block; over all for the index `blocks`. */
  const leaving = (all: readonly Float64Array[], block: number, k: number): number =>
    all[blocks][k] - (block < blocks ? all[block][k] : 0);
  const leftOf = (block: number): number => total - (block < blocks ? sizes[block] : 0);

  const first = sums(count, (row, out) => {
    for (let a = 0; a < count; a++) out[a] = controls[row * given + a];
  });
  const second = sums(count * count, (row, out) => {
    for (let a = 0; a < count; a++)
      for (let b = 0; b <= a; b++) out[a * count + b] = controls[row * given + a] * controls[row * given + b];
  });
  const factors = Array.from({ length: count > 0 ? blocks + 1 : 0 }, (_, block) => {
    const left = leftOf(block);
    const matrix = new Float64Array(count * count);
    for (let a = 0; a < count; a++)
      for (let b = 0; b <= a; b++)
        matrix[a * count + b] =
          leaving(second, block, a * count + b) - (leaving(first, block, a) * leaving(first, block, b)) / left;
    for (let a = 0; a < count; a++) matrix[a * count + a] *= 1 + RIDGE;
    choleskyInPlace(matrix, count);
    return matrix;
  });

  return features => {
    const width = features.length / total;
    const plain = sums(width, (row, out) => {
      for (let k = 0; k < width; k++) out[k] = features[row * width + k];
    });
    const crossed = sums(width * count, (row, out) => {
      for (let k = 0; k < width; k++)
        for (let a = 0; a < count; a++) out[k * count + a] = features[row * width + k] * controls[row * given + a];
    });
    const slopes = new Float64Array(count);
    const means = (block: number): Float64Array => {
      const left = leftOf(block);
      return Float64Array.from({ length: width }, (_, k) => {
        const mean = leaving(plain, block, k) / left;
        if (count === 0) return mean;
        for (let a = 0; a < count; a++)
          slopes[a] = leaving(crossed, block, k * count + a) - mean * leaving(first, block, a);
        choleskySolve(factors[block], count, slopes);
        let explained = 0;
        for (let a = 0; a < count; a++) explained += (slopes[a] * leaving(first, block, a)) / left;
        return mean - explained;
      });
    };
    return { whole: means(blocks), without: Array.from({ length: blocks }, (_, block) => means(block)) };
  };
};
