import { describe, expect, test } from "vitest";
import { defaultsOf, type Settings, type ValuesOf } from "../../../src/contracts/field.ts";
import { phasePoint } from "../../../src/protocols/phase-point.ts";
import { modularLearner } from "../../../src/systems/modular/learner.ts";
import { namedPoints } from "../../../src/systems/modular/points.ts";
import { trainProtocol } from "../../../src/systems/modular/protocols/train.ts";
import { recipes } from "../../../src/systems/modular/recipes.ts";
import { recordsOf } from "../../support/host.ts";

type Values = ValuesOf<typeof modularLearner.controls>;
const settings = (own: Partial<Values> = {}): Values => ({ ...defaultsOf(modularLearner.controls), ...own });
const pointAt = (name: string, own: Partial<Values> = {}) => phasePoint(modularLearner, name, settings(own));

describe("exact points are zeros of the loss", () => {
  test.each(Object.keys(namedPoints).filter(name => name !== "untrained"))("%s", name => {
    for (const own of [{}, { trainFraction: 0.6, p: 7 }]) {
      const { objective, w } = pointAt(name, own);
      const gradient = new Float64Array(w.length);
      expect(objective.lossAndGradient(w, gradient)).toBeLessThan(1e-15);
      expect(Math.max(...gradient.map(Math.abs))).toBeLessThan(1e-7);
    }
  });

  test("the start of training is none", () => {
    const { objective, w } = pointAt("untrained");
    expect(objective.loss(w)).toBeGreaterThan(0.1);
  });
});

test("further neurons are dead", () => {
  const { w } = pointAt("narrow", { K: 12 });
  expect(w).toHaveLength(3 * 5 * 12);
  expect(w.subarray(9 * 5, 12 * 5).every(value => value === 0)).toBe(true);
});

test.each([
  ["--at", "nowhere", {}],
  ["K", "narrow", { K: 8 }],
  ["K", "memorised", { K: 20 }],
  ["op", "waves", { op: "mul" }],
  ["p", "narrow", { p: 9 }],
  ["trainFraction", "memorised", { trainFraction: 0 }],
] as const)("a %s that cannot be is refused by name, at %s", (name, point, own) => {
  expect(() => pointAt(point, own)).toThrow(new RegExp(`^${name} is`));
});

describe("training", () => {
  const defaults = defaultsOf(trainProtocol.settings);
  const drive = (own: Settings) => recordsOf(trainProtocol, own, { seed: 0 });

  test("knows the training pairs of S0 within 60 steps and nothing of the others", () => {
    const final = drive({ ...recipes.S0, steps: 60, measurements: "none" }).at(-1)!;
    expect(final).toMatchObject({ kind: "final", train100: 45, trainAccuracy: 1, test50: null });
    expect(final.testAccuracy).toBeLessThan(0.1);
  });

  test("warns of a training graph that is not connected", () => {
    const own = { p: 13, K: 4, trainFraction: 0.06, steps: 1, measurements: "none" };
    expect(drive(own)[0].warning).toMatch(/rank formulas are upper bounds/);
    expect(drive({ ...own, trainFraction: 0.7 })[0].warning).toBeNull();
  });

  test("a chain whose step is too long is a failure with the way out", () => {
    const records = drive({ K: 8, steps: 1, measurements: "few", langevinStepSize: 0.1, draws: 4, burnIn: 1 });
    expect(records.find(({ kind }) => kind === "coefficient")).toMatchObject({
      lambda: null,
      failure: expect.stringMatching(/^langevinStepSize 0.1 is unstable: needs less than/),
    });
  });

  test("a centred loss has the spectrum of centred residuals", () => {
    const own = { p: 5, K: 8, trainFraction: 0.6, steps: 1, measurements: "few", spectrum: "yes", langevinChains: 0 };
    const rank = (centred: string) => drive({ ...own, centred }).find(({ kind }) => kind === "spectrum")!.rank;
    expect([rank("no"), rank("yes")]).toEqual([5 * 15, 5 * 14]);
  });

  test.each([
    ["p", { p: 9 }],
    ["p", { p: 12 }],
    ["K", { K: 0 }],
    ["trainFraction", { trainFraction: 1 }],
    ["trainFraction", { trainFraction: 0 }],
    ["batch", { batch: 1000 }],
  ])("a %s that cannot be is refused by name: %o", (name, own) => {
    expect(() => trainProtocol.check!({ ...defaults, ...own })).toThrow(new RegExp(`^${name} is`));
  });
});

test("the level of the start's phase is the least loss among its multiples, and the constant point is stationary", () => {
  const at = settings({ weightDecay: 0.01 });
  const objective = modularLearner.objective(at, { seed: 0, chain: 0 });
  const { w } = pointAt("generalised");
  const losses = Array.from({ length: 2001 }, (_, i) => objective.loss(w.map(value => (0.5 + i / 4000) * value)));
  const level = modularLearner.phases(at).find(({ label }) => label === "generalised")!.loss;
  expect(level).toBeCloseTo(Math.min(...losses), 6);
  const constant = pointAt("constant", { weightDecay: 0.01 });
  const gradient = new Float64Array(constant.w.length);
  const loss = constant.objective.lossAndGradient(constant.w, gradient);
  expect(loss).toBeCloseTo(modularLearner.phases(at).find(({ label }) => label === "constant")!.loss, 12);
  expect(Math.max(...gradient.map(Math.abs))).toBeLessThan(1e-12);
});
