import { expect, test } from "vitest";
import { sampleOrder } from "../../src/experiments/sample-order.ts";
import { minibatches } from "../../src/learning/gradients.ts";

const settings = { samples: 10, batch: 4, seed: 7, chain: 2 };

test("every epoch takes each sample once, and batches go on across its end", () => {
  const order = sampleOrder(settings);
  const taken = Array.from({ length: 15 }, (_, step) => [...order(step)]).flat();
  for (let epoch = 0; epoch < 6; epoch++)
    expect(taken.slice(10 * epoch, 10 * epoch + 10).sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test("a step has the same samples however one comes to it", () => {
  const inTurn = sampleOrder(settings);
  for (const step of [0, 1, 2, 3, 4, 5, 6]) expect([...sampleOrder(settings)(step)]).toEqual([...inTurn(step)]);
  const back = sampleOrder(settings);
  back(6);
  expect([...back(2)]).toEqual([...sampleOrder(settings)(2)]);
});

test("other chains and seeds have other orders", () => {
  const first = [...sampleOrder({ ...settings, samples: 1000, batch: 1000 })(0)];
  expect([...sampleOrder({ ...settings, samples: 1000, batch: 1000, chain: 3 })(0)]).not.toEqual(first);
  expect([...sampleOrder({ ...settings, samples: 1000, batch: 1000, seed: 8 })(0)]).not.toEqual(first);
});

test("batches that divide the samples are the minibatches of descend", () => {
  const drawn: number[] = [];
  const gradients = minibatches(
    {
      parameters: [{ name: "w", shape: [1], offset: 0 }],
      size: 1,
      samples: 10,
      loss: () => 0,
      lossAndGradient: () => 0,
      batchLossAndGradient(_w, _gradient, order, from, to) {
        drawn.push(...order.subarray(from, to));
        return 0;
      },
    },
    { batch: 5, seed: 7, chain: 2 },
  );
  const order = sampleOrder({ ...settings, batch: 5 });
  const taken = Array.from({ length: 6 }, (_, step) => [...order(step)]).flat();
  for (let step = 0; step < 6; step++) gradients(new Float64Array(1), new Float64Array(1), step);
  expect(drawn).toEqual(taken);
});
