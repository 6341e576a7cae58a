import { describe, expect, test } from "vitest";
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
