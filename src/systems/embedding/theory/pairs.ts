import { invalid } from "../../../errors.ts";
import { countMarked } from "../../../numerics/marks.ts";

/** Two symbols i <= j; what is to be learned of them is i + j. */
export type Pair = readonly [number, number];

/** Two distinct pairs that have the same answer, by their places in the list of all pairs. */
export type Parallelogram = readonly [number, number];

/** Ranks modulo the prime are exact up to so many symbols: no minor of the matrix reaches it, as each is below sqrt(6)^(p - 2). */
export const MOST_SYMBOLS = 22;

/** All unordered pairs of 0, ..., p - 1: (0, 0), (0, 1), ..., (0, p - 1), (1, 1), ... */
export const allPairs = (p: number): readonly Pair[] =>
  Array.from({ length: p }, (_, i) => Array.from({ length: p - i }, (_, k): Pair => [i, i + k])).flat();

/** The place of a pair in the list of all pairs. */
export const placeOf = (p: number, [i, j]: Pair): number => i * p - (i * (i - 1)) / 2 + j - i;

/** The places of the pairs with each sum 0, ..., 2p - 2. */
export const sumClasses = (p: number): readonly (readonly number[])[] => {
  const classes: number[][] = Array.from({ length: 2 * p - 1 }, () => []);
  allPairs(p).forEach(([i, j], place) => {
    classes[i + j].push(place);
  });
  return classes;
};

/** All permissible parallelograms: two for every two pairs of equal sum; degenerate ones, (i, n | j, j), count. */
export const allParallelograms = (p: number): readonly Parallelogram[] => sumClasses(p).flatMap(twoOf);

/** Every two entries of a list, in its order. */
export const twoOf = (places: readonly number[]): readonly Parallelogram[] =>
  places.flatMap((first, a) => places.slice(a + 1).map((second): Parallelogram => [first, second]));

/** E_i + E_j - E_m - E_n as a row over the symbols; a symbol that stands twice counts twice. */
export const rowOf = (p: number, [i, j]: Pair, [m, n]: Pair): Int32Array => {
  const row = new Int32Array(p);
  row[i]++;
  row[j]++;
  row[m]--;
  row[n]--;
  return row;
};

/** Training pairs as a mark for each pair in the list of all. Throws a LandauError of kind "input" that names a pair which is none. */
export const markedPairs = (p: number, train: readonly (readonly number[])[]): Uint8Array => {
  const marked = new Uint8Array((p * (p + 1)) / 2);
  train.forEach((pair, k) => {
    const isSymbol = (value: number) => Number.isInteger(value) && value >= 0 && value < p;
    if (pair.length !== 2 || !pair.every(isSymbol))
      throw invalid(`train[${k}]`, pair, `two of the symbols 0 to ${p - 1}`);
    const place = placeOf(p, [Math.min(...pair), Math.max(...pair)]);
    if (marked[place] === 1) throw invalid(`train[${k}]`, pair, "a pair that is not there before, in either order");
    marked[place] = 1;
  });
  return marked;
};

/** Marks of the training pairs and of those that a parallelogram links directly to one of them. */
export const linkedPairs = (trained: Uint8Array, links: readonly Parallelogram[]): Uint8Array => {
  const linked = trained.slice();
  for (const [first, second] of links) {
    if (trained[first] === 1) linked[second] = 1;
    if (trained[second] === 1) linked[first] = 1;
  }
  return linked;
};

/** Shares of the pairs that are marked: of all, and of those that are not trained on; null when all are. */
export const shares = (trained: Uint8Array, marked: Uint8Array) => {
  const [all, known, right] = [trained.length, countMarked(trained), countMarked(marked)];
  return { all: right / all, test: known === all ? null : (right - known) / (all - known) };
};
