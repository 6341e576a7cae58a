import { invalid } from "../errors.ts";
import { exp, log, log1p } from "./elementary.ts";
import { logGamma } from "./log-gamma.ts";
import type { Stream } from "./stream.ts";

/** Below this mean the distribution function is walked up from 0. */
const FEW = 10;

/**
 * A draw of the number of successes in n trials of probability p, exact: inversion where the mean is small, and otherwise Hörmann's transformed rejection
 * with squeeze. Source: W. Hörmann, J. Stat. Comput. Simul. 46 (1993) 101, algorithm BTRS.
 */
export const binomialSample = (n: number, p: number, random: Stream): number => {
  if (!(Number.isSafeInteger(n) && n >= 0)) throw invalid("n", n, "a whole number of trials, from 0 on");
  if (!(p >= 0 && p <= 1)) throw invalid("p", p, "a probability");
  if (n === 0 || p === 0) return 0;
  if (p === 1) return n;
  if (p > 0.5) return n - lower(n, 1 - p, random);
  return lower(n, p, random);
};

/** The same for p <= 1/2. */
const lower = (n: number, p: number, random: Stream): number =>
  n * p < FEW ? inverted(n, p, random) : rejected(n, p, random);

const inverted = (n: number, p: number, random: Stream): number => {
  const odds = p / (1 - p);
  let term = exp(n * log1p(-p));
  let rest = random.uniform();
  let k = 0;
  while (rest >= term && k < n) {
    rest -= term;
    k++;
    term *= (odds * (n - k + 1)) / k;
  }
  return k;
};

const rejected = (n: number, p: number, random: Stream): number => {
  const spread = Math.sqrt(n * p * (1 - p));
  const b = 1.15 + 2.53 * spread;
  const a = -0.0873 + 0.0248 * b + 0.01 * p;
  const c = n * p + 0.5;
  const inside = 0.92 - 4.2 / b;
  const alpha = (2.83 + 5.1 / b) * spread;
  const mode = Math.floor((n + 1) * p);
  const atMode = logGamma(mode + 1) + logGamma(n - mode + 1);
  const slope = log(p / (1 - p));
  for (;;) {
    const u = random.uniform() - 0.5;
    const v = random.uniform();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + c);
    if (us >= 0.07 && v <= inside) return k;
    if (!(k >= 0 && k <= n)) continue;
    const bound = atMode - logGamma(k + 1) - logGamma(n - k + 1) + (k - mode) * slope;
    if (log((v * alpha) / (a / (us * us) + b)) <= bound) return k;
  }
};

/** Counts of n draws from a distribution over `out.length` outcomes, written into `out`. The distribution need not be normalised. */
export const multinomialSample = (n: number, p: ArrayLike<number>, random: Stream, out: Float64Array): void => {
  let last = p.length - 1;
  while (last > 0 && !(p[last] > 0)) last--;
  let mass = 0;
  for (let x = 0; x <= last; x++) mass += p[x];
  let left = n;
  out.fill(0);
  if (n < FEW_EACH * (last + 1)) {
    drawOneByOne(n, p, mass, last, random, out);
    return;
  }
  for (let x = 0; x < last && left > 0; x++) {
    out[x] = binomialSample(left, Math.min(1, p[x] / mass), random);
    left -= out[x];
    mass -= p[x];
  }
  // The last outcome takes what is left, so that rounding of the mass loses nobody.
  out[last] += left;
};

/** With fewer draws than so many for each outcome they are made one by one. */
const FEW_EACH = 64;
/** Words that are drawn together. */
const WORDS = 1024;
/** 2^-32 */
const WORD_UNIT = 2.3283064365386963e-10;

/** Looks each draw up in the sums of the probabilities, from a place that a table gives. */
const drawOneByOne = (
  n: number,
  p: ArrayLike<number>,
  mass: number,
  last: number,
  random: Stream,
  out: Float64Array,
): void => {
  const sums = new Float64Array(last + 1);
  let sum = 0;
  for (let x = 0; x <= last; x++) {
    sum += p[x];
    sums[x] = sum;
  }
  sums[last] = mass;
  // The first outcome whose sum exceeds i / cells of the mass.
  const cells = last + 1;
  const guide = new Int32Array(cells);
  for (let i = 0, x = 0; i < cells; i++) {
    while (x < last && sums[x] <= (i * mass) / cells) x++;
    guide[i] = x;
  }
  const words = new Uint32Array(Math.min(n, WORDS));
  for (let made = 0; made < n; made += WORDS) {
    const own = words.subarray(0, Math.min(WORDS, n - made));
    random.words(own);
    for (const word of own) {
      // 32 bits say which outcome it is, as with whole numbers below a limit.
      const u = word * WORD_UNIT;
      let x = guide[Math.floor(u * cells)];
      while (x < last && sums[x] <= u * mass) x++;
      // Rounding may have led one place too far.
      while (x > 0 && sums[x - 1] > u * mass) x--;
      out[x]++;
    }
  }
};
