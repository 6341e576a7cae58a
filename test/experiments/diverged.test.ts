import { describe, expect, test } from "vitest";
import type { Tracer } from "../../src/engine/graph/tracer.ts";
import { type Inputs, model } from "../../src/engine/model.ts";
import { checkExperiment, type Experiment } from "../../src/experiments/experiment.ts";
import { train, trainEnsemble } from "../../src/experiments/train.ts";
import { trainer } from "../../src/experiments/trainer.ts";
import { adam } from "../../src/learning/adam.ts";
import { gradientDescent } from "../../src/learning/gradient-descent.ts";
import { piecewiseLinear } from "../../src/learning/schedules.ts";
import { messageOf as thrownMessage } from "../support/message-of.ts";

const messageOf = (act: () => unknown): string => thrownMessage(act, "diverged");

/** The line of this file on which this is called. */
const lineHere = (): number => Number(/diverged\.test\.ts:(\d+):/.exec(new Error().stack!.split("\n")[2])![1]);

const experiment = (
  define: (m: Tracer, inputs: Inputs) => ReturnType<Tracer["sum"]>,
  more: Partial<Experiment> = {},
): Experiment => ({
  model: model(define),
  data: { x: [1, 2, 3] },
  optimiser: gradientDescent({ stepSize: 0.1 }),
  steps: 1000,
  ...more,
});

describe("a step size that is too large", () => {
  // L = mean x^2 w^2, so w <- (1 - 2 rate mean x^2) w, and the loss grows by the square of that every step.
  const growing = (precision: "f32" | "f64", rate: number, more: Partial<Experiment> = {}) =>
    experiment((m, { x }) => m.mean(m.square(m.mul(m.parameter("w", [], 1), x))), {
      precision,
      optimiser: gradientDescent({ stepSize: rate }),
      ...more,
    });
  // mean x^2 = 14 / 3; at rate 1 the factor of the loss is (1 - 28 / 3)^2.
  const firstInfinite = (limit: number) => Math.ceil((Math.log(limit) - Math.log(14 / 3)) / (2 * Math.log(28 / 3 - 1)));

  test.each([
    ["f32", 2 ** 128],
    ["f64", Number.MAX_VALUE],
  ] as const)(
    "ends the run in %s at the first step whose loss is not finite, with array, line and setting",
    (precision, limit) => {
      const message = messageOf(() => train(growing(precision, 1)));
      // Some square overflows before their mean does.
      const step = Number(/^loss is Infinity at step (\d+): /.exec(message)![1]);
      expect(Math.abs(step - firstInfinite(limit))).toBeLessThanOrEqual(1);
      expect(message).toMatch(
        /: mul at diverged\.test\.ts:\d+:\d+ is the first array that is not finite: Infinity at \[[0-2]\]\. Lower the step size \(1 of gradient descent\), clip the gradient, or start closer to 0$/,
      );
    },
  );

  test("is reported as it was at that step, for each optimiser", () => {
    const rates = piecewiseLinear([
      [0, 0.01],
      [20, 0.01],
      [21, 50],
    ]);
    const message = messageOf(() =>
      train(
        growing("f32", 1, {
          optimiser: [{ parameters: "w", optimiser: gradientDescent({ stepSize: rates }) }],
        }),
      ),
    );
    expect(message).toContain("Lower the step size (50 of gradient descent)");
  });

  test("is found alike in the middle of a call of the program and behind many calls", () => {
    const step = (checkpoints: number[]) =>
      /at step (\d+)/.exec(messageOf(() => train({ ...growing("f32", 1), checkpoints })))![1];
    expect(new Set([[], [1], [10, 11], [3, 20, 21]].map(step)).size).toBe(1);
    // 1 - 2 rate mean x^2 = -1.05: slow, over several calls of 256 steps.
    const slow = messageOf(() => train({ ...growing("f32", 2.05 / (28 / 3)), checkpoints: [700] }));
    const expected = (Math.log(2 ** 128) - Math.log(14 / 3)) / (2 * Math.log(1.05));
    expect(Math.abs(Number(/at step (\d+)/.exec(slow)![1]) - expected)).toBeLessThan(30);
  });

  test("of one member of an ensemble names the chain", () => {
    const tilted = experiment((m, { x }) => m.mean(m.mul(x, m.square(m.square(m.parameter("w", [], { normal: 1 }))))), {
      optimiser: gradientDescent({ stepSize: 0.1 }),
    });
    const message = messageOf(() => trainEnsemble(tilted, { chains: 8, seed: 1 }));
    const chain = Number(/^loss of chain (\d) is/.exec(message)![1]);
    const alone = trainer(checkExperiment(tilted), { seed: 1, from: chain, count: 1 });
    expect(messageOf(() => alone.advance(1000)).replace(/ of chain \d/, "")).toBe(message.replace(/ of chain \d/, ""));
  });
});

describe("the first array that is not finite is named with its line", () => {
  test("in the loss, before any step was made", () => {
    let line = 0;
    const message = messageOf(() =>
      train(
        experiment((m, { x }) => {
          const w = m.parameter("w", [], 1);
          const shifted = m.sub(m.mul(w, x), 2);
          line = lineHere() + 1;
          const logarithm = m.log(shifted);
          return m.mean(m.square(logarithm));
        }),
      ),
    );
    // log(-1) is not a number, log(0) is minus infinity.
    expect(message).toMatch(/^loss is NaN at step 0: /);
    expect(message).toContain(
      `log at diverged.test.ts:${line}:31 is the first array that is not finite: NaN at [0]. No step was made before: change the model there`,
    );
  });

  test("in the derivative, where the loss itself is finite", () => {
    let line = 0;
    const message = messageOf(() =>
      train(
        experiment((m, { x }) => {
          const w = m.parameter("w", [3], [4, 0, 9]);
          line = lineHere() + 1;
          const root = m.sqrt(w);
          return m.mean(m.mul(root, x));
        }),
      ),
    );
    // d sqrt(w) / d w = 1 / (2 sqrt(0)).
    expect(message).toMatch(/^w\[1\] is -Infinity after step 0: /);
    expect(message).toContain(
      `, in the derivative of diverged.test.ts:${line}:26, is the first array that is not finite: Infinity at [1]`,
    );
  });

  test("in what the optimiser keeps, where parameters and loss stay finite", () => {
    // The square of the gradient overflows in single precision: Adam would divide by infinity and stand still.
    const message = messageOf(() =>
      train(
        experiment((m, { x }) => m.mean(m.mul(m.mul(m.parameter("w", [2, 1], 1), 1e25), x)), {
          optimiser: adam({ stepSize: 0.01 }),
        }),
      ),
    );
    expect(message).toMatch(
      /^w: square\[0,0\] is Infinity after step 0: mul of the optimiser is the first array that is not finite/,
    );
  });

  test("at the very last step, after which no loss would show it", () => {
    const message = messageOf(() =>
      train(experiment((m, { x }) => m.mean(m.mul(m.sqrt(m.parameter("w", [], 0)), x)), { steps: 1 })),
    );
    expect(message).toMatch(/^w is -Infinity after step 0: /);
  });

  test("with the draws of that member at that step", () => {
    // log of a standard normal number is no number for every other draw.
    const noisy = experiment((m, { x }) =>
      m.mean(m.mul(x, m.mul(m.parameter("w", []), m.log(m.add(2.5, m.normal([])))))),
    );
    const message = messageOf(() => train(noisy, { seed: 4 }));
    expect(message).toMatch(/^(loss|w) is NaN/);
    expect(message).toMatch(/log at diverged\.test\.ts:\d+:\d+ is the first array that is not finite: NaN\./);
  });

  test("in data too large for single precision", () => {
    const message = messageOf(() =>
      train(experiment((m, { x }) => m.mean(m.mul(m.parameter("w", [], 1), x)), { data: { x: [1, 1e39, 2] } })),
    );
    expect(message).toContain(
      "input x is the first array that is not finite: Infinity at [1]. No step was made before",
    );
  });

  test("with the minibatch of that step", () => {
    // Only sample 5 is not in the domain of the root.
    const x = [1, 2, 3, 4, 5, -1, 7];
    const rooted = (m: Tracer, { x }: Inputs) => m.mean(m.sqrt(m.mul(x, m.parameter("w", [], 1))));
    const message = messageOf(() => train(experiment(rooted, { data: { x }, batch: 2, steps: 20 }), { seed: 5 }));
    expect(message).toMatch(
      /^loss is NaN at step \d: sqrt at diverged\.test\.ts:\d+:\d+ is the first array that is not finite: NaN at \[[01]\]\./,
    );
  });
});

describe("an evaluation that is not finite", () => {
  const rooted = (m: Tracer, { x }: Inputs) => m.mean(m.sqrt(m.mul(x, m.parameter("w", [], 1))));

  test("on test data names the step, the array with its line, and the setting", () => {
    const own = experiment(rooted, { test: { x: [1, -1] }, steps: 5, checkpoints: [3] });
    const message = messageOf(() => train(own, { visit: ({ evaluate }) => void evaluate() }));
    expect(message).toMatch(
      /^step 3: test data: loss on 2 samples is NaN: sqrt at diverged\.test\.ts:\d+:\d+ is the first array that is not finite: NaN at \[1\]\. Lower the step size \(0\.1 of gradient descent\)/,
    );
  });

  test("of a member of an ensemble names the chain", () => {
    const own = experiment(rooted, { test: { x: [1, -1] }, steps: 5 });
    const visit = ({ chain, evaluate }: { chain: number; evaluate(): unknown }) => void (chain === 2 && evaluate());
    expect(messageOf(() => trainEnsemble(own, { chains: 3, visit }))).toMatch(
      /^step 0 of chain 2: test data: .*No step was made before/,
    );
  });

  test("after training is reported without them", () => {
    const trained = train(experiment(rooted, { steps: 5 }));
    expect(messageOf(() => trained.evaluate({ x: [-1] }))).toMatch(/^loss on 1 samples is NaN: sqrt at /);
  });
});

test("a run that was ended leaves the same losses as one that ended before", () => {
  const growing = experiment((m, { x }) => m.mean(m.square(m.mul(m.parameter("w", [], 1), x))), {
    optimiser: gradientDescent({ stepSize: 1 }),
  });
  const losses: (number | undefined)[] = [];
  expect(() => train({ ...growing, checkpoints: [10] }, { visit: ({ loss }) => void losses.push(loss) })).toThrow();
  expect(losses).toEqual([train({ ...growing, steps: 10 }).loss[9]]);
});
