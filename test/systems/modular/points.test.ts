import { describe, expect, test } from "vitest";
import type { Settings } from "../../../src/contracts/field.ts";
import { modularPoints, namedPoints } from "../../../src/systems/modular/points.ts";
import { trainProtocol } from "../../../src/systems/modular/protocols/train.ts";
import { recipes } from "../../../src/systems/modular/recipes.ts";

const settings = (own: Settings = {}): Settings => ({
  ...Object.fromEntries(Object.entries(modularPoints.settings).map(([name, control]) => [name, control.default])),
  ...own,
});

describe("exact points are zeros of the loss", () => {
  test.each(Object.keys(namedPoints).filter(name => name !== "untrained"))("%s", name => {
    for (const own of [{}, { trainFraction: 0.6, p: 7 }] as Settings[]) {
      const { objective, w } = modularPoints.at(name, settings(own));
      const gradient = new Float64Array(w.length);
      expect(objective.lossAndGradient(w, gradient)).toBeLessThan(1e-15);
      expect(Math.max(...gradient.map(Math.abs))).toBeLessThan(1e-7);
    }
  });

  test("the start of training is none", () => {
    const { objective, w } = modularPoints.at("untrained", settings());
    expect(objective.loss(w)).toBeGreaterThan(0.1);
  });
});

test("further neurons are dead", () => {
  const { w } = modularPoints.at("narrow", settings({ K: 12 }));
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
])("a %s that cannot be is refused by name, at %s", (name, point, own) => {
  expect(() => modularPoints.at(point, settings(own))).toThrow(new RegExp(`^${name} is`));
});

describe("training", () => {
  const defaults = Object.fromEntries(
    Object.entries(trainProtocol.settings).map(([name, control]) => [name, control.default]),
  );
  const drive = (own: Settings) => {
    const records: { kind: string; [field: string]: unknown }[] = [];
    trainProtocol.run(
      { settings: { ...defaults, ...own }, seed: 0, chain: 0 },
      {
        record: (kind, fields) => void records.push({ kind, ...fields }),
        snapshot: () => {},
        save: () => {},
        saved: undefined,
        progress: () => {},
      },
    );
    return records;
  };

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
    const records = drive({ K: 8, steps: 1, measurements: "few", stepSize: 0.1, draws: 4, burnIn: 1 });
    expect(records.find(({ kind }) => kind === "coefficient")).toMatchObject({
      lambda: null,
      failure: expect.stringMatching(/^stepSize 0.1 is unstable: needs less than/),
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
