import { type Claim, claim } from "../../../contracts/claim.ts";
import { above, below, known, near, never } from "../../../contracts/comparisons.ts";
import { log } from "../../../numerics/elementary.ts";
import { power } from "../../../numerics/power.ts";
import { bisect } from "../../../numerics/root.ts";
import { stream } from "../../../numerics/stream.ts";
import { sweepValues } from "../../../numerics/sweep-values.ts";
import { inflatesAt, P, Q } from "../model/slow-roll.ts";
import { growthFunctions, vcNetworks } from "../theory/capacity.ts";
import { isVacuous, pseudoDimensionBound } from "../theory/deviation.ts";
import { slowRollSet } from "../theory/effective-theory.ts";
import { TANH_NET } from "../theory/families.ts";
import { impliedSize, realisableWithNaturalLogarithms, sampleSizeRules } from "../theory/sample-size.ts";
import { cellCap, frequencyCells, labelsAt, shatteredPoints, shatteringFrequency } from "../theory/sine.ts";
import { labellingsByHalfPlanes } from "./half-planes.ts";
import { labellings } from "./labellings.ts";
import { COUPLINGS } from "./learning.ts";
import { DELTA } from "./studies.ts";

/** Accuracies, probabilities and dimensions at which sizes are compared: 192 points. */
const GRID = [0.3, 0.2, 0.1, 0.05, 0.02, 0.01].flatMap(eps =>
  [0.2, 0.05, 0.01, 1e-4].flatMap(delta => [1, 2, 3, 5, 10, 30, 100, 1000].map(d => [eps, delta, d] as const)),
);

/** Random frequencies for each range of them. */
const DRAWS = 20_000;

const { sigmoid: NET_DIMENSION } = vcNetworks({ ...TANH_NET, t: 0, q: 0 });

export const theoryClaims: readonly Claim[] = [
  claim("half-planes-counted", "section 2; Cover 1965", {
    statement: "Half-planes label m points in general position in 2 (1 + (m - 1) + C(m - 1, 2)) ways.",
    routes: {
      measured: "distinct labellings of random points by lines through two of them",
      predicted: "Cover's count",
      kind: "formula",
    },
    studies: [],
    measure: () =>
      [1, 2, 3, 4, 6, 9].map(m => {
        const random = stream({ seed: 1, purpose: "half-planes", step: m });
        const points = Array.from({ length: m }, () => [random.normal(), random.normal()] as const);
        return near(`m = ${m}`, labellingsByHalfPlanes(points).size, growthFunctions(m, 2).halfspaces);
      }),
  }),

  claim("printed-sizes", "section 3.2; Anthony and Bartlett", {
    statement:
      "Every printed sample size is at least what its theorem implies, at 192 accuracies, probabilities and dimensions; the realisable one with natural logarithms, which is often quoted, is not at 92 of them.",
    routes: {
      measured: "printed closed forms",
      predicted: "smallest N that satisfies the tail bound of the theorem, by search",
      kind: "solved",
    },
    studies: [],
    measure: () => {
      const failures = (
        rule: keyof typeof sampleSizeRules,
        closed: (eps: number, delta: number, d: number) => number,
      ) => GRID.filter(at => closed(...at) < impliedSize(sampleSizeRules[rule], ...at)).length;
      const names = Object.keys(sampleSizeRules) as (keyof typeof sampleSizeRules)[];
      return [
        ...names.map(name =>
          never(`${name}: printed below implied`, failures(name, sampleSizeRules[name].closed), GRID.length),
        ),
        ...known("simulated", near("natural logarithms", failures("realisable", realisableWithNaturalLogarithms), 92)),
      ];
    },
  }),

  claim("slow-roll-interval", "section 1, definable sets have few components", {
    statement: "The universes that inflate are one interval of ln x: from -2.42395 to -1.23405 for p = 0.9, q = 2.",
    routes: {
      measured: "slow-roll parameters over a grid of x, ends by bisection",
      predicted: "conditions solved for x: 0.62/7 < x < 2.62/9",
      kind: "formula",
    },
    studies: [],
    measure: () => {
      const grid = Array.from(sweepValues(1e-3, 3, 20_001, "log"));
      const inside = grid.map(inflatesAt);
      const changes = inside.flatMap((now, i) => (i > 0 && now !== inside[i - 1] ? [i] : []));
      const ends = changes.map(i => log(bisect(x => (inflatesAt(x) === inside[i] ? 1 : -1), grid[i - 1], grid[i])));
      const set = slowRollSet(P, Q)!;
      return [
        near("changes along ln x", changes.length, 2),
        near("lower end", ends[0], log(set[0]), 1e-4),
        near("upper end", ends[1], log(set[1]), 1e-4),
      ];
    },
  }),

  claim("sine-shatters", "section 2.1", {
    statement:
      "Signs of sin(w x) give the points 0.1, 0.01 and so on to 10^-n every labelling: a family of one parameter that is not tame, and learns from no number of samples.",
    routes: { measured: "labellings realised by sines, evaluated", predicted: "all 2^n", kind: "formula" },
    studies: [],
    measure: () =>
      [1, 2, 3, 4, 5, 6, 7].map(n => {
        const x = shatteredPoints(n);
        const seen = labellings(n).map(labels => labelsAt(shatteringFrequency(labels), x).join(""));
        return near(`n = ${n}`, new Set(seen).size, power(2, n));
      }),
  }),

  claim("sine-tamed", "section 2.1", {
    statement:
      "With frequencies of at most Omega there are at most 1 + sum floor(Omega x / pi) labellings: linear in Omega, tame again.",
    routes: {
      measured: `labellings of random points by ${DRAWS} random frequencies`,
      predicted: "cells between the changes of any label",
      kind: "formula",
    },
    studies: [],
    measure: () =>
      [5, 20, 80, 320].flatMap(omegaMax => {
        const random = stream({ seed: 1, purpose: "bounded sines", step: omegaMax });
        const x = Array.from({ length: 12 }, () => random.uniform());
        const seen = new Set(Array.from({ length: DRAWS }, () => labelsAt(omegaMax * random.uniform(), x).join("")));
        const cells = new Set(frequencyCells(x, omegaMax).map(({ labels }) => labels));
        const unexpected = [...seen].filter(labels => !cells.has(labels));
        return [
          below(`labellings, Omega = ${omegaMax}`, seen.size, cellCap(x, omegaMax) + 1),
          never(`labellings of no cell, Omega = ${omegaMax}`, unexpected.length, DRAWS),
        ];
      }),
  }),

  claim("network-bound-useless", "experiment E5; Karpinski and Macintyre", {
    statement:
      "A tanh net 2-8-1 has a finite dimension, hence a sample size in advance: 139 024 at most, and 2.07e10 samples. Finite is the theorem; small is not.",
    routes: {
      measured: "bounds of dimension, sample size and deviation, evaluated",
      predicted: "numbers of an earlier computation; a bound on the deviation above 1 says nothing",
      kind: "recomputed",
    },
    studies: [],
    measure: () => [
      near("dimension", NET_DIMENSION, 139_024, 1),
      near("samples for eps = 0.1", sampleSizeRules.pseudoDimension.closed(0.1, DELTA, NET_DIMENSION), 2.07e10, 1e8),
      ...known("formula", above("bound with 16384 samples", pseudoDimensionBound(16_384, NET_DIMENSION, DELTA), 1)),
    ],
  }),

  claim("first-useful-size", "section 6", {
    statement: "The bound of pseudo-dimension 4 says something from between 512 and 1024 samples on: 1.226 and 0.890.",
    routes: {
      measured: "the bound's equation, solved",
      predicted: "numbers of an earlier computation; the equation itself solved for N at eps = 1",
      kind: "recomputed",
    },
    studies: [],
    measure: () => {
      const bound = (N: number) => pseudoDimensionBound(N, COUPLINGS, DELTA);
      const sizes = Array.from({ length: 512 }, (_, i) => 513 + i);
      const first = sizes.find(N => !isVacuous(bound(N))) ?? Number.NaN;
      // At eps = 1: 4 e (d + 1) (32 e)^d exp(-N / 32) = delta.
      const solved = 32 * (1 + log((4 * (COUPLINGS + 1)) / DELTA) + COUPLINGS * (1 + log(32)));
      return [
        near("N = 512", bound(512), 1.226, 5e-4),
        near("N = 1024", bound(1024), 0.89, 5e-4),
        ...known("formula", near("first size below 1", first, Math.ceil(solved))),
      ];
    },
  }),
];
