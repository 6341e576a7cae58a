import { binomialSample } from "./binomial-sample.ts";
import { tallyWords } from "./loops/tally.ts";
import { fastest } from "./native-loops.ts";
import type { Stream } from "./stream.ts";

/** Overwrites `out`, an entry for each outcome, by how often each came in n draws. */
export type Multinomial = (n: number, random: Stream, out: Float64Array) => void;

/** Counts of draws from the distribution `p` over `p.length` outcomes, which need not be normalised and must not change. */
export const multinomial = (p: ArrayLike<number>): Multinomial => {
  let last = p.length - 1;
  while (last > 0 && !(p[last] > 0)) last--;
  let all = 0;
  for (let x = 0; x <= last; x++) all += p[x];
  let tally: Multinomial | undefined;
  return (n, random, out) => {
    out.fill(0);
    if (n < FEW_EACH * (last + 1)) {
      tally ??= oneByOne(p, all, last);
      tally(n, random, out);
      return;
    }
    let [left, mass] = [n, all];
    for (let x = 0; x < last && left > 0; x++) {
      out[x] = binomialSample(left, Math.min(1, p[x] / mass), random);
      left -= out[x];
      mass -= p[x];
    }
    // The last outcome takes what is left, so that rounding of the mass loses nobody.
    out[last] += left;
  };
};

/** With fewer draws than so many for each outcome they are made one by one. */
const FEW_EACH = 64;
/** Words that are drawn together. */
const WORDS = 1024;
/** 2^32 and its inverse. */
const [ALL_WORDS, WORD_UNIT] = [4294967296, 2.3283064365386963e-10];
/** Bits by which a table tells most words apart: small tables stay in the fastest memory, and large ones take no more than the limits. */
const [FEWEST_BITS, MOST_BITS] = [8, 16];
/** Nanoseconds of a word. */
const WORD_TIME = 2;

/** Adds the outcomes of single draws, of 32 random bits each, to `out`: each is looked up among the sums of the probabilities. */
const oneByOne = (p: ArrayLike<number>, mass: number, last: number): Multinomial => {
  const limits = wordLimits(p, mass, last);
  const bits = Math.min(MOST_BITS, Math.max(FEWEST_BITS, 34 - Math.clz32(last)));
  const shift = 32 - bits;
  const cells = cellsOf(limits, bits);
  const words = new Uint32Array(WORDS);
  return (n, random, out) => {
    for (let made = 0; made < n; made += WORDS) {
      const own = n - made < WORDS ? words.subarray(0, n - made) : words;
      random.words(own);
      const tally = fastest("tallyWords", tallyWords, WORD_TIME * own.length);
      tally(own, cells, limits, out, own.length, shift, last);
    }
  };
};

/** For each outcome but the last the first word that is beyond it, which with the sum of the probabilities up to it is u mass >= sum for u = word / 2^32. */
const wordLimits = (p: ArrayLike<number>, mass: number, last: number): Float64Array => {
  const limits = new Float64Array(last);
  let sum = 0;
  for (let x = 0; x < last; x++) {
    sum += p[x];
    let word = Math.min(ALL_WORDS, Math.ceil((sum / mass) * ALL_WORDS));
    while (word > 0 && (word - 1) * WORD_UNIT * mass >= sum) word--;
    while (word < ALL_WORDS && word * WORD_UNIT * mass < sum) word++;
    limits[x] = word;
  }
  return limits;
};

/** What the first `bits` bits of a word say of its outcome, as `tallyWords` reads it. */
const cellsOf = (limits: Float64Array, bits: number): Int32Array => {
  const cells = new Int32Array(1 << bits);
  const width = ALL_WORDS / cells.length;
  for (let cell = 0, x = 0; cell < cells.length; cell++) {
    while (x < limits.length && limits[x] <= cell * width) x++;
    const isOne = x === limits.length || limits[x] >= (cell + 1) * width;
    cells[cell] = isOne ? x : -1 - x;
  }
  return cells;
};
