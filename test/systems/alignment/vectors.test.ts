import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/contracts/json.ts";
import { answersOf } from "../../../src/lab/vector-tables.ts";
import { alignment } from "../../../src/systems/alignment/index.ts";
import { heldVectors, testHeldVectors } from "../../support/held-vectors.ts";

const answers = answersOf(alignment);
const { cases } = heldVectors(alignment);

testHeldVectors(alignment, { passed: 64, skipped: 0 });

const example = (quantity: string, id?: string) =>
  cases.find(entry => entry.quantity === quantity && (id === undefined || entry.id === id))!.input;

describe("inputs beyond the examples", () => {
  test("times may come in any order, more than once, and begin after 0", () => {
    const { t, ...input } = example("integrateTwoPoint");
    const of = (times: readonly number[]) =>
      answers.integrateTwoPoint({ ...input, t: times }) as { readonly h: readonly number[] };
    const [first, second] = of([40, 90]).h;
    const shuffled = of([90, 40, 90]).h;
    for (const [i, value] of [second, first, second].entries()) expect(shuffled[i]).toBeCloseTo(value, 11);
  });

  test("networks with two outputs, three points and other activations", () => {
    const input = {
      ...example("trainTwoPointNet"),
      weights: [[[0.4, -0.2], [0.1, 0.7], [-0.5, 0.3]], [[0.3, -0.6, 0.2], [0.5, 0.1, -0.4]]], // biome-ignore format: two layers
      x: [[-1, 0.5], [0.3, 1], [2, -1]], // biome-ignore format: three points
      y: [[0.6, 0], [1, -1], [0.2, 0.3]], // biome-ignore format: three points
      hiddenLayer: 0,
      steps: [3, 0],
    };
    for (const activation of ["relu", "elu", "silu", "swish", "linear", "none", "leaky_relu_0.2", "leaky_relu"]) {
      const { h2, loss } = answers.trainTwoPointNet({ ...input, activation }) as { [name: string]: readonly number[] };
      expect(h2.every(value => value > 0)).toBe(true);
      expect(loss[0]).toBeLessThan(loss[1]);
    }
  });

  test("coefficients of one's own, under any name", () => {
    const input = example("trajectoryConsistency");
    const own = { ...input, variant: "half", coefficients: { dh: 0.5, dy: 1, lastTermOfDw: 1, yOverH: 1 } };
    expect(answers.trajectoryConsistency(own)).toMatchObject({ maxScalarDefect: expect.any(Number) });
  });

  test.each([
    ["twoPointRhs", "h", 0],
    ["twoPointRhs", "dx2", -1],
    ["finalDistance", "etaY", 0],
    ["finalDistance", "h0", -0.1],
    ["integrateTwoPoint", "t", []],
    ["integrateTwoPoint", "t", [-1]],
    ["integrateTwoPoint", "etaH", "fast"],
    ["scalarSolution", "h0", 0],
    ["timeToFraction", "fractions", []],
    ["universalCurve", "T", [-1]],
    ["pairwiseFinalDistances", "distX", [[0, 1], [1, 0]]],
    ["pairwiseFinalDistances", "etaRatio", 0],
    ["structurePrediction", "distY", [[0]]],
    ["fitEffectiveRates", "h2", [1, 2]],
    ["fitEffectiveRates", "t", [0, 1]],
    ["fitEffectiveRates", "dy2", 0],
    ["trajectoryConsistency", "points", 1],
    ["alignedLinearNet", "dx", 0],
    ["alignedLinearNet", "lr", 0],
    ["trainTwoPointNet", "activation", "leaky_relu_x"],
    ["trainTwoPointNet", "hiddenLayer", 9],
    ["trainTwoPointNet", "x", [[1]]],
  ])("%s with a bad %s is refused by name: %j", (quantity, field, value) => {
    expect(() => answers[quantity]({ ...example(quantity), [field]: value } as JsonObject)).toThrow(
      new RegExp(`^(the length of )?(${field}|distY|distH0|distY0)(\\[\\d+\\])* is`),
    );
  }); // biome-ignore format: one case a line

  test("h passes through 0: the three equations refuse, the closed form goes on", () => {
    const { s0, ...input } = example("scalarSolution", "rd-scalar-x2") as { s0: number; dy2: number };
    const y0 = s0 * s0;
    const start = { ...input, y0, w0: y0 - s0 * Math.sqrt(input.dy2), t: [150] };
    expect(() => answers.integrateTwoPoint(start)).toThrow(/^w0 is .*only scalarSolution goes on/);
    expect(answers.scalarSolution({ ...input, s0, t: [150] })).toMatchObject({ y: [expect.closeTo(0.27, 2)] });
  });
});
