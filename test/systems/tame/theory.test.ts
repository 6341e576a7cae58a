import { describe, expect, test } from "vitest";
import { stream } from "../../../src/numerics/stream.ts";
import {
  fatLinear,
  fatLipschitz,
  growthFunctions,
  logCovering,
  logSauer,
  logSauerCap,
  vcOneParameterTame,
  vcPolynomial,
} from "../../../src/systems/tame/theory/capacity.ts";
import { natarajanBound, pseudoDimensionBound } from "../../../src/systems/tame/theory/deviation.ts";
import {
  cutoffClass,
  gaugeCoupling,
  slowRoll,
  slowRollSet,
} from "../../../src/systems/tame/theory/effective-theory.ts";
import { bestInterval, fitGaugeCoupling, uniformDeviation } from "../../../src/systems/tame/theory/empirical.ts";
import { boundAt, families, sufficientSize } from "../../../src/systems/tame/theory/families.ts";
import { limitQuantile, limitTails } from "../../../src/systems/tame/theory/limit-laws.ts";
import { impliedSize, sampleSizeRules } from "../../../src/systems/tame/theory/sample-size.ts";
import { cellCap, frequencyCells, labelsAt, shatteredPoints } from "../../../src/systems/tame/theory/sine.ts";

const closeTo = (value: number) => expect.closeTo(value, 3);
const random = (purpose: string) => stream({ seed: 7, purpose });

describe("capacity", () => {
  /** Sum of binomials in whole numbers. */
  const sauer = (m: bigint, d: bigint): bigint => {
    let [term, sum] = [1n, 1n];
    for (let i = 1n; i <= d; i++) {
      term = (term * (m - i + 1n)) / i;
      sum += term;
    }
    return sum;
  };
  test.each([
    [10, 0],
    [10, 10],
    [9, 8],
    [50, 25],
    [300, 299],
    [1000, 700],
    [10_000, 3],
  ])("Sauer's sum of m = %d, d = %d is that of whole numbers, and at most its cap", (m, d) => {
    const exact = sauer(BigInt(m), BigInt(d));
    // ln of a whole number beyond the float64 range, by its leading digits.
    const digits = exact.toString();
    const ln = Math.log(Number(digits.slice(0, 15))) + Math.max(0, digits.length - 15) * Math.LN10;
    expect(logSauer(m, d)).toBeCloseTo(ln, 10);
    expect(logSauerCap(m, d)).toBeGreaterThanOrEqual(logSauer(m, d));
  });

  test("labellings of points on a line are those of all thresholds and intervals", () => {
    for (const m of [1, 2, 5, 8]) {
      const ends = Array.from({ length: m + 1 }, (_, i) => i - 0.5);
      const points = Array.from({ length: m }, (_, i) => i);
      const thresholds = new Set(ends.map(end => points.map(x => Number(x > end)).join("")));
      const intervals = new Set(
        ends.flatMap(low => ends.map(high => points.map(x => Number(x > low && x < high)).join(""))),
      );
      expect(growthFunctions(m, 2)).toMatchObject({ thresholds: thresholds.size, intervals: intervals.size });
    }
  });

  test("half-spaces label n + 1 points at will and n + 2 not; numbers beyond 2^53 are rounded once", () => {
    for (const n of [1, 2, 3, 7]) {
      expect(growthFunctions(n + 1, n).halfspaces).toBe(2 ** (n + 1));
      expect(growthFunctions(n + 2, n).halfspaces).toBeLessThan(2 ** (n + 2));
    }
    expect(growthFunctions(200, 500).halfspaces).toBe(2 ** 200);
  });

  test("dimensions by counting are the largest that the count allows", () => {
    for (const [d, k, s] of [
      [1, 1, 1],
      [4, 3, 2],
      [60, 2, 9],
    ]) {
      const { exact } = vcPolynomial(d, k, s);
      const allows = (m: number) => m * Math.log(2) <= d * Math.log((8 * Math.E * k * s * m) / d);
      expect([allows(exact), allows(exact + 1)]).toEqual([true, false]);
    }
    for (const K of [0, 1, 3, 6, 7, 1000, 1e15]) {
      const vc = vcOneParameterTame(K);
      expect([2 ** vc <= K * vc + 1, 2 ** (vc + 1) <= K * (vc + 1) + 1]).toEqual([true, false]);
    }
  });

  test("the covering bound allows the intervals that are a share of the line apart, and one function of dimension 0 at least", () => {
    // Intervals with ends at multiples of a share differ on that share of the line at least.
    for (const parts of [4, 10, 25])
      expect(logCovering(1 / parts, 2)).toBeGreaterThan(Math.log(1 + (parts * (parts + 1)) / 2));
    expect(logCovering(0.1, 0)).toBe(1);
    expect(logCovering(0.5, 1)).toBeCloseTo(Math.log(2 * Math.E * 4 * Math.E), 12);
  });

  test("fat-shattering dimensions of decimals are not one less by rounding", () => {
    // 0.3 / 0.1 and 0.6 / 0.2 are below 3 in float64.
    expect(fatLipschitz(0.05, 0.3)).toBe(4);
    expect(fatLipschitz(0.1, 0.6)).toBe(4);
    expect(fatLipschitz(0.05, 0.2999)).toBe(3);
    expect(fatLinear(0.1, 0.3, 1)).toBe(9);
    expect(fatLipschitz(0.25, 0)).toBe(1);
  });
});

describe("bounds", () => {
  test.each([
    [1, 1, 0.5],
    [1000, 4, 0.05],
    [1e9, 139_024.5, 1e-6],
    [100, 0, 0.05],
  ])("the bound from the pseudo-dimension solves its equation: N = %d, d = %d, delta = %d", (N, d, delta) => {
    const eps = pseudoDimensionBound(N, d, delta);
    const ln = Math.log(4 * Math.E * (d + 1)) + d * Math.log((32 * Math.E) / eps) - (eps * eps * N) / 32;
    expect(ln).toBeCloseTo(Math.log(delta), 6);
  });

  test.each(Object.entries(sampleSizeRules))(
    "rule %s: the implied size satisfies the tail bound, one less does not",
    (_, rule) => {
      for (const [eps, delta, d] of [
        [1, 1, 1],
        [0.3, 0.1, 1],
        [0.1, 0.05, 3],
        [0.02, 1e-4, 250.5],
      ]) {
        const N = impliedSize(rule, eps, delta, d);
        expect(rule.excess(N, eps, delta, d)).toBeLessThanOrEqual(0);
        expect(rule.excess(N - 1, eps, delta, d)).toBeGreaterThan(0);
        // Nor does any of the sizes before it from the start on.
        const start = rule.start(eps, d);
        for (let i = 0; i < 200; i++) {
          const before = Math.floor(start + ((N - 1 - start) * i) / 200);
          if (before < N) expect(rule.excess(before, eps, delta, d)).toBeGreaterThan(0);
        }
      }
    },
  );

  test("a family is enough sampled where its own bound says so", () => {
    const towers = families.find(({ capacity }) => capacity === "Natarajan")!;
    const N = sufficientSize(towers, 0.1, 0.05);
    expect(boundAt(towers, N, 0.05)).toBeLessThanOrEqual(0.1);
    expect(boundAt(towers, N - 1, 0.05)).toBeGreaterThan(0.1);
    expect(natarajanBound(N, 9, 4, 0.05)).toBe(boundAt(towers, N, 0.05));
    const wild = families
      .filter(({ structure }) => structure === null)
      .map(family => sufficientSize(family, 0.1, 0.05));
    expect(wild).toEqual([11_098_091_256, Number.POSITIVE_INFINITY]);
  });
});

describe("sines", () => {
  test("cells of frequency hold the labels that are seen in them, and no others are seen", () => {
    const draws = random("sines");
    for (let trial = 0; trial < 20; trial++) {
      const x = Array.from({ length: 1 + (trial % 6) }, () => 0.05 + draws.uniform());
      const omegaMax = 5 + 100 * draws.uniform();
      const cells = frequencyCells(x, omegaMax);
      expect(cells.length).toBeLessThanOrEqual(cellCap(x, omegaMax));
      for (const { from, to, labels } of cells) expect(labelsAt((from + to) / 2, x).join("")).toBe(labels);
      const known = new Set(cells.map(({ labels }) => labels));
      for (let i = 1; i < 500; i++) expect(known).toContain(labelsAt((omegaMax * i) / 500, x).join(""));
    }
  });

  test("changes at the same frequency end one cell, in whatever order they come", () => {
    // 3 pi / 0.3 = 7 pi / 0.7 = 10 pi, and so on.
    const x = [0.3, 0.7, 0.1];
    const cells = frequencyCells(x, 65);
    const ends = new Set(x.flatMap(each => Array.from({ length: 30 }, (_, k) => ((k + 1) / (10 * each)).toFixed(9))));
    const inside = [...ends].filter(end => Number(end) * 10 * Math.PI < 65);
    expect(cells).toHaveLength(1 + inside.length);
  });

  test("fifteen points are labelled at will still, in float64", () => {
    const draws = random("labels");
    for (let trial = 0; trial < 200; trial++) {
      const labels = Array.from({ length: 15 }, () => draws.below(2));
      const sum = labels.reduce((total, label, i) => total + (1 - label) * 10 ** (i + 1), 1);
      expect(labelsAt(Math.PI * sum, shatteredPoints(15))).toEqual(labels);
    }
  });
});

describe("what is computed from a sample", () => {
  test("distances are the largest over thresholds and intervals at the points and just beside them", () => {
    const draws = random("uniform deviation");
    for (let trial = 0; trial < 30; trial++) {
      const u = Float64Array.from({ length: 1 + (trial % 9) }, () => Math.round(draws.uniform() * 20) / 20);
      const ends = [...u, 0, 1].flatMap(at => [at - 1e-12, at, at + 1e-12]);
      const share = (low: number, high: number) => u.filter(each => each >= low && each <= high).length / u.length;
      const clip = (at: number) => Math.min(1, Math.max(0, at));
      const off = (low: number, high: number) => Math.abs(share(low, high) - (clip(high) - clip(low)));
      const intervals = ends.flatMap(low => ends.map(high => (low <= high ? off(low, high) : 0)));
      const thresholds = ends.map(high => off(-1, high));
      const { ks, kuiper } = uniformDeviation(u);
      expect(ks).toBeCloseTo(Math.max(...thresholds), 10);
      expect(kuiper).toBeCloseTo(Math.max(...intervals), 10);
    }
  });

  test("the best interval is the best of all, with equal points and without ones", () => {
    const draws = random("intervals");
    for (let trial = 0; trial < 200; trial++) {
      const n = 1 + (trial % 8);
      const x = Float64Array.from({ length: n }, () => draws.below(6) - 2.5);
      const y = Array.from({ length: n }, () => draws.below(2));
      const errors = (low: number, high: number) =>
        y.filter((label, i) => label !== Number(x[i] >= low && x[i] <= high)).length / n;
      const all = [errors(1, 0), ...[...x].flatMap(low => [...x].map(high => errors(low, high)))];
      const { trainError, low, high } = bestInterval(x, y);
      expect(trainError).toBe(Math.min(...all));
      expect(errors(low ?? 1, high ?? 0)).toBe(trainError);
    }
  });

  test("a coupling without noise is found again", () => {
    const draws = random("coupling");
    const theta = [1.3, -0.2, 0.7, 0.4];
    const s = Array.from({ length: 9 }, () => 0.1 + draws.uniform());
    const a = s.map(() => draws.uniform());
    const fit = fitGaugeCoupling(
      s,
      a,
      s.map((each, i) => gaugeCoupling(each, a[i], theta)),
    );
    fit.theta.forEach((value, i) => void expect(value).toBeCloseTo(theta[i], 10));
    expect(fit.trainMse).toBeLessThan(1e-25);
  });
});

describe("effective theories", () => {
  test("slow-roll parameters are those of differences of the potential by phi = ln(s) / sqrt 2", () => {
    const potential = { A: 1.3, B: 0.4, p: 0.7, q: 1.9 };
    const V = (phi: number) => 1.3 * Math.exp(-0.7 * Math.SQRT2 * phi) - 0.4 * Math.exp(-1.9 * Math.SQRT2 * phi);
    const [phi, h] = [Math.log(1.7) / Math.SQRT2, 1e-4];
    const { epsV, etaV } = slowRoll(1.7, potential);
    const slope = (V(phi + h) - V(phi - h)) / (2 * h);
    expect(epsV).toBeCloseTo(0.5 * (slope / V(phi)) ** 2, 6);
    expect(etaV).toBeCloseTo((V(phi + h) - 2 * V(phi) + V(phi - h)) / (h * h) / V(phi), 5);
    expect(slowRoll(1, { A: 1, B: 1, p: 0.9, q: 2 })).toEqual({ epsV: null, etaV: null, V: 0, slowRoll: false });
  });

  test.each([
    [0.9, 2],
    [0.5, 2],
    [0.5, 0.6],
    [0.3, 0.9],
    [0.8, 0.75],
    [1.5, 3],
    [2.5, 0.4],
  ])("the slow-roll set of p = %d, q = %d is where the parameters say so", (p, q) => {
    const set = slowRollSet(p, q);
    for (let i = 1; i < 3000; i++) {
      const x = i / 1000 + 1e-7;
      const inside = set !== null && x > set[0] && x < set[1];
      // At s = 1, x is B / A.
      expect(slowRoll(1, { A: 1, B: x, p, q }).slowRoll, `x = ${x}`).toBe(inside);
    }
  });

  test("of equal scales the first tower is named", () => {
    expect(cutoffClass(1, 1, [[0, 1, 0], [1, 0, 0]])).toBe(0); // biome-ignore format: towers in a row
    expect(cutoffClass(1, 2, [[1, 0, 0], [0, 1, 0], [0, 1, 0]])).toBe(1); // biome-ignore format: towers in a row
  });
});

describe("limit laws", () => {
  test("quantiles of Kolmogorov and of Kuiper are those of tables", () => {
    // Stephens, J. R. Stat. Soc. B 32 (1970) 115, table 1A.
    // Kolmogorov's median, where more than one term counts.
    expect(limitTails.thresholds(0.8275735)).toBeCloseTo(0.5, 6);
    expect([0.9, 0.95, 0.99].map(p => limitQuantile("thresholds", p))).toEqual([1.224, 1.358, 1.628].map(closeTo));
    expect([0.9, 0.95, 0.99].map(p => limitQuantile("intervals", p))).toEqual([1.62, 1.747, 2.001].map(closeTo));
  });
});
