import { INVERSE_LN2 } from "../../../numerics/elementary/ln2.ts";
import { log } from "../../../numerics/elementary.ts";
import { firstWhole } from "../../../numerics/first-whole.ts";
import { fatLipschitz, logCovering } from "./capacity.ts";

/**
 * How many samples bring training and true error within eps of each other, or of nought where the target is in the family, with probability 1 - delta.
 * Each theorem gives a tail bound in N; the smallest N that satisfies it is the implied size, and textbooks print a closed form above it.
 */
export interface SampleSizeRule {
  /** The printed size. */
  closed(eps: number, delta: number, d: number): number;
  /** ln of the tail bound less ln delta, which falls from `start` on or is above 0 until it falls. */
  excess(N: number, eps: number, delta: number, d: number): number;
  start(eps: number, d: number): number;
}

const square = (x: number): number => x * x;

/** d ln(2 e N / d), the cap of Sauer's sum on 2 N points. */
const logGrowth = (N: number, d: number): number => d * (1 + log((2 * N) / d));

export const sampleSizeRules = {
  /** VC dimension d, any target. */
  agnostic: {
    closed: (eps, delta, d) => (64 / square(eps)) * (2 * d * log(12 / eps) + log(4 / delta)),
    excess: (N, eps, delta, d) => log(4 / delta) + logGrowth(N, d) - (square(eps) * N) / 32,
    start: (eps, d) => Math.max(Math.ceil(d), Math.ceil((32 * d) / square(eps))),
  },
  /** VC dimension d, a target in the family. */
  realisable: {
    closed: (eps, delta, d) => (4 / eps) * INVERSE_LN2 * (d * log(12 / eps) + log(2 / delta)),
    excess: (N, eps, delta, d) => log(2 / delta) + logGrowth(N, d) - (eps * N * Math.LN2) / 2,
    start: (eps, d) => Math.max(Math.ceil(d), Math.ceil((2 * d) / (eps * Math.LN2))),
  },
  /** The same by nets. */
  epsNet: {
    closed: (eps, delta, d) => (8 / eps) * (2 * d * (1 + log(16 / eps)) + log(2 / delta)),
    excess: (N, eps, delta, d) => log(2 / delta) + logGrowth(N, d) - (eps * N) / 4,
    start: (eps, d) => Math.max(Math.ceil(d), Math.ceil((4 * d) / eps)),
  },
  /** Pseudo-dimension d, squared loss. */
  pseudoDimension: {
    closed: (eps, delta, d) => (128 / square(eps)) * (2 * d * log(34 / eps) + log(16 / delta)),
    excess: (N, eps, delta, d) => log(4 / delta) + logCovering(eps / 32, d) - (square(eps) * N) / 128,
    start: () => 1,
  },
  /** Fat-shattering dimension, squared loss: d at scale eps / 256 in the printed form, at eps / 128 in the implied one. */
  fat: {
    closed: (eps, delta, d) => (256 / square(eps)) * (18 * d * square(log(128 / eps)) + log(16 / delta)),
    excess(N, eps, delta, d) {
      const u = eps / 32;
      const exponent = d * INVERSE_LN2 * (1 + log((8 * N) / (d * u)));
      return log(8 / delta) + exponent * log((8 * N) / (u * u)) - (square(eps) * N) / 128;
    },
    start: (eps, d) => Math.max(Math.ceil(d), Math.ceil((128 * d) / square(eps))),
  },
} as const satisfies { readonly [name: string]: SampleSizeRule };

/** The smallest N that satisfies the tail bound of a rule. */
export const impliedSize = ({ excess, start }: SampleSizeRule, eps: number, delta: number, d: number): number =>
  firstWhole(N => excess(N, eps, delta, d) <= 0, start(eps, d));

/** The realisable size as it is often quoted, with natural logarithms: below the implied one for many d. */
export const realisableWithNaturalLogarithms = (eps: number, delta: number, d: number): number =>
  (4 / eps) * (d * log(12 / eps) + log(2 / delta));

/** Sizes for functions of a Lipschitz constant on [0, 1] into [0, 1]. */
export const lipschitzSizes = (eps: number, delta: number, lipschitz: number) => {
  const [fat256, fat128] = [256, 128].map(parts => fatLipschitz(eps / parts, lipschitz));
  const { fat } = sampleSizeRules;
  return { fat256, fat128, closed: fat.closed(eps, delta, fat256), implied: impliedSize(fat, eps, delta, fat128) };
};
