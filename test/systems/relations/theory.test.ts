import { describe, expect, test } from "vitest";
import { countMarked, markedOrderedPairs, randomMarks } from "../../../src/numerics/marks.ts";
import { stream } from "../../../src/numerics/stream.ts";
import { posterior } from "../../../src/systems/relations/theory/bayes.ts";
import { determinedPairs } from "../../../src/systems/relations/theory/closure.ts";
import {
  clusterProbability,
  collisionProbability,
  matrixProbability,
} from "../../../src/systems/relations/theory/collision.ts";
import { orbitSize } from "../../../src/systems/relations/theory/description-length.ts";
import { phaseOf, stateOf } from "../../../src/systems/relations/theory/phases.ts";
import { matrixOf, type Relation, relationOf } from "../../../src/systems/relations/theory/relation.ts";
import {
  conserved,
  relaxationRate,
  twoReponsAt,
  twoReponsEnd,
} from "../../../src/systems/relations/theory/two-repons.ts";

const mod = (n: number, k: number) => relationOf({ relation: "mod", n, k });

describe("relations", () => {
  test("entries follow the labels", () => {
    expect([...matrixOf(mod(3, 2))]).toEqual([1, 0, 1, 0, 1, 0, 1, 0, 1]);
    expect([...matrixOf(relationOf({ relation: "order", n: 3 }))]).toEqual([0, 1, 1, 0, 0, 1, 0, 0, 0]);
    expect([...matrixOf(relationOf({ relation: "bipartite", n: 3, a: 1 }))]).toEqual([0, 1, 1, 1, 0, 0, 1, 0, 0]);
  });

  test("relabelings are counted: two sides of one size are the same two ways round", () => {
    expect(orbitSize(relationOf({ relation: "bipartite", n: 4, a: 2 }))).toBe(3n);
    expect(orbitSize(relationOf({ relation: "bipartite", n: 5, a: 2 }))).toBe(10n);
    expect(orbitSize(relationOf({ relation: "bipartite", n: 5, a: 0 }))).toBe(1n);
    expect(orbitSize(mod(9, 3))).toBe(280n);
    expect(orbitSize(relationOf({ relation: "order", n: 7 }))).toBe(5040n);
  });
});

describe("what revealed pairs say", () => {
  const determined = (relation: Relation, pairs: readonly (readonly number[])[]) =>
    countMarked(determinedPairs(relation, markedOrderedPairs(relation.symbols, pairs, "pairs")));

  test("equivalence: related pairs chain, unrelated ones part whole components", () => {
    // {0, 3, 6} by two pairs: 9 entries in place of 3, and 4 others on the diagonal.
    expect(determined(mod(7, 3), [[0, 3], [6, 3]])).toBe(13); // biome-ignore format: pairs in a row
    // {0, 2} and {1, 3} apart: all 16.
    expect(determined(mod(4, 2), [[0, 2], [1, 3], [3, 0]])).toBe(16); // biome-ignore format: pairs in a row
    // 0 and 1 apart, 1 and 2 apart says nothing of 0 and 2.
    expect(determined(mod(4, 2), [[0, 1], [1, 2]])).toBe(8); // biome-ignore format: pairs in a row
  });

  test("order: what comes before what follows along chains, whichever way round a pair is revealed", () => {
    const order = relationOf({ relation: "order", n: 40 });
    const chain = Array.from({ length: 39 }, (_, i) => (i % 2 === 0 ? [i, i + 1] : [i + 1, i]));
    expect(determined(order, chain)).toBe(1600);
    expect(determined(order, [[0, 20], [35, 20]])).toBe(40 + 6); // biome-ignore format: pairs in a row
    expect(determined(order, [[5, 5]])).toBe(40);
  });

  test("two sides: parity along chains", () => {
    const sides = relationOf({ relation: "bipartite", n: 6, a: 2 });
    expect(determined(sides, [[0, 1], [1, 2]])).toBe(6 + 6); // biome-ignore format: pairs in a row
  });

  test("probabilities over relabelings are those of counting them all", () => {
    const random = stream({ seed: 4, purpose: "sets" });
    for (const relation of [mod(6, 4), relationOf({ relation: "bipartite", n: 6, a: 3 })]) {
      const revealed = randomMarks(36, 6, random);
      const matrix = matrixOf(relation);
      const all = relabelings(relation).filter(other =>
        other.every((entry, pair) => !revealed[pair] || entry === matrix[pair]),
      );
      const { consistent, probabilities, determined } = posterior(relation, revealed);
      expect(consistent).toBe(all.length);
      probabilities.forEach((q, pair) => {
        expect(q).toBeCloseTo(all.reduce((sum, other) => sum + other[pair], 0) / all.length, 12);
      });
      expect(determined).toBe(probabilities.filter(q => q === 0 || q === 1).length);
    }
  });
});

/** All distinct matrices of permuted symbols. */
const relabelings = (relation: Relation): number[][] => {
  const n = relation.symbols;
  const matrix = matrixOf(relation);
  const found = new Map<string, number[]>();
  const visit = (order: readonly number[]): void => {
    if (order.length < n) {
      for (let i = 0; i < n; i++) if (!order.includes(i)) visit([...order, i]);
      return;
    }
    const entries = order.flatMap(i => order.map(j => matrix[i * n + j]));
    found.set(entries.join(""), entries);
  };
  visit([]);
  return [...found.values()];
};

describe("two embeddings", () => {
  test("states at any time have the conserved C, also far out and next to the separatrix", () => {
    for (const c0 of [0.3, Math.SQRT1_2 * (1 - 1e-9), Math.SQRT1_2, 0.9, 3])
      for (const t of [0, 0.1, 7, 300]) {
        const start = { a0: -1, c0, etaA: 0.1, etaX: 0.1 };
        const { a, c } = twoReponsAt(start, t);
        expect(conserved({ ...start, a0: a, c0: c })).toBeCloseTo(conserved(start), 10);
        expect(a).toBeLessThanOrEqual(0);
        expect(c).toBeGreaterThanOrEqual(0);
      }
  });

  test("what is left of the way to the end falls at the relaxation rate", () => {
    for (const [a0, c0] of [
      [1, 0.4],
      [0.4, -1],
    ]) {
      const start = { a0, c0, etaA: 0.3, etaX: 0.2 };
      const end = twoReponsEnd(start);
      // Of the one that goes to nought.
      const left = (t: number): number => Math.abs(end.c === 0 ? twoReponsAt(start, t).c : twoReponsAt(start, t).a);
      const unit = 1 / relaxationRate(start);
      expect(Math.log(left(10 * unit) / left(11 * unit))).toBeCloseTo(1, 4);
    }
  });

  test("after a very long time they are at their end", () => {
    for (const [a0, c0] of [
      [1, 0.4],
      [0.4, -1],
      [0, 0.5],
      [0.7, 0],
    ]) {
      // biome-ignore format: pairs in a row
      const start = { a0, c0, etaA: 0.3, etaX: 0.2 };
      const [far, end] = [twoReponsAt(start, 1e6), twoReponsEnd(start)];
      expect(far.a).toBeCloseTo(end.a, 12);
      expect(far.c).toBeCloseTo(end.c, 12);
    }
  });
});

test("probabilities of meeting agree where their formulas meet", () => {
  const starts = { sigmaA: 0.8, sigmaC: 1.7, etaX: 0.3, etaA: 0.04 };
  expect(matrixProbability(1, 1, starts)).toBeCloseTo(collisionProbability(starts), 13);
  expect(clusterProbability(1, starts)).toBeCloseTo(collisionProbability(starts), 13);
  expect(clusterProbability(1, starts, "transcribed")).toBeLessThan(collisionProbability(starts) - 0.1);
  // I_x(1, 1/2) = 1 - sqrt(1 - x) at x = g / (1 + g).
  const g = ((0.8 / 1.7) ** 2 * 0.3) / 0.08;
  expect(matrixProbability(2, 2, starts)).toBeCloseTo(1 - Math.sqrt(1 / (1 + g)), 12);
});

test.each([
  [null, null, "confusion"],
  [null, 25, "confusion"],
  [50, null, "memorization"],
  [50, 25, "generalization"],
  [50, 1049, "generalization"],
  [50, 1050, "grokking"],
] as const)("training accuracy at %s and test accuracy at %s: %s", (trainStep, testStep, phase) => {
  expect(phaseOf({ trainStep, testStep })).toBe(phase);
});

test("an accuracy of 0.9 is not above it", () => {
  expect([stateOf(0.9, 0.95), stateOf(0.91, 0.9), stateOf(0.91, 0.91)]).toEqual([
    "confused",
    "memorised",
    "generalised",
  ]);
});
