import { describe, expect, test } from "vitest";
import { monomialIdeal } from "../../../src/coefficient/exact/monomial-ideal.ts";
import {
  compareFractions,
  type Fraction,
  fraction,
  fractionText,
  minus,
  over,
  signOf,
  sumOf,
  times,
  toNumber,
} from "../../../src/numerics/fraction.ts";
import { fractionRank } from "../../../src/numerics/fraction-rank.ts";
import { gaussLegendre, onPanels } from "../../../src/numerics/gauss-legendre.ts";
import { stream } from "../../../src/numerics/stream.ts";

/** Solution of a square system, or null when it is singular. */
const solve = (matrix: readonly (readonly Fraction[])[], right: readonly Fraction[]): Fraction[] | null => {
  const rows = matrix.map((row, i) => [...row, right[i]]);
  const n = rows.length;
  for (let column = 0; column < n; column++) {
    const pivot = rows.findIndex((row, i) => i >= column && signOf(row[column]) !== 0);
    if (pivot < 0) return null;
    [rows[column], rows[pivot]] = [rows[pivot], rows[column]];
    rows[column] = rows[column].map(entry => over(entry, rows[column][column]));
    for (let i = 0; i < n; i++)
      if (i !== column) {
        const factor = rows[i][column];
        rows[i] = rows[i].map((entry, j) => minus(entry, times(factor, rows[column][j])));
      }
  }
  return rows.map(row => row[n]);
};

const choose = (n: number, k: number): number[][] =>
  k === 0 ? [[]] : n < k ? [] : [...choose(n - 1, k), ...choose(n - 1, k - 1).map(list => [...list, n - 1])];

/** The slow way: every choice of d tight constraints, the feasible points, the best value, the rank of the best points. */
const byVertices = (generators: readonly (readonly number[])[], prior: readonly number[]) => {
  const d = prior.length;
  const constraints = [
    ...generators.map(list => ({ row: list.map(a => fraction(2 * a)), right: fraction(1) })),
    ...prior.map((_, i) => ({ row: prior.map((_, j) => fraction(i === j ? 1 : 0)), right: fraction(0) })),
  ];
  const at = (row: readonly Fraction[], u: readonly Fraction[]) => sumOf(row.map((entry, i) => times(entry, u[i])));
  const cost = prior.map(h => fraction(h + 1));
  const vertices = choose(constraints.length, d)
    .map(chosen =>
      solve(
        chosen.map(i => constraints[i].row),
        chosen.map(i => constraints[i].right),
      ),
    )
    .filter(u => u !== null)
    .filter(u => constraints.every(({ row, right }) => compareFractions(at(row, u), right) >= 0));
  const best = vertices.map(u => at(cost, u)).reduce((a, b) => (compareFractions(a, b) <= 0 ? a : b));
  const minimisers = vertices.filter(u => compareFractions(at(cost, u), best) === 0);
  return { lambda: fractionText(best), multiplicity: fractionRank(minimisers) };
};

describe("against the enumeration of vertices", () => {
  test.each([2, 3, 4])("200 random ideals in %i variables", dim => {
    const random = stream({ seed: 1, purpose: `ideals ${dim}` });
    const seen = new Set<number>();
    for (let trial = 0; trial < (dim === 4 ? 60 : 200); trial++) {
      const count = 1 + random.below(4);
      const generators = Array.from({ length: count }, () => {
        const list = Array.from({ length: dim }, () => Math.max(0, random.below(5) - 1));
        return list.some(a => a > 0) ? list : list.map((_, i) => (i === 0 ? 1 : 0));
      });
      const priorExponents = Array.from({ length: dim }, () => Math.max(0, random.below(5) - 3));
      const { lambda, multiplicity } = monomialIdeal({ generators, priorExponents });
      const input = JSON.stringify({ generators, priorExponents });
      expect({ input, lambda: fractionText(lambda), multiplicity }).toEqual({
        input,
        ...byVertices(generators, priorExponents),
      });
      seen.add(multiplicity);
    }
    expect(Math.max(...seen)).toBeGreaterThanOrEqual(2);
  });
});

test("thirty variables take no enumeration: a cycle of products has lambda 30/4", () => {
  // sum of (w_i w_(i+1))^2 around a ring: u = 1/4 everywhere, and only that for an odd ring.
  const ring = (n: number) =>
    Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => (j === i || j === (i + 1) % n ? 1 : 0)));
  expect(monomialIdeal({ generators: ring(29) })).toMatchObject({ lambda: fraction(29, 4), multiplicity: 1 });
  expect(monomialIdeal({ generators: ring(30) })).toMatchObject({ lambda: fraction(30, 4), multiplicity: 2 });
});

describe("against quadrature at finite t", () => {
  /** t <K>_t on the box [0, 1]^2, in s = -log w. */
  const average = (generators: readonly (readonly number[])[], t: number): number => {
    const { nodes, weights } = onPanels(
      gaussLegendre(10),
      [...Array(81).keys()].map(i => i / 2),
    );
    const lengths = [...nodes.keys()];
    let [z, energy] = [0, 0];
    for (const i of lengths)
      for (const j of lengths) {
        let K = 0;
        for (const [a, b] of generators) K += Math.exp(-2 * (a * nodes[i] + b * nodes[j]));
        const mass = weights[i] * weights[j] * Math.exp(-nodes[i] - nodes[j] - t * K);
        z += mass;
        energy += mass * t * K;
      }
    return energy / z;
  };

  test.each<[string, number[][]]>([
    [
      "x^2, y^3",
      [
        [2, 0],
        [0, 3],
      ],
    ],
    [
      "x^2, xy, y^3",
      [
        [2, 0],
        [1, 1],
        [0, 3],
      ],
    ],
    [
      "x^2 y, x y^3",
      [
        [2, 1],
        [1, 3],
      ],
    ],
    ["x y", [[1, 1]]],
  ])("%s: t <K> tends to lambda - (m - 1)/(log t + c)", (_, generators) => {
    const { lambda, multiplicity } = monomialIdeal({ generators });
    const shortfall = [1e13, 1e17].map(t => toNumber(lambda) - average(generators, t));
    if (multiplicity === 1) expect(Math.abs(shortfall[1])).toBeLessThan(1e-3);
    // With m = 2 the inverse rises like log t.
    else expect((1 / shortfall[1] - 1 / shortfall[0]) / Math.log(1e4)).toBeCloseTo(1 / (multiplicity - 1), 3);
  });
});
