import { describe, expect, test } from "vitest";
import { learningCoefficient } from "../../../src/coefficient/estimate/learning-coefficient.ts";
import { defaultsOf } from "../../../src/contracts/field.ts";
import { figures } from "../../../src/systems/linear-ssl/figures.ts";
import { linearSsl } from "../../../src/systems/linear-ssl/index.ts";
import { sslLearner } from "../../../src/systems/linear-ssl/learner.ts";
import { problemAt, type SslSettings, sslControls } from "../../../src/systems/linear-ssl/model.ts";
import { collapses, survivingDirections } from "../../../src/systems/linear-ssl/theory.ts";
import { curvedDirections } from "../../support/curved-directions.ts";
import { testExhibits } from "../../support/exhibits-draw.ts";
import { shortRun } from "../../support/short-run.ts";

const defaults = defaultsOf(sslControls);
const address = { seed: 1, chain: 0 };

const lowestOf = (at: SslSettings) => sslLearner.phases(at).at(-1)!;
const pointOf = (at: SslSettings): Float64Array => sslLearner.point!(lowestOf(at).label, at).w;
const lambdaOf = (at: SslSettings): number | undefined => sslLearner.coefficient!(lowestOf(at).label, at)?.lambda;

testExhibits(figures, shortRun(linearSsl, { steps: 50, settle: 200 }));

test("the strengths at which augmentation takes directions away are where the rank steps", () => {
  for (const weightDecay of [0.02, 0.2]) {
    const at = { ...defaults, weightDecay };
    const rank = (augmentation: number) => survivingDirections(problemAt({ ...at, augmentation }));
    const strengths = collapses(at).augmentation.sort((a, b) => a - b);
    expect(strengths.map(strength => [rank(strength * (1 - 1e-6)), rank(strength * (1 + 1e-6))])).toEqual([
      [3, 2],
      [2, 1],
      [1, 0],
    ]);
  }
});

test.each([1, 2, 3])("the critical values of each control are where the rank steps: width %i", width => {
  const at = { ...defaults, augmentation: 0.8, width };
  const rank = (changed: Partial<SslSettings>) => survivingDirections(problemAt({ ...at, ...changed }));
  for (const [name, values] of Object.entries(collapses(at)))
    expect(
      values.map(value => [1 - 1e-6, 1 + 1e-6].map(factor => rank({ [name]: value * factor }))),
      name,
    ).toEqual(Array.from({ length: width }, (_, i) => [i + 1, i]));
});

const places: readonly Partial<SslSettings>[] = [1, 2, 3, 4].flatMap(width =>
  [0.5, 2, 4, 9].map(augmentation => ({ width, augmentation })),
);

describe.each(places)("width $width, augmentation $augmentation", changed => {
  const at = { ...defaults, ...changed };
  const objective = sslLearner.objective(at, address);

  test("the point of the lowest phase is a minimum, with the loss, order parameter and label that theory says", () => {
    const w = pointOf(at);
    const { label, loss } = lowestOf(at);
    expect(objective.loss(w)).toBeCloseTo(loss, 12);
    const seen = sslLearner.observe(at, w, { ...address, loss });
    expect(seen.label).toBe(label);
    expect(seen.order).toBeCloseTo(sslLearner.order.theory!(at)!, 12);
  });

  test("the learning coefficient is half the number of directions in which the loss curves", () => {
    expect(lambdaOf(at)).toBe(curvedDirections(objective, pointOf(at)) / 2);
  });
});

test("sampling finds the learning coefficient of a rank that rotates", () => {
  const at = { ...defaults, width: 2 };
  expect(lambdaOf(at)).toBe(2.5);
  const result = learningCoefficient(sslLearner.objective(at, address), pointOf(at), { samples: 1e5, budget: 2e5 });
  if (result.kind !== "estimate") throw new Error(result.text);
  expect(Math.abs(result.lambda - 2.5)).toBeLessThan(4 * result.standardError);
  expect(result.standardError).toBeLessThan(0.2);
});

test("a direction that is just collapsing has no closed form, a phase that is no minimum no point", () => {
  expect(lambdaOf({ ...defaults, augmentation: collapses(defaults).augmentation[1] })).toBeUndefined();
  expect(sslLearner.coefficient!("rank 1", defaults)).toBeNull();
  expect(() => sslLearner.point!("rank 1", defaults)).toThrow(/--at is "rank 1": needs rank 3/);
});

test("without decay and with little alignment encoders grow without end: no phase but the origin, and no point", () => {
  const at = { ...defaults, alpha: 0, weightDecay: 0 };
  expect(sslLearner.phases(at)).toEqual([{ label: "rank 0", loss: 0 }]);
  expect(sslLearner.order.theory!(at)).toBeNull();
  expect(lambdaOf(at)).toBeUndefined();
  expect(() => pointOf(at)).toThrow(/grow without end/);
});
