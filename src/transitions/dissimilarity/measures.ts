import { invalid } from "../../errors.ts";
import { exp, log1p, tanh } from "../../numerics/elementary.ts";

/**
 * Dissimilarities of two distributions p and q [arXiv 2405.17088, section 2]:
 *
 *     D_g[p, q] = 1/2 sum_x { p g(p/(p+q)) + q g(q/(p+q)) },   g(1/2) = 0
 *
 * Draw x from p or q with a fair coin: r = p/(p+q) is what an ideal observer gives p. With lean = 2r - 1 the two terms of an outcome are the
 * mass (p+q)/2 times r g(r) + (1-r) g(1-r), a function of the lean alone. All three lie in [0, 1]: 0 where p = q, 1 where nothing is common.
 */
export interface Measure {
  readonly title: string;
  /** What it says, in words. */
  readonly meaning: string;
  /** g at the posterior of the true side, from the log-odds of the true side against the other. */
  readonly plain: (logOdds: number) => number;
  /** r g(r) + (1-r) g(1-r) at lean = 2r - 1: the same on average over both sides, with less variance. */
  readonly reduced: (lean: number) => number;
}

export type MeasureName = "lin" | "js" | "tv";

export const measures: { readonly [name in MeasureName]: Measure } = {
  lin: {
    title: "linear dissimilarity",
    meaning: "twice the mean posterior of the true side, less 1",
    plain: logOdds => tanh(logOdds / 2),
    reduced: lean => lean * lean,
  },
  js: {
    title: "Jensen-Shannon divergence, bits",
    meaning: "bits that an outcome tells of its side",
    // log2(2 r), never through r itself, which may round to nought.
    plain: logOdds => 1 - softplus(-logOdds) / Math.LN2,
    reduced: lean => entropyLoss(lean) / Math.LN2,
  },
  tv: {
    title: "total variation",
    meaning: "twice the best accuracy of telling the sides apart, less 1",
    plain: logOdds => Math.abs(tanh(logOdds / 2)),
    reduced: lean => Math.abs(lean),
  },
};

export const measureNames = Object.keys(measures) as readonly MeasureName[];

/** A number for each measure. */
export type ByMeasure<Value = number> = { readonly [name in MeasureName]: Value };

export const byMeasure = <Value>(value: (name: MeasureName) => Value): ByMeasure<Value> => ({
  lin: value("lin"),
  js: value("js"),
  tv: value("tv"),
});

/** ln(1 + e^x) without overflow. */
const softplus = (x: number): number => (x > 0 ? x + log1p(exp(-x)) : log1p(exp(x)));

/** From here down its series holds all digits, where the sum of two logarithms would lose them. */
const SMALL = 0.02;

/** ln 2 less the entropy of (1 + x)/2 in nats: ((1+x) ln(1+x) + (1-x) ln(1-x)) / 2, for |x| <= 1. */
const entropyLoss = (x: number): number => {
  const size = Math.min(1, Math.abs(x));
  if (size < SMALL) {
    const square = size * size;
    return (square / 2) * (1 + square * (1 / 6 + square * (1 / 15 + square * (1 / 28 + square / 45))));
  }
  return ((1 + size) * log1p(size) + (size === 1 ? 0 : (1 - size) * log1p(-size))) / 2;
};

/** All three of two distributions over the same outcomes. Throws a LandauError of kind "input" for what is no distribution. */
export const dissimilarity = (p: ArrayLike<number>, q: ArrayLike<number>): ByMeasure => {
  checkDistribution("p", p);
  checkDistribution("q", q);
  checkSameLength(p, q);
  return dissimilarityOf(p, q);
};

/** The same of distributions that are known to be ones. */
export const dissimilarityOf = (p: ArrayLike<number>, q: ArrayLike<number>): ByMeasure => {
  let [lin, js, tv] = [0, 0, 0];
  for (let x = 0; x < p.length; x++) {
    const mass = (p[x] + q[x]) / 2;
    if (!(mass > 0)) continue;
    const lean = (p[x] - q[x]) / (2 * mass);
    lin += mass * measures.lin.reduced(lean);
    js += mass * measures.js.reduced(lean);
    tv += mass * measures.tv.reduced(lean);
  }
  return { lin, js, tv };
};

/**
 * The dissimilarity of a function g of one's own on [0, 1], with g(1/2) = 0. Outcomes that neither side has do not count; g(0) is asked for
 * only where it counts nothing.
 */
export const dissimilarityBy = (
  p: ArrayLike<number>,
  q: ArrayLike<number>,
  g: (posterior: number) => number,
): number => {
  checkDistribution("p", p);
  checkDistribution("q", q);
  checkSameLength(p, q);
  if (g(0.5) !== 0) throw invalid("g(1/2)", g(0.5), "0");
  let sum = 0;
  for (let x = 0; x < p.length; x++) {
    if (p[x] > 0) sum += (p[x] / 2) * g(p[x] / (p[x] + q[x]));
    if (q[x] > 0) sum += (q[x] / 2) * g(q[x] / (p[x] + q[x]));
  }
  return sum;
};

/** Fisher information sum_x P (d ln P/dT)^2 from a distribution and its slope. */
export const fisherFrom = (p: ArrayLike<number>, slope: ArrayLike<number>): number => {
  let sum = 0;
  for (let x = 0; x < p.length; x++) if (p[x] > 0) sum += (slope[x] * slope[x]) / p[x];
  return sum;
};

/** What lin and js tend to for two distributions a small step apart in T, of Fisher information F. */
export const smallStep = (fisher: number, step: number): { readonly lin: number; readonly js: number } => {
  const lin = (fisher * step * step) / 4;
  return { lin, js: lin / (2 * Math.LN2) };
};

/** Sums may be off by so much: numbers that were printed with six digits. */
const SUM_TOLERANCE = 1e-5;

/** Throws a LandauError of kind "input" that names what is no distribution. */
export const checkDistribution = (name: string, p: ArrayLike<number>): void => {
  if (p.length === 0) throw invalid(`the length of ${name}`, 0, "at least 1");
  let sum = 0;
  for (let x = 0; x < p.length; x++) {
    if (!(p[x] >= 0 && p[x] < Infinity)) throw invalid(`${name}[${x}]`, p[x], "a probability");
    sum += p[x];
  }
  if (Math.abs(sum - 1) > SUM_TOLERANCE) throw invalid(`the sum of ${name}`, sum, "1, as of a distribution");
};

export const checkSameLength = (p: ArrayLike<number>, q: ArrayLike<number>): void => {
  if (p.length !== q.length) throw invalid("the length of q", q.length, `${p.length}, as p has`);
};
