import { describe, expect, test } from "vitest";
import type { SampledObjective } from "../../../../src/contracts/objective.ts";
import { descend } from "../../../../src/learning/descend.ts";
import { gradientDescent } from "../../../../src/learning/gradient-descent.ts";
import { minibatches } from "../../../../src/learning/gradients.ts";
import { type HeavyBallSettings, heavyBall } from "../../../../src/learning/heavy-ball.ts";
import type { Optimiser } from "../../../../src/learning/optimiser.ts";
import { warmUp } from "../../../../src/learning/schedules.ts";
import { datasetFromJson, drawDataset } from "../../../../src/systems/superposition/model/dataset.ts";
import { denseLossAndGradient } from "../../../../src/systems/superposition/model/dense.ts";
import { empiricalObjective } from "../../../../src/systems/superposition/model/empirical.ts";
import { toFlat } from "../../../../src/systems/superposition/model/layout.ts";
import { excess, golden } from "./golden.ts";
import { distance, evaluate, randomPoint, randomStream } from "./numerical.ts";

interface Step {
  dataset: { c: number; feature: number[]; amp: number[] };
  W: number[][];
  b: number[];
  batch: number[];
  lr: number;
}

test.each(golden<Step, { W1: number[][]; b1: number[] }>("sgd-step"))(
  "descent step, reference $name",
  ({ input, expected }) => {
    const w = toFlat(input);
    const gradient = new Float64Array(w.length);
    const { batch, lr } = input;
    empiricalObjective(datasetFromJson(input.dataset), input.W.length).batchLossAndGradient(
      w,
      gradient,
      Int32Array.from(batch),
      0,
      batch.length,
    );
    expect(
      excess(
        w.map((value, i) => value - lr * gradient[i]),
        [...expected.W1.flat(), ...expected.b1],
      ),
    ).toBeLessThanOrEqual(1e-10);
  },
);

describe.each([
  [4, 1],
  [6, 2],
  [7, 3],
])("c = %d, r = %d", (c, r) => {
  const random = randomStream(`minibatch ${c} ${r}`);
  const n = 500;
  const data = drawDataset(random, { c, n });
  const objective = empiricalObjective(data, r);
  const order = Int32Array.from({ length: n }, (_, m) => m);
  random.shuffle(order);

  test("a batch is the dense mean over the samples it names", () => {
    for (let from = 0; from + 20 <= n; from += 20) {
      const w = randomPoint(random, { c, r });
      const [fast, plain] = [new Float64Array(w.length).fill(9), new Float64Array(w.length)];
      const loss = objective.batchLossAndGradient(w, fast, order, from, from + 20);
      expect(Math.abs(loss - denseLossAndGradient(data, r, w, plain, order.slice(from, from + 20)))).toBeLessThan(
        1e-13 * (1 + loss),
      );
      expect(distance(fast, plain)).toBeLessThan(1e-13 * (1 + loss));
    }
  });

  test("the batch of all samples is the full loss", () => {
    const w = randomPoint(random, { c, r });
    const batch = new Float64Array(w.length);
    const loss = objective.batchLossAndGradient(w, batch, order, 0, n);
    const full = evaluate(objective, w);
    expect(Math.abs(loss - full.loss)).toBeLessThan(1e-12);
    expect(distance(batch, full.gradient)).toBeLessThan(1e-12);
  });
});

test("an empty batch, or one outside the order, is refused", () => {
  const objective = empiricalObjective(drawDataset(randomStream("bad batch"), { c: 4, n: 10 }), 2);
  const order = Int32Array.from({ length: 10 }, (_, m) => m);
  const [w, gradient] = [new Float64Array(12), new Float64Array(12)];
  for (const [from, to] of [
    [3, 3],
    [0, 11],
    [-1, 2],
    [5, 4],
  ])
    expect(() => objective.batchLossAndGradient(w, gradient, order, from, to)).toThrow(
      `to is ${to}: needs a batch order[from..to-1]`,
    );
});

describe("steps, many at once, are those one after the other", () => {
  const random = randomStream("many steps");
  const data = drawDataset(random, { c: 6, n: 103 });
  const objective = empiricalObjective(data, 2);
  const start = randomPoint(random, { c: 6, r: 2 });
  const { batchSteps: _, ...stepByStep } = objective;
  const rule = { stepSize: 0.05, momentum: 0.9 };

  /** All that a descent on batches of ten leaves at its checkpoints, from a point that is `scale` times as large. */
  const descent = (of: SampledObjective, optimiser: Optimiser, scale = 1) => {
    const seen: (number | readonly number[])[] = [];
    let error = "";
    try {
      descend({
        gradients: minibatches(of, { batch: 10, seed: 3, chain: 1 }),
        optimiser,
        w: start.map(value => scale * value),
        // Within an epoch of eleven steps, at its end, and several later.
        checkpoints: [0, 4, 11, 40],
        visit: ({ step, w, state }) => void seen.push(step, [...w], [...((state.velocity ?? []) as Float64Array)]),
      });
    } catch (cause) {
      error = (cause as Error).message;
    }
    return { seen, error };
  };

  test.each([
    ["momentum", heavyBall(rule)],
    ["Nesterov's", heavyBall({ ...rule, nesterov: true })],
    ["momentum and a penalty", heavyBall({ ...rule, nesterov: true, l2: 0.1 })],
    ["momentum of nothing", heavyBall({ ...rule, momentum: 0 })],
    ["gradient descent", gradientDescent({ stepSize: 0.05 })],
    ["gradient descent and a penalty", gradientDescent({ stepSize: 0.05, l2: 0.1 })],
  ])("%s", (_, optimiser) => {
    const many = descent(objective, optimiser);
    expect(many).toEqual(descent(stepByStep, optimiser));
    expect(many.seen.length).toBe(12);
  });

  test("up to the step at which the loss leaves the finite numbers", () => {
    const wild = heavyBall({ ...rule, stepSize: 30 });
    const many = descent(objective, wild, 3);
    expect(many).toEqual(descent(stepByStep, wild, 3));
    expect(many.error).toMatch(/^loss is \S+ at step \d+ of heavy ball/);
  });

  test("are made where there are steps of one size in two hidden dimensions", () => {
    const calls = (settings: HeavyBallSettings, r: number) => {
      const own = empiricalObjective(data, r);
      let count = 0;
      const { batchSteps } = own;
      const watched = batchSteps && {
        batchSteps: (...given: Parameters<typeof batchSteps>) => {
          count++;
          return batchSteps(...given);
        },
      };
      const w = randomPoint(random, { c: 6, r });
      const gradients = minibatches({ ...own, ...watched }, { batch: 10, seed: 3, chain: 1 });
      descend({ gradients, optimiser: heavyBall(settings), w, checkpoints: [33], visit: () => {} });
      return count;
    };
    expect([
      calls(rule, 2),
      calls(rule, 3),
      calls({ ...rule, stepSize: warmUp({ stepSize: 0.05, steps: 5 }) }, 2),
    ]).toEqual([3, 0, 0]);
  });
});
