import { invalid } from "../../errors.ts";
import { exp, log } from "../../numerics/elementary.ts";
import {
  type Fraction,
  fraction,
  fractionText,
  minus,
  one,
  over,
  signOf,
  times,
  toNumber,
  zero,
} from "../../numerics/fraction.ts";
import { gaussLegendre, onPanels } from "../../numerics/gauss-legendre.ts";
import { type CanonicalAverage, checkTemperature } from "./canonical-average.ts";
import { checkList, readFraction } from "./checks.ts";

/**
 * K = prod w_i^(2 k_i) with w uniform on the unit box [0, 1]^d, which has the same averages as [-1, 1]^d.
 *
 * s = -log K is a sum of independent exponentials of rates b_i = 1/(2 k_i), so that
 * Z(t) = int_0^inf p(s) exp(-t e^-s) ds. The density p is a sum of s^j exp(-b s) by partial fractions of its Laplace
 * transform prod b_i / (b_i + z), exact; the integral is Gauss-Legendre's on panels, to about 1e-12 relative.
 */
export const boxAverage = (halfExponents: readonly (number | string)[], t: number): CanonicalAverage => {
  checkList("halfExponents", halfExponents);
  checkTemperature("t", t);
  const exponents = halfExponents
    .map((k, i) => readFraction(`halfExponents[${i}]`, k, { limit: 0 }))
    .filter(k => signOf(k) > 0);
  if (exponents.length === 0) throw invalid("halfExponents", halfExponents, "an exponent above 0");
  const density = partialFractions(exponents.map(k => over(fraction(1, 2), k)));
  const { nodes, weights } = onPanels(RULE, panelEnds(density, log(t)));
  let whole = 0;
  let z = 0;
  let energy = 0;
  for (let i = 0; i < nodes.length; i++) {
    const tK = t * exp(-nodes[i]);
    const share = weights[i] * densityAt(density, nodes[i]);
    const mass = share * exp(-tK);
    whole += share;
    z += mass;
    energy += mass * tK;
  }
  if (!(Math.abs(whole - 1) < LARGEST_LOSS))
    throw invalid("halfExponents", halfExponents, "fewer or more different exponents: their terms cancel too far");
  return { tMeanK: energy / z, logZ: log(z) };
};

const RULE = gaussLegendre(24);
/** How far the integral of the density, which is 1, may be off: what cancellation among close rates costs. */
const LARGEST_LOSS = 1e-10;

/** exp(-rate s) times a polynomial in s, lowest power first. */
interface Mode {
  readonly rate: number;
  readonly polynomial: readonly number[];
}

/**
 * The density of a sum of exponentials: for a rate b that occurs mu times, prod_(others) b_j / (b_j - b + e) is expanded
 * in e, and its coefficient g_k stands before b^mu s^(mu-k-1) e^(-b s) / (mu-k-1)!.
 */
const partialFractions = (rates: readonly Fraction[]): Mode[] => {
  const distinct = new Map(rates.map(rate => [fractionText(rate), rate]));
  return [...distinct.values()].map(rate => {
    const others = rates.filter(other => other !== rate && fractionText(other) !== fractionText(rate));
    const mu = rates.length - others.length;
    let series: Fraction[] = Array.from({ length: mu }, (_, k) => (k === 0 ? one : zero));
    for (const other of others) series = dividedBy(series, minus(other, rate), other);
    let scale = one;
    for (let i = 0; i < mu; i++) scale = times(scale, rate);
    const polynomial = new Array<number>(mu);
    for (let power = 0, factorial = one; power < mu; power++) {
      if (power > 0) factorial = times(factorial, fraction(power));
      polynomial[power] = toNumber(over(times(scale, series[mu - 1 - power]), factorial));
    }
    return { rate: toNumber(rate), polynomial };
  });
};

/** The series times scale / (gap + e), to the same order. */
const dividedBy = (series: readonly Fraction[], gap: Fraction, scale: Fraction): Fraction[] => {
  const result: Fraction[] = [];
  for (const term of series) {
    const before = result.at(-1) ?? zero;
    result.push(over(minus(times(scale, term), before), gap));
  }
  return result;
};

const densityAt = (density: readonly Mode[], s: number): number => {
  let sum = 0;
  for (const { rate, polynomial } of density) {
    let value = 0;
    for (let power = polynomial.length - 1; power >= 0; power--) value = value * s + polynomial[power];
    sum += value * exp(-rate * s);
  }
  return sum;
};

/** Short panels up to where exp(-t e^-s) has become 1, then longer ones until nothing is left of the density. */
const panelEnds = (density: readonly Mode[], logT: number): number[] => {
  const slowest = Math.min(...density.map(({ rate }) => rate));
  const fastest = Math.max(...density.map(({ rate }) => rate));
  const ends = [0];
  const settled = Math.max(0, logT) + 40;
  const end = settled + 60 / slowest;
  while (ends[ends.length - 1] < end) {
    const from = ends[ends.length - 1];
    ends.push(from + (from < settled ? Math.min(1, 1 / fastest) : 4 / fastest));
  }
  return ends;
};
