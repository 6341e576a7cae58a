import { describe, expect, test } from "vitest";
import type { ValuesOf } from "../../../src/contracts/field.ts";
import { symmetricEigenvalues } from "../../../src/numerics/linear-algebra.ts";
import { sweepTable } from "../../../src/protocols/anneal.ts";
import { branch } from "../../../src/protocols/records.ts";
import { superpositionAnneal } from "../../../src/systems/superposition/learner.ts";
import { populationObjective } from "../../../src/systems/superposition/model/population.ts";
import { smallColumns } from "../../../src/systems/superposition/theory/decay.ts";
import { deformationCrossing, deformedHexagon } from "../../../src/systems/superposition/theory/deformation.ts";
import { orderOfTransition } from "../../../src/transitions/order/index.ts";
import { recordsOfKind } from "../../support/records-of-kind.ts";

const swept = (changed: Partial<ValuesOf<(typeof superpositionAnneal)["settings"]>>) =>
  recordsOfKind(superpositionAnneal, "sweep", changed);

describe("weight decay", () => {
  test.each([
    [6, 2],
    [5, 3],
    [9, 4],
  ])("c = %i, r = %i: zero columns lose stability at 4/(3c), by the Hessian of the population loss", (c, r) => {
    const w = new Float64Array(r * c + c).fill(1 / (2 * c), r * c);
    const hessian = new Float64Array(w.length * w.length);
    populationObjective({ c, r }).hessian(w, hessian);
    expect(symmetricEigenvalues(hessian, w.length)[0]).toBeCloseTo(-smallColumns({ c, r }, 0).critical, 13);
  });

  test.each([
    [6, 2, "polygon"],
    [5, 3, "R"],
    [8, 2, "R"],
  ] as const)(
    "c = %i, r = %i from start %s: a sweep follows |W|^2 = r (1 - mu/mu_c) and vanishes there",
    (c, r, start) => {
      const { critical } = smallColumns({ c, r }, 0);
      const range = { from: 0.9 * critical, to: 1.1 * critical, values: 9, steps: 6000, settle: 20_000 };
      for (const { control: weightDecay, norm, loss, live, sigma, label } of branch(
        swept({ c, r, start, ...range }),
        "up",
      )) {
        // Next to mu_c descent is slow.
        if (Math.abs(weightDecay / critical - 1) < 0.01) continue;
        // Columns of outputs that answer sum to zero, so that they span one dimension less than there are.
        const answering = live + sigma;
        const predicted = smallColumns({ c, r: Math.min(r, answering - 1) }, weightDecay);
        const squares = norm ** 2;
        expect(squares).toBeCloseTo(predicted.squaredNorm, 5);
        const dead = (0.75 * (c - answering)) / (3 * c * c);
        expect(loss - 0.5 * weightDecay * squares).toBeCloseTo(predicted.loss + dead, 5);
        expect(label === "zero").toBe(weightDecay > critical);
      }
    },
  );

  test("the verdict on the whole sweep: continuous, at 4/(3c)", () => {
    const records = swept({ paces: 2, steps: 500, values: 40 });
    const { verdict, where } = orderOfTransition(sweepTable(records));
    expect(verdict).toBe("continuous");
    expect(Math.abs((where?.control as number) - 4 / 18)).toBeLessThan(0.015);
    // On the way the polygons lose their vertices one after the other.
    const labels = branch(records, "up").map(({ label }) => label);
    for (const phase of ["6", "5+", "4++", "zero"]) expect(labels).toContain(phase);
  });
});

describe("what the last output counts", () => {
  /** Where the deformed 6-gon ends: at a fold the square of the softest curvature goes to zero on a line. */
  const fold = (() => {
    const softest = (u: number): number => {
      const hessian = new Float64Array(18 * 18);
      populationObjective({ c: 6, r: 2, outputWeights: [1, 1, 1, 1, 1, u] }).hessian(deformedHexagon(u).w, hessian);
      // The lowest is the rotation's.
      return symmetricEigenvalues(hessian, 18)[1];
    };
    const [a, b] = [softest(0.405) ** 2, softest(0.4) ** 2];
    return 0.4 - (0.005 * b) / (a - b);
  })();

  test("the 6-gon outlives its level crossing, falls where its branch folds, and does not return", () => {
    const records = swept({
      control: "outputWeight",
      from: 0.7,
      to: 0.3,
      values: 41,
      steps: 1500,
      paces: 2,
    });
    const slow = records.filter(({ pace }) => pace === 6000);
    const hexagon = branch(slow, "up").filter(({ label }) => label === "6");
    const last = hexagon[0].control;
    expect(last).toBeLessThan(deformationCrossing().u);
    // A sweep is late, and sees its own grid.
    expect(last).toBeLessThan(fold + 0.01);
    expect(last).toBeGreaterThan(fold - 0.015);
    expect(branch(slow, "down").map(({ label }) => label)).not.toContain("6");
    expect(orderOfTransition(sweepTable(records)).verdict).toBe("discontinuous");
  });
});

test.each([
  [{ r: 3 }, /r is 3: needs 2 for the start polygon/],
  [{ r: 6, start: "R" }, /r is 6/],
  [{ from: -1 }, /from is -1: needs a value of weightDecay, from 0 to 100/],
] as const)("%j is refused", (settings, message) => {
  expect(() => swept(settings)).toThrow(message);
});
