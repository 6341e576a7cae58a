import { describe, expect, test } from "vitest";
import type { Settings } from "../../../src/contracts/field.ts";
import type { Json } from "../../../src/contracts/json.ts";
import type { RecordOf } from "../../../src/contracts/protocol.ts";
import { type AnnealRecords, sweepTable } from "../../../src/protocols/anneal.ts";
import { branch } from "../../../src/protocols/records.ts";
import { modularAnneal } from "../../../src/systems/modular/learner.ts";
import { sizeOf, weightsOf } from "../../../src/systems/modular/model/layout.ts";
import { modularObjective } from "../../../src/systems/modular/model/objective.ts";
import { fullTable } from "../../../src/systems/modular/model/pairs.ts";
import { constantPhase } from "../../../src/systems/modular/theory/constant-phase.ts";
import { orderOfTransition } from "../../../src/transitions/order/index.ts";
import { recordsOf } from "../../support/host.ts";

type Sweep = RecordOf<AnnealRecords<{ trainLoss: number }>, "sweep">;

const swept = (changed: Settings): readonly Sweep[] =>
  recordsOf(modularAnneal, changed).filter(({ kind }) => kind === "sweep") as readonly Json[] as readonly Sweep[];

/** Loss with decay of one neuron with all entries s, from the network itself. */
const constantLoss = (p: number) => {
  const objective = modularObjective({ p, K: 1, pairs: fullTable(p, "add") });
  return (s: number, weightDecay: number): number =>
    objective.loss(new Float64Array(3 * p).fill(s)) + 1.5 * p * weightDecay * s * s;
};

describe("constant phase", () => {
  test.each([5, 7, 13])("p = %i: norm, loss and both critical decays, by search over the network's own loss", p => {
    const loss = constantLoss(p);
    const grid = Array.from({ length: 4001 }, (_, i) => (0.5 * i) / 4000);
    const { coexistence, spinodal } = constantPhase(p, 0);
    const inner = (weightDecay: number) =>
      grid.slice(1, -1).filter((s, i) => {
        const here = loss(s, weightDecay);
        return here < loss(grid[i], weightDecay) && here < loss(grid[i + 2], weightDecay);
      });
    const [s] = inner(0.5 * spinodal);
    const predicted = constantPhase(p, 0.5 * spinodal);
    expect(Math.sqrt(3 * p) * s).toBeCloseTo(predicted.norm, 2);
    expect(loss(s, 0.5 * spinodal)).toBeCloseTo(predicted.loss, 6);
    expect(inner(0.999 * spinodal)).toHaveLength(1);
    expect(inner(1.001 * spinodal)).toHaveLength(0);
    expect(loss(inner(0.999 * coexistence)[0], 0.999 * coexistence)).toBeLessThan(0.5);
    expect(loss(inner(1.001 * coexistence)[0], 1.001 * coexistence)).toBeGreaterThan(0.5);
  });

  test("a sweep of the whole network follows it to its spinodal and falls to zero", () => {
    const p = 5;
    const { spinodal } = constantPhase(p, 0);
    const records = swept({
      p,
      K: 3,
      start: "constant",
      from: 0.8 * spinodal,
      to: 1.04 * spinodal,
      values: 7,
      steps: 2000,
    });
    for (const { control, order, loss, label } of branch(records, "up")) {
      const predicted = constantPhase(p, control);
      // At the spinodal itself descent takes for ever.
      if (Math.abs(control / spinodal - 1) < 0.01) continue;
      expect(order).toBeCloseTo(predicted.norm, 6);
      expect(loss).toBeCloseTo(predicted.loss, 8);
      expect(label).toBe(predicted.psi === null ? "zero" : "constant");
    }
    for (const { label } of branch(records, "down")) expect(label).toBe("zero");
  });
});

test("the table is lost by a jump: generalised at weak decay, zero at strong, and no way back", () => {
  const records = swept({ p: 5, K: 14, from: 0.002, to: 0.2, values: 34, steps: 200, paces: 2 });
  const up = branch(records, "up");
  expect(up[0].label).toBe("generalised");
  expect(up.at(-1)?.label).toBe("zero");
  expect(orderOfTransition(sweepTable(records)).verdict).toBe("discontinuous");
});

test("on a part of the table a state is tested on the rest", () => {
  const [first] = swept({ trainFraction: 0.8, values: 2, steps: 1, settle: 0, spread: 1e-6 });
  expect(first).toMatchObject({ trainAccuracy: 1, testAccuracy: 1, label: "generalised" });
});

test("the start constant is one neuron of output 1/p", () => {
  const [first] = swept({
    start: "constant",
    K: 3,
    spread: 0,
    from: 1e-9,
    to: 1e-8,
    values: 2,
    steps: 1,
    settle: 0,
  });
  expect(first.trainLoss).toBeCloseTo(0.5 * (1 - 1 / 7), 8);
  const w = new Float64Array(sizeOf({ p: 7, K: 1 }));
  for (const rows of Object.values(weightsOf(w, { p: 7, K: 1 }))) rows.fill(first.order / Math.sqrt(21));
  expect(modularObjective({ p: 7, K: 1, pairs: fullTable(7, "add") }).loss(w)).toBeCloseTo(0.5 * (1 - 1 / 7), 8);
});

test.each([
  [{ op: "mul" }, /op is "mul": needs add/],
  [{ K: 5 }, /K is 5: needs at least 19 neurons/],
  [{ p: 9 }, /p is 9/],
])("%j is refused", (settings, message) => {
  expect(() => swept(settings)).toThrow(message);
});
