import { describe, expect, test } from "vitest";
import { defaultsOf } from "../../../src/contracts/field.ts";
import { descend } from "../../../src/learning/descend.ts";
import { gradientDescent } from "../../../src/learning/gradient-descent.ts";
import { fullBatch } from "../../../src/learning/gradients.ts";
import { symmetricEigenvalues } from "../../../src/numerics/linear-algebra.ts";
import { norm } from "../../../src/numerics/norm.ts";
import { phasePoint } from "../../../src/protocols/phase-point.ts";
import { superpositionAnneal, superpositionLearner } from "../../../src/systems/superposition/learner.ts";
import { populationObjective } from "../../../src/systems/superposition/model/population.ts";
import { families } from "../../../src/systems/superposition/theory/families.ts";
import { recordsOfKind } from "../../support/records-of-kind.ts";

const { objective, start, observe, phases, order, critical, coefficient } = superpositionLearner;
const at = (changed: Partial<ReturnType<typeof defaults>> = {}) => ({ ...defaults(), ...changed });
const defaults = () => defaultsOf(superpositionLearner.controls);
const address = { seed: 3, chain: 0 };

test.each([{}, { weightDecay: 0.1 }, { outputWeight: 0.5 }, { r: 3, start: "R", weightDecay: 0.05 } as const])(
  "%j: the gradient of the objective, by central differences",
  changed => {
    const settings = at(changed);
    const loss = objective(settings, address);
    const w = start({ ...settings, start: "R" }, address);
    const gradient = new Float64Array(w.length);
    expect(loss.lossAndGradient(w, gradient)).toBe(loss.loss(w));
    const h = 1e-5;
    for (let i = 0; i < w.length; i++) {
      const [up, down] = [w.slice(), w.slice()];
      up[i] += h;
      down[i] -= h;
      expect((loss.loss(up) - loss.loss(down)) / (2 * h)).toBeCloseTo(gradient[i], 7);
    }
  },
);

describe("phases", () => {
  test("each family has a point: critical where the loss is smooth, on the level that its label names", () => {
    const levels = new Map(phases(at()).map(({ label, loss }) => [label, loss]));
    for (const { label, k, sigma, phi } of families) {
      const { objective: loss, w } = phasePoint(superpositionLearner, label, at());
      expect(loss.loss(w), label).toBeCloseTo(levels.get(k - phi + "+".repeat(sigma))!, 12);
      const gradient = new Float64Array(w.length);
      loss.lossAndGradient(w, gradient);
      expect(norm(gradient), label).toBeLessThan(1e-12);
    }
  });

  test("a level without a k-gon of its own name has the point of its family", () => {
    const { w } = phasePoint(superpositionLearner, "3++", at());
    expect(w).toEqual(phasePoint(superpositionLearner, "4++-", at()).w);
  });

  test.each([
    ["9", {}, /family is "9"/],
    ["5", { weightDecay: 0.1 }, /--at is "5": needs r = 2, weightDecay = 0/],
  ] as const)("%s at %j is refused", (phase, changed, message) => {
    expect(() => phasePoint(superpositionLearner, phase, at(changed))).toThrow(message);
  });

  test.each([
    [{}, ["0", "0+", "0++", "1", "1+", "1++", "2", "2+", "2++", "3", "3+", "3++", "4", "4+", "4++", "5", "5+", "6"]],
    [{ outputWeight: 0.6 }, ["6", "5+"]],
    [{ outputWeight: 0.7 }, ["5+", "6"]],
    [{ weightDecay: 0.3 }, ["zero"]],
    [{ weightDecay: 0.3, outputWeight: 0.5, r: 3 }, ["zero"]],
  ] as const)("at %j: %j, and descent from the last stays on its level", (changed, labels) => {
    const settings = at(changed);
    const known = phases(settings);
    expect(known.map(({ label }) => label)).toEqual(labels);
    const { label, loss } = known.at(-1)!;
    const { w } = phasePoint(superpositionLearner, label, settings);
    for (let i = 0; i < w.length; i++) w[i] += 1e-3 * Math.sin(7 * i + 1);
    const energy = objective(settings, address);
    descend({
      gradients: fullBatch(energy),
      optimiser: gradientDescent({ stepSize: 0.3 }),
      w,
      checkpoints: [20_000],
      visit: () => {},
    });
    expect(energy.loss(w)).toBeCloseTo(loss, 9);
    expect(observe(settings, w, { ...address, loss }).label).toBe(label);
  });
});

test("learning coefficients of the minima in closed form, none where there is none or under decay", () => {
  const values = ["4", "4+", "4++", "5", "5+", "6", "4+-"].map(phase => coefficient?.(phase, at())?.lambda ?? null);
  expect(values).toEqual([7.5, 8, 8.5, 7, 8.5, 8.5, null]);
  expect(coefficient?.("5", at({ weightDecay: 0.1 }))).toBeNull();
});

describe("the predicted order parameter", () => {
  test("is that of the 6-gon without decay", () => {
    const { w, objective: loss } = phasePoint(superpositionLearner, "6", at());
    expect(observe(at(), w, { ...address, loss: loss.loss(w) }).order).toBeCloseTo(order.theory!(at())!, 12);
  });

  test("is that of slow sweeps next to the critical decay, and none where polygons survive", () => {
    for (const { control, order: measured } of recordsOfKind(superpositionAnneal, "sweep", {
      from: 0.21,
      to: 0.24,
      values: 4,
      steps: 10_000,
    })) {
      const predicted = order.theory!(at({ weightDecay: control }), "weightDecay");
      expect(measured).toBeCloseTo(predicted!, 2);
    }
    expect(order.theory!(at({ weightDecay: 0.05 }), "weightDecay")).toBeNull();
    expect(critical!(at()).weightDecay).toEqual([4 / 18]);
  });

  test.each([1, 0.5, 0.2, 0])(
    "where the last output counts %d, the columns are stable at zero from the critical decay on",
    outputWeight => {
      const [weightDecay] = critical!(at({ outputWeight })).weightDecay!;
      const { w } = superpositionLearner.point!("zero", at({ outputWeight, weightDecay }));
      const { hessian } = populationObjective({ c: 6, r: 2, outputWeights: [1, 1, 1, 1, 1, outputWeight] });
      const all = new Float64Array(18 * 18);
      hessian(w, all);
      const ofColumns = Float64Array.from({ length: 144 }, (_, i) => all[18 * Math.floor(i / 12) + (i % 12)]);
      expect(Math.min(...symmetricEigenvalues(ofColumns, 12))).toBeCloseTo(-weightDecay, 12);
      // Nor do they come back from far away.
      for (let chain = 0; chain < 4; chain++) {
        const settings = at({ outputWeight, weightDecay: 1.05 * weightDecay, start: "R" });
        const own = start(settings, { seed: 1, chain });
        descend({
          gradients: fullBatch(objective(settings, address)),
          optimiser: gradientDescent({ stepSize: 0.3 }),
          w: own,
          checkpoints: [4000],
          visit: () => {},
        });
        expect(norm(own.subarray(0, 12))).toBeLessThan(1e-3);
      }
    },
  );

  test("is the length of the last column while the 6-gon has the lower loss", () => {
    const predicted = (outputWeight: number) => order.theory!(at({ outputWeight }), "outputWeight");
    expect(predicted(1)).toBeCloseTo(1.320526, 5);
    expect(predicted(0.6)).toBe(0);
    expect(predicted(0.2)).toBeNull();
    expect(critical!(at()).outputWeight![0]).toBeCloseTo(0.6581978, 6);
  });
});
