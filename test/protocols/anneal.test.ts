import { describe, expect, test } from "vitest";
import { defaultsOf, type Settings } from "../../src/contracts/field.ts";
import { learner } from "../../src/contracts/learner.ts";
import type { Protocol, RunRecord } from "../../src/contracts/protocol.ts";
import { invalid, LandauError } from "../../src/errors.ts";
import { anneal, sweepTable } from "../../src/protocols/anneal.ts";
import { quadratic } from "../learning/quadratic.ts";

/** L = (w - x)^2 / 2 at the control x: at a step size of 1 the state is x after one step. */
const following = learner({
  controls: {
    x: { kind: "number", summary: "where the minimum is", default: 0 },
    stiffness: { kind: "number", summary: "curvature", default: 1 },
  },
  sweeps: { x: { from: 1, to: 3 }, stiffness: { from: 1, to: 3 } },
  stepSize: 1,
  check: ({ stiffness }) => {
    if (!(stiffness > 0)) throw invalid("stiffness", stiffness, "a positive number");
  },
  objective: ({ x, stiffness }) => {
    const well = quadratic([stiffness]);
    const from = (w: Float64Array) => Float64Array.of(w[0] - x);
    return {
      ...well,
      loss: w => well.loss(from(w)),
      lossAndGradient: (w, gradient) => well.lossAndGradient(from(w), gradient),
    };
  },
  start: (_, { chain }) => Float64Array.of(100 + chain),
  observe: ({ x }, w) => ({ order: w[0], target: x, label: w[0] > 2 ? "high" : "low" }),
  order: { label: "w", theory: ({ x }) => x },
  phases: () => [{ label: "low", loss: 0 }],
  small: {},
});
const follower: Protocol = anneal(following);

const run = (changed: Settings, chain = 0) => {
  const defaults = defaultsOf(follower.settings);
  const records: RunRecord[] = [];
  const fractions: number[] = [];
  follower.run(
    { settings: { ...defaults, values: 3, steps: 1, settle: 0, kick: 0, ...changed }, seed: 5, chain },
    {
      record: (kind, fields) => void records.push({ kind, chain, ...fields }),
      snapshot: () => {},
      save: () => {},
      saved: undefined,
      progress: fraction => void fractions.push(fraction),
    },
  );
  return { sweeps: records.filter(({ kind }) => kind === "sweep"), records, fractions };
};

describe("anneal", () => {
  test("carries the state from value to value: each multiplies it by (1 - stepSize a)^steps", () => {
    const { sweeps } = run({ control: "stiffness", x: 0, from: 1, to: 3, steps: 2, stepSize: 0.125 });
    let expected = 100;
    for (const { control, order, loss } of sweeps) {
      const a = control as number;
      expected *= (1 - 0.125 * a) ** 2;
      expect(order).toBeCloseTo(expected, 11);
      // The loss at the end of the steps, at that value.
      expect(loss).toBeCloseTo(0.5 * a * expected * expected, 9);
    }
    expect(sweeps).toHaveLength(6);
  });

  test("says at which value descent was lost, and what to lower", () => {
    expect(() => run({ steps: 2000, stepSize: 2.5 })).toThrow(
      new LandauError("diverged", "descent leaves the finite numbers at x = 1 with stepSize 2.5: needs a smaller one"),
    );
  });

  test("sweeps up through the values and down again, and records what the system shows at each", () => {
    const { sweeps, records } = run({});
    expect(sweeps.map(({ direction, control }) => [direction, control])).toEqual([
      ["up", 1],
      ["up", 2],
      ["up", 3],
      ["down", 3],
      ["down", 2],
      ["down", 1],
    ]);
    // The state has followed, the system saw the control of the moment, and the loss is that of the end of the stage.
    for (const { control, order, target, loss } of sweeps) {
      expect(order).toBe(control);
      expect(target).toBe(control);
      expect(loss).toBe(0);
    }
    expect(records.at(-1)).toMatchObject({ kind: "final", control: 1, order: 1, label: "low" });
  });

  test("sweeps the control that is named, the first by default", () => {
    const { sweeps } = run({ control: "stiffness", x: 7, from: 0.5, to: 1 });
    expect(sweeps.map(({ control }) => control)).toEqual([0.5, 0.75, 1, 1, 0.75, 0.5]);
    for (const { target } of sweeps) expect(target).toBe(7);
    // (100 - 7) (1 - 0.5) (1 - 0.75), then exactly there.
    expect(sweeps.map(({ order }) => (order as number) - 7).slice(0, 3)).toEqual([46.5, 11.625, 0]);
    expect(follower.settings.control).toMatchObject({ default: "x", choices: ["x", "stiffness"] });
  });

  test("each further pace is four times slower and begins from the start anew", () => {
    const { sweeps } = run({ paces: 3, steps: 2, stepSize: 0.5 });
    expect([...new Set(sweeps.map(({ pace }) => pace))]).toEqual([2, 8, 32]);
    for (const pace of [2, 8, 32]) {
      const [first] = sweeps.filter(each => each.pace === pace);
      expect((first.order as number) - 1).toBe(99 * 0.5 ** pace);
    }
  });

  test("settles at the first value before a sweep, without records", () => {
    const { sweeps } = run({ settle: 3, stepSize: 0.5 });
    expect(sweeps).toHaveLength(6);
    expect((sweeps[0].order as number) - 1).toBe(99 * 0.5 ** 4);
  });

  test("kicks on the way back only, each chain and stage with noise of its own", () => {
    // Steps so small that a state stays where it is put.
    const still = { stepSize: 1e-9, kick: 0.1 };
    const orders = (chain: number) => run(still, chain).sweeps.map(({ order }) => (order as number) - 100 - chain);
    const kicks = orders(0);
    for (const moved of kicks.slice(0, 3)) expect(Math.abs(moved)).toBeLessThan(1e-5);
    const jumps = [3, 4, 5].map(i => kicks[i] - kicks[i - 1]);
    for (const jump of jumps) expect(Math.abs(jump)).toBeGreaterThan(1e-4);
    expect(new Set(jumps.map(jump => jump.toFixed(6))).size).toBe(3);
    expect(orders(0)).toEqual(kicks);
    expect(orders(1)[3]).not.toBeCloseTo(kicks[3], 4);
  });

  test("tells how far it is, up to 1", () => {
    const { fractions } = run({ paces: 2 });
    expect(fractions).toHaveLength(12);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(fractions.at(-1)).toBe(1);
  });

  test("passes on what the system refuses", () => {
    expect(() => follower.check?.({ stiffness: -1 })).toThrow(/stiffness/);
  });
});

test("records of sweeps become rows of the instrument's table", () => {
  const { sweeps } = run({}, 4);
  expect(sweepTable(sweeps.slice(2, 4) as never)).toEqual([
    { control: 3, pace: 1, direction: "up", chain: 4, samples: [3], phase: "high" },
    { control: 3, pace: 1, direction: "down", chain: 4, samples: [3], phase: "high" },
  ]);
});
