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
