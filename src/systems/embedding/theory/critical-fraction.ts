import { randomMarks } from "../../../numerics/marks.ts";
import type { Stream } from "../../../numerics/stream.ts";
import { allPairs, rowOf, sumClasses } from "./pairs.ts";
import { spaceOf } from "./training-set.ts";

/** Counts of subsets are exact in float64 up to so many symbols: there are at most C(55, 27) < 2^53 of one size. */
export const MOST_COUNTED = 10;

/** Exceeds every minor, which are below sqrt(6)^8 = 1296, and lets an entry be written as one 16-bit unit of a string. */
const PRIME = 10007;

/** Of the null spaces that the classes so far can leave, by their entries as a string, the number of subsets of each size that leave it. */
type Live = Map<string, Float64Array>;

/**
 * Of each size k the number of sets of k pairs whose parallelograms leave the linear representation as the only one (n0 = 2), exactly.
 *
 * Pairs of one sum take the span of their differences from the null space, pairs of different sums know nothing of each other: class after class, a
 * table of the null spaces so far, each with the number of subsets that leave it. Translation and scale are always null and left out: rows sum
 * to 0 and so do their moments, so that p - 2 columns hold all the rest.
 */
export const uniqueCounts = (p: number): { readonly unique: Float64Array; readonly all: Float64Array } => {
  const columns = p - 2;
  const pairs = allPairs(p);
  const all = binomialRow(pairs.length);
  const unique = new Float64Array(all.length);
  const classes = [...sumClasses(p)].sort((a, b) => b.length - a.length);
  const difference = (one: number, other: number) => rowOf(p, pairs[one], pairs[other]).subarray(0, columns);
  // Classes of one or two pairs come last and need no table.
  const large = classes.filter(({ length }) => length > 2);
  const twos = classes.filter(({ length }) => length === 2).map(([one, other]) => difference(one, other));
  const ends = endings(twos, classes.filter(({ length }) => length === 1).length);

  let live: Live = new Map([[keyOf(wholeSpace(columns)), Float64Array.of(1)]]);
  let [seen, reach] = [0, classes.reduce((sum, { length }) => sum + length - 1, 0)];
  for (const places of large) {
    seen += places.length;
    reach -= places.length - 1;
    const rows = places.map(one => places.map(other => difference(one, other)));
    live = afterClass(live, rows, { unique, reach, length: seen + 1, others: binomialRow(pairs.length - seen) });
  }
  for (const [key, counts] of live) {
    const space = readKey(key, columns);
    for (const { rows, ways } of ends)
      if (rows.length >= space.length && rows.reduce(orthogonalTo, space).length === 0)
        addProduct(unique, counts, ways, ONE);
  }
  return { unique, all };
};

interface ClassOptions {
  /** Takes the counts of sets that leave no null space. */
  readonly unique: Float64Array;
  /** Dimensions that the classes to come can take: a larger null space is given up. */
  readonly reach: number;
  /** Sizes of subsets so far. */
  readonly length: number;
  /** Subsets of the pairs to come, by size. */
  readonly others: Float64Array;
}

/** The table after one more class, given the row of every two of its pairs. */
const afterClass = (
  live: Live,
  rows: readonly (readonly Int32Array[])[],
  { unique, reach, length, others }: ClassOptions,
): Live => {
  const size = rows.length;
  const next: Live = new Map();
  for (const [key, counts] of live) {
    const before = readKey(key, rows[0][0].length);
    const put = (space: NullSpace, ways: Float64Array) => {
      if (space.length === 0) addProduct(unique, counts, ways, others);
      else if (space.length <= reach)
        addProduct(countsOf(next, space === before ? key : keyOf(space), length), counts, ways, ONE);
    };
    // Two or more pairs of the class, each set once: its first pair, then the others in order.
    const spread = (space: NullSpace, first: number, last: number, taken: number) => {
      for (let member = last + 1; member < size; member++) {
        const less = orthogonalTo(space, rows[first][member]);
        put(less, powerOfX(taken + 1));
        spread(less, first, member, taken + 1);
      }
    };
    put(before, Float64Array.of(1, size));
    for (let first = 0; first < size; first++) spread(before, first, first, 1);
  }
  return next;
};

/** A space by its rows in reduced echelon form modulo the prime: the same space has the same rows. */
type NullSpace = readonly Int32Array[];

const wholeSpace = (columns: number): NullSpace =>
  Array.from({ length: columns }, (_, i) => new Int32Array(columns).fill(1, i, i + 1));

/**
 * What of a space is orthogonal to a row of integers. The last basis vector that is not goes, its multiples make the others orthogonal; it is 0 before
 * its pivot and at the pivots of the others, so that they stay in echelon form.
 */
const orthogonalTo = (space: NullSpace, row: Int32Array): NullSpace => {
  const products = space.map(vector => productWith(vector, row));
  let last = products.length - 1;
  while (last >= 0 && products[last] === 0) last--;
  if (last < 0) return space;
  const factor = PRIME - inverses[products[last]];
  const left = space[last];
  const others: Int32Array[] = [];
  for (let i = 0; i < space.length; i++)
    if (i !== last)
      others.push(products[i] === 0 ? space[i] : plusMultiple(space[i], (factor * products[i]) % PRIME, left));
  return others;
};

/** Entries of rows are at most 2, so that nothing leaves 32 bits. */
const productWith = (vector: Int32Array, row: Int32Array): number => {
  let sum = 0;
  for (let j = 0; j < row.length; j++) sum += vector[j] * row[j];
  return ((sum % PRIME) + PRIME) % PRIME;
};

const plusMultiple = (vector: Int32Array, times: number, other: Int32Array): Int32Array => {
  const out = new Int32Array(vector.length);
  for (let j = 0; j < out.length; j++) out[j] = (vector[j] + times * other[j]) % PRIME;
  return out;
};

/** Inverses modulo the prime, from those of smaller numbers. */
const inverses = new Int32Array(PRIME);
inverses[1] = 1;
for (let n = 2; n < PRIME; n++) inverses[n] = (Math.floor(PRIME / n) * (PRIME - inverses[PRIME % n])) % PRIME;

const keyOf = (space: NullSpace): string => {
  let key = "";
  for (const vector of space) key += String.fromCharCode.apply(null, vector as unknown as number[]);
  return key;
};

const readKey = (key: string, columns: number): NullSpace => {
  const space: Int32Array[] = [];
  for (let from = 0; from < key.length; from += columns) {
    const vector = new Int32Array(columns);
    for (let j = 0; j < columns; j++) vector[j] = key.charCodeAt(from + j);
    space.push(vector);
  }
  return space;
};

/** What classes of two pairs can add, each the row of its difference or nothing, with the numbers of ways by size; `singles` pairs add nothing. */
const endings = (twos: readonly Int32Array[], singles: number) =>
  Array.from({ length: 1 << twos.length }, (_, mask) => {
    const rows = twos.filter((_, i) => (mask >> i) % 2 === 1);
    const ways = new Float64Array(2 * twos.length + singles + 1);
    // x^2 for both pairs, 1 + 2x for at most one.
    addProduct(ways, powerOf(1, 2, twos.length - rows.length), powerOfX(2 * rows.length), binomialRow(singles));
    return { rows, ways };
  });

/** The counts of a space in a table, none at first. */
const countsOf = (table: Live, key: string, length: number): Float64Array => {
  let own = table.get(key);
  if (!own) {
    own = new Float64Array(length);
    table.set(key, own);
  }
  return own;
};

/** Polynomials by their coefficients: 1, and x^n. */
const ONE = Float64Array.of(1);
const powerOfX = (n: number): Float64Array => powersOfX[n];
const powersOfX = Array.from({ length: 16 }, (_, n) => new Float64Array(n + 1).fill(1, n));

/** Adds the product of three polynomials, the longest first. */
const addProduct = (out: Float64Array, long: Float64Array, short: Float64Array, last: Float64Array): void => {
  for (let i = 0; i < long.length; i++) {
    if (long[i] === 0) continue;
    for (let j = 0; j < short.length; j++) {
      const factor = long[i] * short[j];
      if (factor !== 0) for (let k = 0; k < last.length; k++) out[i + j + k] += factor * last[k];
    }
  }
};

/** Coefficients of (a + b x)^n, by sums alone. */
const powerOf = (a: number, b: number, n: number): Float64Array => {
  const row = new Float64Array(n + 1);
  row[0] = 1;
  for (let i = 1; i <= n; i++) for (let k = i; k >= 0; k--) row[k] = a * row[k] + (k > 0 ? b * row[k - 1] : 0);
  return row;
};

/** C(n, 0), ..., C(n, n). */
const binomialRow = (n: number): Float64Array => powerOf(1, 1, n);

/** Where the share of unique sets reaches one half, by linear interpolation between whole sizes. */
export const halfSize = (share: ArrayLike<number>): number => {
  let k = 0;
  while (share[k] < 0.5) k++;
  return k - 1 + (0.5 - share[k - 1]) / (share[k] - share[k - 1]);
};

/** Of `draws` random sets of k pairs, how many leave the linear representation as the only one. */
export const countUnique = (p: number, k: number, draws: number, random: Stream): number => {
  const pairCount = (p * (p + 1)) / 2;
  let unique = 0;
  for (let draw = 0; draw < draws; draw++) if (spaceOf(p, randomMarks(pairCount, k, random)).rank === p - 2) unique++;
  return unique;
};
