import { describe, expect, test } from "vitest";
import { signature } from "../../../../src/numerics/signature.ts";
import { populationObjective } from "../../../../src/systems/superposition/model/population.ts";
import { families, familyPoint } from "../../../../src/systems/superposition/theory/families.ts";
import { hessianEigenvalues, kgonReport } from "../../../../src/systems/superposition/theory/kgon-report.ts";
import {
  criticalType,
  expectedSignature,
  unstablePair,
} from "../../../../src/systems/superposition/theory/stability.ts";

/** A fixed unit direction per number, without a random generator. */
const direction = (size: number, n: number): Float64Array => {
  const raw = Float64Array.from({ length: size }, (_, i) => Math.sin(12.9898 * (i + 1) * n + 78.233));
  const length = Math.sqrt(raw.reduce((sum, value) => sum + value * value, 0));
  return raw.map(value => value / length);
};

/** Loss after plain descent from a point. */
const descend = (c: number, w: Float64Array, steps: number): number => {
  const objective = populationObjective({ c, r: 2 });
  const gradient = new Float64Array(3 * c);
  const velocity = new Float64Array(3 * c);
  for (let step = 0; step < steps; step++) {
    objective.lossAndGradient(w, gradient);
    for (let i = 0; i < w.length; i++) {
      velocity[i] = 0.9 * velocity[i] - 0.05 * gradient[i];
      w[i] += velocity[i];
    }
  }
  return objective.loss(w);
};

describe("minimum or saddle", () => {
  test.each([5, 6, 7, 8, 9, 10, 11, 12])(
    "the %i-gon has the expected signature beside 0 to 3 vestigial features",
    k => {
      for (let extra = 0; extra <= 3; extra++)
        for (let sigma = 0; sigma <= extra; sigma++) {
          const place = { k, c: k + extra, sigma };
          const eigenvalues = (
            kgonReport({ ...place, vestigialBias: -1, rotation: 0.2 }) as { hessEig: readonly number[] }
          ).hessEig;
          expect(signature(eigenvalues)).toEqual(expectedSignature({ ...place, phi: 0 }));
          const { nNegative } = signature(eigenvalues);
          expect(criticalType({ ...place, phi: 0 })).toBe(nNegative > 0 ? "saddle" : "minimum");
        }
    },
  );

  test("the lowest eigenvalues of the first mixed cases", () => {
    const lowest = (c: number, label: string) => hessianEigenvalues(c, familyPoint(c, label, -0.5))[0];
    expect(Math.abs(lowest(7, "5+") + 6.83e-4)).toBeLessThan(5e-7);
    expect(Math.abs(lowest(8, "6+") + 2.17e-4)).toBeLessThan(5e-7);
  });

  test.each(families)(
    "descent from beside $label at c = 6 leaves it exactly when it is a saddle",
    ({ label, ...family }) => {
      const start = familyPoint(6, label, -0.5);
      const level = populationObjective({ c: 6, r: 2 }).loss(start);
      for (const n of [1, 2]) {
        const push = direction(18, n);
        const end = descend(
          6,
          start.map((value, i) => value + 4e-3 * push[i]),
          8000,
        );
        if (criticalType({ c: 6, ...family }) === "saddle") expect(end).toBeLessThan(level - 1e-3);
        else expect(Math.abs(end - level)).toBeLessThan(1e-6);
      }
    },
  );

  test.each([5, 6, 8])("at c = %i the unstable pair of 4+- has the closed-form curvature", c => {
    const { loss } = populationObjective({ c, r: 2 });
    const w = familyPoint(c, "4+-", -0.5);
    // Vertex 0 is dead, along the first axis; feature 4 is the positive vestigial one.
    const along = (x: number, y: number) => {
      const moved = w.slice();
      moved[4] += x;
      moved[0] -= y;
      return loss(moved) - loss(w);
    };
    const { negative, positive } = unstablePair(c);
    const slope = 1 + Math.SQRT2;
    const length = Math.sqrt(1 + slope * slope);
    /** Second derivative along (x, y): one-sided differences, with the next order removed. */
    const curvature = (x: number, y: number) => {
      const at = (h: number) => (2 * along((h * x) / length, (h * y) / length)) / (h * h);
      return 2 * at(5e-4) - at(1e-3);
    };
    expect(curvature(1, slope)).toBeCloseTo(negative, 6);
    expect(curvature(slope, -1)).toBeCloseTo(positive, 6);
  });

  test("at c = 6 the negative eigenvalue of the pair is -0.005753", () => {
    expect(unstablePair(6).negative).toBeCloseTo(-0.005753, 6);
  });
});
