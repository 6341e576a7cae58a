import { expect, test } from "vitest";
import { leastSquares } from "../../../src/numerics/least-squares.ts";
import { stream } from "../../../src/numerics/stream.ts";
import { costs, segmentation, segmentationPath } from "../../../src/transitions/change/segmentation.ts";
import { messageOf } from "../../support/message-of.ts";

type Cost = keyof typeof costs;

const normals = (n: number, seed: number): Float64Array => {
  const out = new Float64Array(n);
  stream({ seed, purpose: "series" }).normals(out);
  return out;
};

/** Steps and ramps in noise. */
const jumpy = (n: number, seed: number): Float64Array =>
  normals(n, seed).map(
    (noise, i) => noise * (i > 0.7 * n ? 0.3 : 1) + (i >= n / 3 ? 3 : 0) + 0.8 * Math.max(0, i - n / 2),
  );

const squaresOf = (rows: number[][], y: number[]): number =>
  leastSquares(Float64Array.from(rows.flat()), Float64Array.from(y), y.length, rows[0].length)?.squares ?? 0;

const PHI = 0.6;

/** The cost of a segment by least squares, from its definition. */
const definition: Record<
  Exclude<Cost, "continuousLine">,
  { least: number; cost: (y: number[], all: Float64Array) => number }
> = {
  mean: {
    least: 1,
    cost: y =>
      squaresOf(
        y.map(() => [1]),
        y,
      ),
  },
  meanVariance: {
    least: 2,
    cost: y => {
      const squares = squaresOf(
        y.map(() => [1]),
        y,
      );
      return y.length * (Math.log(squares / y.length) + 1);
    },
  },
  slope: {
    least: 2,
    cost: y =>
      squaresOf(
        y.map((_, i) => [1, i]),
        y,
      ),
  },
  autoregressiveMean: {
    least: 2,
    cost: y =>
      squaresOf(
        y.slice(1).map(() => [1]),
        y.slice(1).map((value, i) => value - PHI * y[i]),
      ),
  },
};

const subsets = (n: number): number[][] =>
  Array.from({ length: 2 ** (n - 1) }, (_, code) =>
    Array.from({ length: n - 1 }, (_, i) => i + 1).filter(i => (code >> (i - 1)) & 1),
  );

/** All partitions with their costs. */
const everything = (values: Float64Array, cost: Exclude<Cost, "continuousLine">) => {
  const { least, cost: of } = definition[cost];
  const known = new Map<string, number>();
  const at = (start: number, end: number): number => {
    const key = `${start} ${end}`;
    if (!known.has(key)) known.set(key, of([...values.slice(start, end)], values));
    return known.get(key)!;
  };
  return subsets(values.length).flatMap(changes => {
    const bounds = [0, ...changes, values.length];
    const lengths = bounds.slice(1).map((end, i) => end - bounds[i]);
    return lengths.some(length => length < least)
      ? []
      : [{ changes, cost: lengths.reduce((sum, _, i) => sum + at(bounds[i], bounds[i + 1]), 0) }];
  });
};

const separate = ["mean", "meanVariance", "slope", "autoregressiveMean"] as const;
const least = <T>(all: readonly T[], by: (each: T) => number): T => all.reduce((a, b) => (by(b) < by(a) ? b : a));

test.each(separate)(
  "%s: every search finds the cheapest of all partitions, at every penalty and number of changes",
  cost => {
    for (let seed = 0; seed < 12; seed++) {
      const values = jumpy(11, seed);
      const all = everything(values, cost);
      const path = segmentationPath(values, { cost, phi: PHI }, 4);
      path.forEach((solution, count) => {
        const right = least(
          all.filter(({ changes }) => changes.length === count),
          each => each.cost,
        );
        expect(solution.changes).toEqual(right.changes);
        expect(solution.cost).toBeCloseTo(right.cost, 8);
      });
      for (const penalty of [0.1, 0.7, 2, 5, 15, 60]) {
        const right = least(all, each => each.cost + penalty * each.changes.length).changes;
        const settings = { cost, penalty, variance: 1, phi: PHI };
        expect(segmentation(values, { ...settings, search: "pelt" })).toEqual(right);
        if (costs[cost].functional) expect(segmentation(values, { ...settings, search: "functional" })).toEqual(right);
        const range = path.find(({ penalties }) => penalties && penalties[0] < penalty && penalty < penalties[1]);
        if (right.length < 4) expect(range?.changes).toEqual(right);
      }
    }
  },
);

test("continuousLine finds the cheapest of all broken lines", () => {
  for (let seed = 0; seed < 12; seed++) {
    const values = jumpy(11, seed);
    const y = [...values];
    const all = subsets(10).map(knots => {
      const rows = y.map((_, i) => [1, i, ...knots.map(knot => Math.max(0, i - knot))]);
      return { knots, cost: rows[0].length < y.length ? squaresOf(rows, y) : 0 };
    });
    for (const penalty of [0.1, 0.7, 2, 5, 15, 60])
      expect(segmentation(values, { cost: "continuousLine", penalty, variance: 1 })).toEqual(
        least(all, each => each.cost + penalty * each.knots.length).knots,
      );
  }
});

test("both searches agree on long series", () => {
  for (let seed = 0; seed < 6; seed++) {
    const values = jumpy(900, seed).map((value, i) => value - 0.7 * Math.max(0, i - 450));
    const settings = { cost: "mean", penalty: 4 + seed } as const;
    expect(segmentation(values, { ...settings, search: "functional" })).toEqual(
      segmentation(values, { ...settings, search: "pelt" }),
    );
  }
});

test.each(Object.keys(costs) as Cost[])("%s: units and direction of time do not matter", cost => {
  for (let seed = 0; seed < 4; seed++) {
    const values = jumpy(120, seed);
    const settings = { cost, penalty: "bic", phi: 0 } as const;
    const found = segmentation(values, settings);
    expect(found.length).toBeGreaterThan(0);
    expect(
      segmentation(
        values.map(value => 8 * value),
        settings,
      ),
    ).toEqual(found);
    expect(
      segmentation(
        values.map(value => -value),
        settings,
      ),
    ).toEqual(found);
    expect(
      segmentation(
        values.map(value => value + 100),
        settings,
      ),
    ).toEqual(found);
    // A segment's first value, which AR(1) noise takes as given, is its last in reversed time.
    if (cost === "autoregressiveMean") continue;
    const mirrored = cost === "continuousLine" ? 119 : 120;
    expect(
      segmentation(values.toReversed(), settings)
        .map(change => mirrored - change)
        .reverse(),
    ).toEqual(found);
  }
});

test("200 000 values with 20 changes take well under a second", () => {
  const values = normals(200_000, 1).map((noise, i) => noise + (Math.floor(i / 9600) % 2));
  let fastest = Infinity;
  let found: number[] = [];
  for (let i = 0; i < 3; i++) {
    const started = performance.now();
    found = segmentation(values, { cost: "mean" });
    fastest = Math.min(fastest, performance.now() - started);
  }
  expect(found).toHaveLength(20);
  found.forEach((change, i) => {
    expect(Math.abs(change - 9600 * (i + 1))).toBeLessThan(40);
  });
  expect(fastest).toBeLessThan(1000);
});

test("what cannot be used is named", () => {
  const values = normals(20, 1);
  expect(messageOf(() => segmentation(values.with(7, Number.NaN), { cost: "mean" }))).toBe(
    "values[7] is NaN: needs a finite number",
  );
  expect(messageOf(() => segmentation(values, { cost: "slope", search: "functional" }))).toMatch(
    /needs pelt with the cost slope/,
  );
  expect(messageOf(() => segmentation(values, { cost: "mean", penalty: -1 }))).toMatch(/^penalty is -1/);
  expect(messageOf(() => segmentation(values, { cost: "median" as "mean" }))).toMatch(
    /^cost is "median": needs one of mean/,
  );
  expect(messageOf(() => segmentation(values, { cost: "autoregressiveMean", phi: 2 }))).toMatch(/^phi is 2/);
  expect(messageOf(() => segmentationPath(values, { cost: "continuousLine" }, 3))).toMatch(/^cost is/);
});
