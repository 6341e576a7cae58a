import { firstWhole } from "../../../numerics/first-whole.ts";
import { fatLipschitz, vcNetworks, vcOneParameterTame } from "./capacity.ts";
import { natarajanBound, pseudoDimensionBound, rademacherBound } from "./deviation.ts";
import { impliedSize, sampleSizeRules } from "./sample-size.ts";

/** A family of functions, with the structure that it is definable in and its dimension. */
export interface Family {
  readonly name: string;
  /** The smallest of the o-minimal structures that hold it; null where none does. */
  readonly structure: "R_alg" | "R_exp" | "R_an" | "R_an,exp" | null;
  readonly capacity: "VC" | "pseudo" | "Natarajan" | "fat-shattering";
  /** At the accuracy eps, on which only a fat-shattering dimension depends; infinite where samples of any number can be labelled at will. */
  dimension(eps: number): number;
  /** Of functions into more than two classes. */
  readonly classes?: number;
}

/** A fully connected net with tanh units and biases, 2-8-1: weights and units. */
export const TANH_NET = { weights: 33, units: 9 } as const;

/** Sines of frequency at most this on [0, 1]. */
export const BOUNDED_FREQUENCY = 100;

export const families: readonly Family[] = [
  { name: "thresholds on a line", structure: "R_alg", capacity: "VC", dimension: () => 1 },
  { name: "slow-roll intervals", structure: "R_alg", capacity: "VC", dimension: () => 2 },
  { name: "half-planes", structure: "R_alg", capacity: "VC", dimension: () => 3 },
  { name: "lowest of four towers", structure: "R_alg", capacity: "Natarajan", dimension: () => 9, classes: 4 },
  { name: "gauge couplings", structure: "R_an,exp", capacity: "pseudo", dimension: () => 4 },
  {
    name: `sines of frequency at most ${BOUNDED_FREQUENCY} on [0, 1]`,
    structure: "R_an",
    capacity: "VC",
    dimension: () => vcOneParameterTame(Math.floor(BOUNDED_FREQUENCY / Math.PI)),
  },
  {
    name: "tanh net 2-8-1",
    structure: "R_exp",
    capacity: "pseudo",
    dimension: () => vcNetworks({ ...TANH_NET, t: 0, q: 0 }).sigmoid,
  },
  {
    name: "Lipschitz functions on [0, 1], constant 1",
    structure: null,
    capacity: "fat-shattering",
    dimension: eps => fatLipschitz(eps / 128, 1),
  },
  { name: "sines of any frequency", structure: null, capacity: "VC", dimension: () => Number.POSITIVE_INFINITY },
];

/** The uniform deviation that its dimension allows on N samples; null where no bound is given at fixed N. */
export const boundAt = ({ capacity, dimension, classes = 2 }: Family, N: number, delta: number): number | null => {
  const d = dimension(1);
  if (!Number.isFinite(d)) return Number.POSITIVE_INFINITY;
  switch (capacity) {
    case "VC":
      return rademacherBound(N, d, delta);
    case "pseudo":
      return pseudoDimensionBound(N, d, delta);
    case "Natarajan":
      return natarajanBound(N, d, classes, delta);
    case "fat-shattering":
      return null;
  }
};

/** The number of samples that is enough for eps and delta; infinite for a family that cannot be learned. */
export const sufficientSize = (family: Family, eps: number, delta: number): number => {
  const d = family.dimension(eps);
  if (!Number.isFinite(d)) return Number.POSITIVE_INFINITY;
  const { agnostic, pseudoDimension, fat } = sampleSizeRules;
  switch (family.capacity) {
    case "VC":
      return impliedSize(agnostic, eps, delta, d);
    case "pseudo":
      return impliedSize(pseudoDimension, eps, delta, d);
    case "fat-shattering":
      return impliedSize(fat, eps, delta, d);
    case "Natarajan":
      // ln N / N falls from 3 on.
      return firstWhole(N => natarajanBound(N, d, family.classes ?? 2, delta) <= eps, 3);
  }
};
