import { expect, test } from "vitest";
import { learningCoefficients } from "../../../src/coefficient/estimate/index.ts";
import { objectiveOf, powers } from "./losses.ts";

test("one value, error and Hessian trace for each point, at one temperature and one localiser", () => {
  const points = [0, 0.1, 0].map(x => Float64Array.of(x, 0));
  const { gamma, nBeta, points: found } = learningCoefficients(powers([2, 2]), points, { samples: 1000, gamma: 1 });
  expect(gamma).toBe(1);
  expect(nBeta).toBeCloseTo(1000 / Math.log(1000), 10);
  expect(found.map(({ hessianTrace }) => hessianTrace).map(Math.round)).toEqual([4, 4, 4]);
  for (const i of [0, 2]) {
    const { lambda, health } = found[i];
    if (lambda.kind === "failure") throw new Error(lambda.text);
    expect(Math.abs(lambda.value - 1)).toBeLessThan(4 * lambda.standardError + 0.01);
    expect(health).toMatchObject({ outcome: "good", text: "no complaint" });
  }
  expect(found[1].health.text).toMatch(/no minimum/);
});

test("the localiser is found when none is given", () => {
  const { gamma } = learningCoefficients(powers([2, 4]), [new Float64Array(2)], { samples: 1000 });
  expect(gamma).toBeGreaterThan(0);
});

test("a loss that breaks fails at its point, not at the others", () => {
  const broken = objectiveOf(
    1,
    w => (w[0] > 1 ? Number.NaN : w[0] * w[0]),
    (w, out) => {
      out[0] = 2 * w[0];
    },
  );
  const { points } = learningCoefficients(broken, [Float64Array.of(2), Float64Array.of(0)], {
    samples: 100,
    gamma: 100,
  });
  expect(points.map(({ lambda }) => lambda.kind)).toEqual(["failure", "value"]);
});

test("bad arguments are named", () => {
  const bowl = powers([2, 2]);
  expect(() => learningCoefficients(bowl, [])).toThrow(/points/);
  expect(() => learningCoefficients(bowl, [new Float64Array(2)], { samples: 100, gamma: -1 })).toThrow(/gamma is -1/);
  expect(() => learningCoefficients(bowl, [new Float64Array(2)], { samples: 100, draws: 3 })).toThrow(/draws is 3/);
});
