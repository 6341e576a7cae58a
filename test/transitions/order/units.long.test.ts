import { describe, expect, test } from "vitest";
import { type Observation, type OrderVerdict, orderOfTransition } from "../../../src/transitions/order/index.ts";
import { crossover, curieWeiss, range } from "./samplers.ts";

/** Tables of each kind: sampled at several sizes, signed samples that turn with a field, and a sweep without noise. */
const tables: { readonly [name: string]: readonly Observation[] } = {
  "a magnet": curieWeiss({
    controls: range(0.7, 1.3, 9),
    sizes: [50, 100, 200],
    samples: 100,
    burnIn: 0,
    seed: 5,
  }),
  "spins in a field": crossover({ controls: range(-2, 2, 9), sizes: [16, 32, 64], samples: 60, burnIn: 0, seed: 5 }),
  "a sweep": (["up", "down"] as const).flatMap(direction =>
    range(0, 1, 31).map(control => ({ control, direction, samples: [Math.sqrt(Math.max(0, 0.6 - control))] })),
  ),
};

const changed = (
  table: readonly Observation[],
  {
    control = c => c,
    size = s => s,
    sample = m => m,
  }: {
    readonly control?: (control: number) => number;
    readonly size?: (size: number) => number;
    readonly sample?: (sample: number, size: number) => number;
  },
): Observation[] =>
  table.map(each => ({
    ...each,
    control: control(each.control),
    size: size(each.size ?? 1),
    samples: Array.from(each.samples, value => sample(value, each.size ?? 1)),
  }));

/** The same verdict, shares, place and exponents; beta/nu moved by `shift`, controls by `control`. */
const expectSame = (
  found: OrderVerdict,
  expected: OrderVerdict,
  { control = (c: number) => c, shift = 0, digits = 5 } = {},
): void => {
  expect(found.verdict).toBe(expected.verdict);
  for (const order of ["none", "continuous", "discontinuous"] as const)
    expect(found.probability[order]).toBeCloseTo(expected.probability[order], digits);
  expect(found.where === null).toBe(expected.where === null);
  if (expected.where && found.where) {
    const unit = control(1) - control(0);
    expect((found.where.control - control(expected.where.control)) / unit).toBeCloseTo(0, digits);
    for (const end of [0, 1])
      expect((found.where.interval[end] - control(expected.where.interval[end])) / unit).toBeCloseTo(0, digits);
  }
  if (!expected.exponents || !found.exponents) return;
  for (const end of ["estimate", "low", "high"] as const) {
    expect(found.exponents.inverseNu[end]).toBeCloseTo(expected.exponents.inverseNu[end], digits);
    expect(found.exponents.betaOverNu[end]).toBeCloseTo(expected.exponents.betaOverNu[end] + shift, digits);
  }
};

describe.each(Object.entries(tables))("%s: only ratios mean something", (_, table) => {
  const expected = orderOfTransition(table);

  test.each([1e-8, 1e8])("samples times %f", unit => {
    expectSame(orderOfTransition(changed(table, { sample: m => unit * m })), expected);
  });

  test.each([1, 2])("totals of parts in %i dimensions for densities", dimension => {
    const total = orderOfTransition(changed(table, { sample: (m, size) => m * size ** dimension }));
    expectSame(total, expected, { shift: -dimension });
  });

  test.each([
    [1e-3, 0],
    [1, 300],
    [-2, 5],
  ])("controls times %f plus %f", (scale, offset) => {
    const control = (c: number): number => scale * c + offset;
    const found = orderOfTransition(changed(table, { control }));
    // A turned control turns what is low and high.
    if (scale < 0) {
      expect(found.verdict).toBe(expected.verdict);
      if (expected.where) expect(found.where!.control).toBeCloseTo(control(expected.where.control), 2);
    } else expectSame(found, expected, { control, digits: 4 });
  });

  test("sizes in another unit", () => {
    expectSame(orderOfTransition(changed(table, { size: s => 7 * s })), expected);
  });

  test("controls that differ by rounding, in double and single precision, are one", () => {
    let turn = 0;
    const rounded = (c: number): number => [c, c * (1 + 2 ** -52), Math.fround(c)][turn++ % 3];
    const found = orderOfTransition(changed(table, { control: rounded }));
    expectSame(found, expected, { digits: 3 });
  });
});

test("controls that are close but not equal within rounding are kept apart", () => {
  const controls = [0, 1e-4, 2e-4, 3e-4, 0.5, 1].map(c => 1000 + c);
  const table = controls.map(control => ({ control, samples: [1] }));
  expect(() => orderOfTransition(table.slice(0, 3))).toThrow(/number of controls at size 1 is 3/);
  expect(() => orderOfTransition(table.slice(0, 4))).not.toThrow();
});

test.each([
  [0, 1],
  [3, 7],
  [1e-9, 3e-9],
])("an indicator of values %f and %f is undecided, with the crossing of its averages as the place", (low, high) => {
  // Exact shares 1 / (1 + exp((control - 1) size)) of 200 draws: they cross at 1.
  const table = [10, 20, 40].flatMap(size =>
    range(0.6, 1.4, 17).map(control => {
      const up = Math.round(200 / (1 + Math.exp((control - 1) * size)));
      return { control, size, samples: Array.from({ length: 200 }, (_, i) => ((i * 73) % 200 < up ? high : low)) };
    }),
  );
  const { verdict, where, health } = orderOfTransition(table);
  expect(verdict).toBe("undecided");
  expect(health.text).toMatch(/two values only/);
  expect(where!.interval[0]).toBeLessThan(1);
  expect(where!.interval[1]).toBeGreaterThan(1);
  expect(where!.interval[1] - where!.interval[0]).toBeLessThan(0.2);
});
