import { describe, expect, test } from "vitest";
import { learningCoefficient } from "../../../src/coefficient/estimate/learning-coefficient.ts";
import { defaultsOf } from "../../../src/contracts/field.ts";
import { figures } from "../../../src/systems/linear-vae/figures.ts";
import { linearVae } from "../../../src/systems/linear-vae/index.ts";
import { vaeLearner } from "../../../src/systems/linear-vae/learner.ts";
import { type VaeSettings, vaeControls, ZETA } from "../../../src/systems/linear-vae/model.ts";
import { curvedDirections } from "../../support/curved-directions.ts";
import { testExhibits } from "../../support/exhibits-draw.ts";
import { shortRun } from "../../support/short-run.ts";

const defaults = defaultsOf(vaeControls);
const address = { seed: 1, chain: 0 };

const lowestOf = (at: VaeSettings) => vaeLearner.phases(at).at(-1)!;
const pointOf = (at: VaeSettings): Float64Array => vaeLearner.point!(lowestOf(at).label, at).w;
const lambdaOf = (at: VaeSettings): number | undefined => vaeLearner.coefficient!(lowestOf(at).label, at)?.lambda;

testExhibits(figures, shortRun(linearVae, { steps: 50, settle: 200 }));

const places: readonly Partial<VaeSettings>[] = (["learned", "fixed"] as const).flatMap(sigma =>
  [1, 3, 5].flatMap(d1 => [0.2, 1.1, 4.5].map(beta => ({ sigma, d1, beta, etaEnc: 1.2, etaDec: 0.95 }))),
);

describe.each(places)("sigma $sigma, d1 $d1, beta $beta", changed => {
  const at = { ...defaults, ...changed };
  const objective = vaeLearner.objective(at, address);

  test("the point of the lowest phase is a minimum, with the loss, order parameter and label that theory says", () => {
    const w = pointOf(at);
    const { label, loss } = lowestOf(at);
    expect(objective.loss(w)).toBeCloseTo(loss, 12);
    const seen = vaeLearner.observe(at, w, { ...address, loss });
    expect(seen.label).toBe(label);
    expect(seen.order).toBeCloseTo(vaeLearner.order.theory!(at)!, 12);
  });

  test("the learning coefficient is half the number of directions in which the loss curves", () => {
    expect(lambdaOf(at)).toBe(curvedDirections(objective, pointOf(at)) / 2);
  });
});

test.each([
  ["learned widths", { d1: 1, sigma: "learned" }, 5.5],
  ["fixed widths, a rotation of two modes", { d1: 2, sigma: "fixed" }, 9.5],
] as const)("sampling finds the learning coefficient: %s", (_, changed, expected) => {
  const at = { ...defaults, ...changed };
  expect(lambdaOf(at)).toBe(expected);
  const result = learningCoefficient(vaeLearner.objective(at, address), pointOf(at), { samples: 1e5, budget: 2e5 });
  if (result.kind !== "estimate") throw new Error(result.text);
  expect(result.lambda).toBeGreaterThan(expected - 4 * result.standardError);
  expect(result.lambda).toBeLessThan(expected + 4 * result.standardError);
  expect(result.standardError).toBeLessThan(0.05 * expected);
});

test("where a mode is just collapsing there is no closed form, and a phase that is no minimum has no point", () => {
  expect(lambdaOf({ ...defaults, beta: ZETA[2] * ZETA[2] })).toBeUndefined();
  expect(vaeLearner.coefficient!("1 active", defaults)).toBeNull();
  expect(() => vaeLearner.point!("1 active", defaults)).toThrow(/--at is "1 active": needs 4 active/);
});

test("modes come and go at the critical values of each control", () => {
  const at = { ...defaults, d1: 3, etaDec: 1.3 };
  const active = (changed: Partial<VaeSettings>) => vaeLearner.phases({ ...at, ...changed }).length - 1;
  const { beta, etaDec } = vaeLearner.critical!(at);
  for (const [name, values] of Object.entries({ beta, etaDec }))
    expect(values!.map(value => [0.999, 1.001].map(factor => active({ [name]: value * factor })))).toEqual([
      [1, 0],
      [2, 1],
      [3, 2],
    ]);
});
