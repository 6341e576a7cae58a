import { describe, expect, test } from "vitest";
import { stream } from "../../../src/numerics/stream.ts";
import { bimodality } from "../../../src/transitions/order/bimodality.ts";
import type { CellStatistics } from "../../../src/transitions/order/cell-statistics.ts";
import { favoured } from "../../../src/transitions/order/evidence.ts";
import { flatness } from "../../../src/transitions/order/flatness.ts";
import { growth } from "../../../src/transitions/order/growth.ts";
import { hysteresis, loopKind } from "../../../src/transitions/order/hysteresis.ts";
import { type Observation, orderOfTransition } from "../../../src/transitions/order/index.ts";
import { disorder, isOrdered } from "../../../src/transitions/order/ordered-side.ts";
import { type Profile, profilesOf } from "../../../src/transitions/order/profile.ts";
import { scaling } from "../../../src/transitions/order/scaling.ts";
import { sharpening } from "../../../src/transitions/order/sharpening.ts";
import { orderTable } from "../../../src/transitions/order/table.ts";
import { range } from "./samplers.ts";

// Each number that parts one answer from another is met from both of its sides, so close that it cannot be moved by a tenth without a change of an answer.

const cell = (control: number, mean: number, variance: number, more: Partial<CellStatistics> = {}): CellStatistics => ({
  control,
  count: 400,
  mean,
  error: Math.sqrt(variance / 400),
  variance,
  logVarianceError: 0.02,
  logRatio: variance / (mean * mean),
  logRatioError: 0.02 * (variance / (mean * mean)),
  correlation: 0,
  effective: 400,
  ...more,
});

/** A size whose peak of the variance and steepest slope are given, over a background of variance 1e-3. */
const profile = (size: number, peak: number, steepness: number): Profile => {
  const cells = [cell(0, 1, 1e-3), cell(1, 0.9, 1e-3), cell(2, 0.5, peak), cell(3, 0.1, 1e-3), cell(4, 0.1, 1e-3)];
  return {
    size,
    cells,
    peak: cells[2],
    height: 1,
    atEdge: false,
    jump: { height: 0.4, from: 1, to: 2, spreads: 1 },
    unresolved: false,
    steepness,
    steepnessError: 0.01,
    background: { logVariance: Math.log(1e-3), error: 0.01 },
  };
};

const bySize = (peak: (size: number) => number, slope: (size: number) => number): Profile[] =>
  [100, 200, 400].map(size => profile(size, peak(size), slope(size)));

describe("growth, in sizes that count parts", () => {
  const side = { dimension: 1, error: 0.05, unit: 0 };
  const support = (peak: number, slope: number) =>
    growth(
      bySize(
        size => 1e-2 * size ** peak,
        size => size ** slope,
      ),
      side,
    )!.support;

  test("a peak that keeps its height over the background is none, one that grows by the dimension is some", () => {
    expect(support(0, 0).none - support(0, 0).continuous).toBeGreaterThan(3);
    expect(support(1, 0.5).continuous - support(1, 0.5).none).toBeGreaterThan(3);
  });

  test("the change is between the exponents 0.15 and 0.25: still within 0.08 of none, a transition from 0.25 on", () => {
    expect(support(0.15, 0).none).toBeGreaterThan(support(0.15, 0).continuous);
    expect(support(0.28, 0.2).none).toBeLessThan(support(0.28, 0.2).continuous);
  });

  test("a growth faster than the dimension allows is no better witness", () => {
    expect(support(1.15, 0.5).continuous).toBeGreaterThan(support(1.6, 0.5).continuous - 1e-9);
  });

  test("none is a growth of 0 within 0.08; some is one anywhere from 0.25 to 1.2 of the peak, from 0.1 to 1 of the slope", () => {
    const density = (z: number, width: number) => Math.exp(-0.5 * (z / width) ** 2) / width;
    const odds = (value: number, error: number, low: number, high: number): number => {
      let some = 0;
      for (let i = 0; i < 1000; i++) some += density(value - low - ((high - low) * (i + 0.5)) / 1000, error) / 1000;
      return Math.log(density(value, Math.hypot(error, 0.08)) / some);
    };
    const within = (value: number, most: number): number => Math.max(-most, Math.min(most, value));
    for (const [peak, slope] of [
      [0.15, 0.08],
      [0.2, 0.2],
      [0.22, 0.22],
    ]) {
      const found = growth(
        bySize(
          size => 1e-2 * size ** peak,
          size => size ** slope,
        ),
        side,
      )!;
      const { peakError, slopeError } = found.values as { readonly [name: string]: number };
      const expected = within(odds(peak, peakError, 0.25, 1.2), 4) + within(odds(slope, slopeError, 0.1, 1), 0.7);
      expect(found.support.none - found.support.continuous).toBeCloseTo(expected, 4);
    }
  });

  test("between two sides that never met, the jump counts as variance", () => {
    const jumps = [100, 200, 400].map(size => ({
      ...profile(size, 1e-3, size ** 0.5),
      jump: { height: 0.02 * size ** 0.5, from: 1, to: 2, spreads: 10 },
      unresolved: true,
    }));
    expect(growth(jumps, side)!.values.peak).toBeCloseTo(1, 10);
  });
});

describe("scaling: the largest variance falls as a power of size, or stays", () => {
  const support = (exponent: number) =>
    scaling(
      bySize(
        size => 0.1 * (size / 100) ** exponent,
        () => 1,
      ),
    )!.support;

  test.each([
    [-0.5, "continuous"],
    [-0.25, "continuous"],
    [0, "discontinuous"],
    [0.3, "discontinuous"],
  ] as const)("exponent %f speaks for %s", (exponent, order) => {
    const { continuous, discontinuous } = support(exponent);
    expect(order === "continuous" ? continuous - discontinuous : discontinuous - continuous).toBeGreaterThan(0.5);
  });

  test("the variance falls as size^(-2 beta/nu)", () => {
    const falling = bySize(
      size => 0.1 * (size / 100) ** -0.5,
      () => 1,
    );
    expect(scaling(falling)!.values.betaOverNu).toBeCloseTo(0.25, 10);
  });

  test("half-way between the two ranges, at -0.125, each has what its width leaves", () => {
    // From -1.5 to -0.15, and from -0.1 to 0.9.
    const { continuous, discontinuous } = support(-0.125);
    expect(continuous - discontinuous).toBeCloseTo(-Math.log(1.35), 6);
  });

  test("between -0.17 and -0.09 the two change places", () => {
    expect(support(-0.17).continuous).toBeGreaterThan(support(-0.17).discontinuous);
    expect(support(-0.09).continuous).toBeLessThan(support(-0.09).discontinuous);
  });
});

describe("collapse: exponents in dimensions", () => {
  const interval = (estimate: number, half = 0.02) => ({ estimate, low: estimate - half, high: estimate + half });
  const support = (inverseNu: number, betaOverNu: number, misfit = 1, half = 0.02) =>
    sharpening(
      {
        critical: interval(0),
        inverseNu: interval(inverseNu, half),
        betaOverNu: interval(betaOverNu),
        misfit,
        window: 1,
        sizes: [],
        unused: [],
        atBound: null,
      },
      { dimension: 2, error: 0.1, unit: 0 },
      true,
    ).support;

  test.each([
    ["Ising", 1, 1 / 8],
    ["Potts, q = 3", 6 / 5, 2 / 15],
    ["Potts, q = 4", 3 / 2, 1 / 8],
    ["percolation", 3 / 4, 5 / 48],
    ["mean field", 1, 1 / 2],
  ])("%s in the plane is continuous", (_, inverseNu, betaOverNu) => {
    const { continuous, discontinuous } = support(inverseNu, betaOverNu);
    expect(continuous - discontinuous).toBeGreaterThan(1);
  });

  test("1/nu = d with beta/nu = 0 is a jump, which a misfit above 1.5 no longer says", () => {
    expect(support(2, 0).discontinuous - support(2, 0).continuous).toBeGreaterThan(2);
    expect(support(2, 0, 1.45).continuous).toBeLessThan(-1);
    expect(support(2, 0, 1.55).continuous).toBe(0);
  });

  test("a jump leaves beta/nu at nought: 0.2 is none", () => {
    expect(support(2, 0).discontinuous).toBeGreaterThan(support(2, 0.2).discontinuous + 1.3);
  });

  test("curves that hardly move with size are no transition below 1/nu = 0.12 d; from 0.15 d on they are one", () => {
    expect(support(0.2, 0.1, 1).continuous).toBe(-2);
    expect(support(0.25, 0.1, 1).continuous).not.toBe(-2);
    expect(support(0.3, 0.1, 1).none).toBe(0);
    expect(support(0.34, 0.1, 1).none).toBe(-2);
  });
});

describe("ordered side", () => {
  test("a fluctuation that stays with size is no order, one that falls with it is; what is not known says nothing", () => {
    expect(disorder({ dimension: 0, error: 0.2, unit: 0 })!.support.continuous).toBeLessThan(-2);
    // ln of 0.0668 / 2.5, what lies above 0.7 over the range's width, less that of the density of a normal law of width 0.224 at 0.55.
    expect(disorder({ dimension: 0.55, error: 0.1, unit: 0 })!.support.continuous).toBeCloseTo(-1.18, 1);
    expect(disorder({ dimension: 0.4, error: 0.1, unit: 0 })!.support.continuous).toBeLessThan(-1);
    expect(disorder({ dimension: 0.85, error: 0.1, unit: 0 })).toBeNull();
    expect(disorder({ dimension: 1, error: 2, unit: 0 })).toBeNull();
  });

  test("the dimension is taken from it where it falls faster than size^-0.4, errors included", () => {
    expect(isOrdered({ dimension: 0.8, error: 0.19, unit: 0 })).toBe(true);
    expect(isOrdered({ dimension: 0.8, error: 0.21, unit: 0 })).toBe(false);
  });
});

/** Values around two levels, of which a share of the variance lies between the two. */
const twoGroups = (share: number, gap: number, count = 400): number[] => {
  // Two equal groups at +-gap / 2 with a two-point scatter of their own: between^2 = gap^2 / 4, within^2 = scatter^2.
  const scatter = (gap / 2) * Math.sqrt(1 / share - 1);
  return Array.from(
    { length: count },
    (_, i) => 1 + (i % 2 === 0 ? gap / 2 : -gap / 2) + (i % 4 < 2 ? scatter : -scatter),
  );
};

describe("bimodality", () => {
  const found = (share: number, before = share, resolved = true) =>
    bimodality(
      orderTable(
        [10, 20].flatMap(size =>
          range(0, 1, 5).map(control => ({
            control,
            size,
            samples: twoGroups(control === 0.5 ? (size === 20 ? share : before) : 0.5, control === 0.5 ? 1 : 0.1),
          })),
        ),
      ),
      resolved,
    )!;

  test.each([0.93, 0.97])("%f of the variance between the groups is two phases", share => {
    expect(favoured(found(share))).toBe("discontinuous");
  });

  test.each([0.88, 0.91])("%f of it says nothing", share => {
    expect(found(share).support).toEqual({ none: 0, continuous: 0, discontinuous: 0 });
  });

  test("one group seen on the way through speaks against a jump, one that may have missed it less so", () => {
    expect(found(0.83).support.discontinuous).toBe(-1.5);
    expect(found(0.83, 0.83, false).support.discontinuous).toBe(-0.5);
  });
});

describe("flatness", () => {
  const random = stream({ seed: 1, purpose: "flatness" });
  const draws = Array.from({ length: 2000 }, () => random.normal());
  const table = (step: number) =>
    profilesOf(
      orderTable(
        range(0, 1, 8).map((control, k) => ({ control, samples: draws.map(z => 10 + (k >= 4 ? step : 0) + z) })),
      ),
    );

  test("means that move by less than 0.3 of a spread are flat, those that move by more are not", () => {
    expect(flatness(table(0.28))).not.toBeNull();
    expect(flatness(table(0.32))).toBeNull();
  });
});

test("branches less than 0.3 of the range apart are no loop; more than 0.72, and closed, two phases; else late", () => {
  const kind = (gap: number, closed = true) => loopKind({ gap, closed, area: 0.1, width: 3 });
  expect([0.29, 0.31, 0.71, 0.73].map(gap => kind(gap))).toEqual(["none", "late", "late", "metastable"]);
  expect(kind(0.9, false)).toBe("late");
});

/** Loops of a given area between sweeps, at three paces. */
const loops = (widths: readonly number[]): Observation[] =>
  widths.flatMap((width, i) =>
    (["up", "down"] as const).flatMap(direction =>
      range(0, 1, 201).map(control => ({
        control,
        direction,
        pace: 4 ** i,
        samples: [control < 0.5 + (direction === "up" ? width / 2 : -width / 2) ? 1 : 0],
      })),
    ),
  );

describe("hysteresis at several paces", () => {
  const support = (widths: readonly number[]) => hysteresis(orderTable(loops(widths)))!.support;

  test("a loop of 6 % of the range that stays is metastable, one of 4 % is none", () => {
    expect(support([0.061, 0.061, 0.061]).continuous).toBe(-4);
    expect(support([0.041, 0.041, 0.041]).discontinuous).toBe(-3);
  });

  test("what is left when the loop is extrapolated decides: more than half of the slowest, less than a quarter of it, or neither", () => {
    // A = A0 + B tau^(-2/3) at tau = 1, 4, 16: weights 1, 0.397, 0.157.
    const area = (A0: number, B: number) => [1, 0.39685, 0.15749].map(weight => A0 + B * weight);
    expect(support(area(0.12, 0.5)).continuous).toBe(-4);
    expect(support(area(0.08, 0.75)).continuous).toBe(0);
    expect(support(area(0.02, 0.9)).discontinuous).toBe(-3);
  });
});

describe("the end of a curve without noise", () => {
  const end = (m: (gamma: number) => number) =>
    orderOfTransition(range(0, 1, 41).map(control => ({ control, samples: [m(control)] })));

  test.each([1 / 12, 1 / 8, 1 / 4, 1 / 3, 1 / 2, 1, 3 / 2])(
    "a power %f that vanishes is continuous, at its end",
    exponent => {
      const { verdict, confidence, where, evidence } = end(gamma => Math.max(0, 0.613 - gamma) ** exponent);
      expect({ verdict, confidence }).toEqual({ verdict: "continuous", confidence: "high" });
      expect(where!.interval[0]).toBeLessThanOrEqual(0.613 + 1e-6);
      expect(where!.interval[1]).toBeGreaterThanOrEqual(0.613 - 1e-6);
      const { exponentLow, exponentHigh } = evidence.find(({ probe }) => probe === "edge")!.values;
      expect(exponentLow).toBeLessThanOrEqual(exponent + 1e-6);
      expect(exponentHigh).toBeGreaterThanOrEqual(exponent - 1e-6);
    },
  );

  test.each([
    [0.5, 0.5],
    [0.3, 0.5],
    [0.5, 1],
  ])("a fall from %f, of a fold or a smooth branch (power %f), is a jump between two controls", (jump, power) => {
    const { verdict, where } = end(gamma =>
      gamma < 0.613 ? jump + (1 - jump) * ((0.613 - gamma) / 0.613) ** power : 0,
    );
    expect(verdict).toBe("discontinuous");
    expect(where!.interval.map(g => Number(g.toFixed(3)))).toEqual([0.6, 0.625]);
  });

  test("of a fall to less than 1 % of the largest value nothing is left; 2 % is something", () => {
    const rest = (share: number) => end(gamma => (gamma < 0.613 ? 0.5 + Math.sqrt(0.613 - gamma) : share));
    expect(rest(0.012).verdict).toBe("discontinuous");
    expect(rest(0.02).evidence[0].finding).toMatch(/vanishes nowhere/);
  });
});

describe("shares and verdict", () => {
  /** Sweeps up and down that fall at two places, a loop between them. */
  const loop = (width: number) =>
    orderOfTransition(
      (["up", "down"] as const).flatMap(direction =>
        range(0, 1, 21).map(control => ({
          control,
          direction,
          samples: [
            control < 0.512 + (direction === "up" ? width / 2 : -width / 2)
              ? 1 - 0.3 * control * control
              : 0.05 * (1 - control),
          ],
        })),
      ),
    );

  test("a share of 72 % decides nothing, one of 92 % with moderate confidence", () => {
    const wide = loop(0.1);
    expect(Math.max(...Object.values(wide.probability))).toBeCloseTo(0.72, 2);
    expect(wide).toMatchObject({ verdict: "undecided", confidence: "low" });
    const narrow = loop(0.045);
    expect(Math.max(...Object.values(narrow.probability))).toBeCloseTo(0.92, 2);
    expect(narrow.verdict).not.toBe("undecided");
    expect(narrow.confidence).toBe("moderate");
  });

  test("fluctuations that keep their share of the order parameter at every size show no ordered phase, and no power law", () => {
    const random = stream({ seed: 1, purpose: "shares" });
    const { verdict, evidence, health } = orderOfTransition(
      [8, 16, 32, 64].flatMap(size =>
        range(0, 2, 21).map(control => {
          const x = (1 - control) * Math.sqrt(size);
          const scale = 0.9 * size ** -0.25;
          const mean = scale * Math.log1p(Math.exp(x)) ** 0.25;
          const spread = 0.1 * mean + 0.3 * scale * Math.exp(-0.5 * x * x);
          return {
            control,
            size,
            samples: Array.from({ length: 120 }, () => Math.abs(mean + spread * random.normal())),
          };
        }),
      ),
    );
    expect(evidence.find(({ probe }) => probe === "ordered side")!.support.continuous).toBeLessThan(-1);
    expect(verdict).toBe("undecided");
    expect(health.text).toContain("no ordered phase is seen");
  });

  test("a verdict needs a share of 80 %, high confidence 95 %: flat tables have 99.5 %", () => {
    const flat = orderOfTransition(
      [10, 20].flatMap(size =>
        range(0, 1, 6).map(control => ({ control, size, samples: Array.from({ length: 50 }, (_, i) => (i * 7) % 5) })),
      ),
    );
    expect(flat).toMatchObject({ verdict: "none", confidence: "high" });
    expect(flat.probability.none).toBeCloseTo(1 / (1 + 2 * Math.exp(-6)), 10);
  });
});
