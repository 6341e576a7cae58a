import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toFlat } from "../../../src/systems/superposition/model/layout.ts";
import { classifyState, describeState, shapeOf } from "../../../src/systems/superposition/phases.ts";
import { families, familyPoint } from "../../../src/systems/superposition/theory/families.ts";
import { levelLabel } from "../../../src/systems/superposition/theory/levels.ts";

// Without bias towards zero, where points coincide and every class has its border.
const coordinate = fc.noBias(fc.integer({ min: -2_000_000, max: 2_000_000 })).map(value => value / 1_000_000);
const planar = fc.integer({ min: 3, max: 9 }).chain(c =>
  fc.record({
    x: fc.array(coordinate, { minLength: c, maxLength: c }),
    y: fc.array(coordinate, { minLength: c, maxLength: c }),
    b: fc.array(coordinate, { minLength: c, maxLength: c }),
  }),
);

describe("the classification of a state", () => {
  test("finds every family at c = 6, also from a perturbed point", () => {
    for (const { label, k, sigma, phi } of families) {
      const w = familyPoint(6, label, -0.5).map((value, i) => value + 2e-3 * Math.sin(7 * i + 1));
      expect(classifyState(w, { c: 6, r: 2 })).toMatchObject({
        label: levelLabel(k - phi, sigma),
        k,
        sigma,
        phi,
        live: k - phi,
      });
    }
  });

  test("of the order parameters does not change under rotation, reflection and permutation", () => {
    fc.assert(
      fc.property(
        planar,
        fc.double({ min: 0, max: 7, noNaN: true }),
        fc.boolean(),
        fc.nat(),
        ({ x, y, b }, angle, flip, shift) => {
          const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
          const order = x.map((_, i) => (i * (x.length === 7 ? 3 : 1) + shift) % x.length).reverse();
          const sign = flip ? -1 : 1;
          const rotated = [
            order.map(i => cosine * x[i] - sine * y[i]),
            order.map(i => sign * (sine * x[i] + cosine * y[i])),
          ];
          const dimensions = { c: x.length, r: 2 };
          const before = shapeOf(toFlat({ W: [x, y], b }), dimensions);
          const after = shapeOf(toFlat({ W: rotated, b: order.map(i => b[i]) }), dimensions);
          // On the border between two classes rounding decides.
          fc.pre(!nearBorder(x, y, b));
          expect(after).toEqual(before);
        },
      ),
      { seed: 5, numRuns: 500 },
    );
  });

  test("between levels is in transit", () => {
    const w = familyPoint(6, "5", -0.5);
    w[0] += 0.1;
    const phase = classifyState(w, { c: 6, r: 2 });
    expect(phase.label).toBeNull();
    expect(phase.k).toBe(5);
    expect(describeState(phase)).toEqual({ loss: phase.loss, label: null, k: 5, live: 5, sigma: 0, phi: 0 });
  });

  test("outside the plane has no hull and no level", () => {
    const w = Float64Array.from({ length: 24 }, (_, i) => Math.cos(i));
    const phase = classifyState(w, { c: 6, r: 3 });
    expect([phase.k, phase.phi, phase.label]).toEqual([null, null, null]);
    expect(phase.W).toHaveLength(3);
  });

  test("of a posterior sample counts short columns too", () => {
    const W = [
      [1, 0, -1, 0, 0.05],
      [0, 1, 0, -0.01, -0.05],
    ];
    const b = [0, 0, 0, -0.3, -0.3];
    const w = toFlat({ W, b });
    expect(shapeOf(w, { c: 5, r: 2 }).k).toBe(3);
    expect(shapeOf(w, { c: 5, r: 2 }, { length: 0, bias: 0 }).k).toBe(4);
  });
});

/** Whether a quantity that the classification compares is within rounding of its threshold. */
const nearBorder = (x: number[], y: number[], b: number[]): boolean => {
  const near = (value: number) => Math.abs(value) < 1e-9;
  const columns = x.map((value, i) => [value, y[i]]);
  const squares = columns.map(([u, v]) => u * u + v * v);
  const collinear = columns.some((p, i) =>
    columns.some((q, j) =>
      columns.some((s, k) => i < j && j < k && near((q[0] - p[0]) * (s[1] - p[1]) - (q[1] - p[1]) * (s[0] - p[0]))),
    ),
  );
  return (
    collinear || squares.some((square, i) => near(square - 0.25) || near(square + b[i] - 0.1) || near(square - 0.01))
  );
};
