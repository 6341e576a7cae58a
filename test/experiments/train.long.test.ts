import { describe, expect, test } from "vitest";
import type { Experiment } from "../../src/experiments/experiment.ts";
import { train } from "../../src/experiments/train.ts";
import { adam } from "../../src/learning/adam.ts";
import { gradientDescent } from "../../src/learning/gradient-descent.ts";
import { heavyBall } from "../../src/learning/heavy-ball.ts";
import type { OptimiserChoice } from "../../src/learning/parameter-groups.ts";
import { cosineDecay, stepDecay, warmUp } from "../../src/learning/schedules.ts";
import { bigram, type PlainModel, perceptron, type Values, valuesOf } from "./plain-models.ts";
import {
  type PlainTraining,
  type PlainUpdate,
  plainAdam,
  plainDescent,
  plainMomentum,
  plainTraining,
} from "./plain-training.ts";

/** The largest distance between two runs, in units of the largest entry of each array. */
const distance = (found: Values, expected: Values): number => {
  expect(Object.keys(found).sort()).toEqual(Object.keys(expected).sort());
  return Math.max(
    ...Object.entries(expected).map(([name, values]) => {
      expect(found[name].length).toBe(values.length);
      const size = Math.max(...values.map(Math.abs));
      return Math.max(...values.map((value, i) => Math.abs(value - found[name][i]) / size));
    }),
  );
};

/** Trains a model both ways from the same start; returns how far losses and parameters are apart. */
const compare = (
  plain: PlainModel,
  optimiser: OptimiserChoice,
  update: PlainTraining["update"],
  { seed = 3, ...settings }: Omit<PlainTraining, "update"> & Partial<Experiment> = { steps: 60 },
) => {
  let start: Values = {};
  const { loss, parameters } = train(
    { model: plain.model, data: plain.data, optimiser, precision: "f64", ...settings },
    {
      seed,
      visit({ step, parameters }) {
        if (step === 0) start = valuesOf(parameters());
      },
    },
  );
  const expected = plainTraining(plain, start, { ...settings, seed, update });
  expect(loss.length).toBe(settings.steps);
  // A run that learns nothing would prove nothing.
  expect(expected.losses.at(-1)).not.toBeCloseTo(expected.losses[0], 2);
  return Math.max(
    distance({ loss }, { loss: Float64Array.from(expected.losses) }),
    distance(valuesOf(parameters), expected.w),
  );
};

const fixed = (rate: number) => () => rate;
const cosine = (t: number) => 0.001 + (0.05 - 0.001) * (0.5 * (1 + Math.cos((Math.PI * Math.min(t, 40)) / 40)));
const optimisers: [string, OptimiserChoice, PlainUpdate][] = [
  ["gradient descent", gradientDescent({ stepSize: 0.05 }), plainDescent(fixed(0.05))],
  ["gradient descent with l2", gradientDescent({ stepSize: 0.05, l2: 0.1 }), plainDescent(fixed(0.05), 0.1)],
  ["momentum", heavyBall({ stepSize: 0.02, momentum: 0.9 }), plainMomentum(fixed(0.02), 0.9)],
  [
    "Nesterov's momentum with l2",
    heavyBall({ stepSize: 0.02, momentum: 0.9, nesterov: true, l2: 0.1 }),
    plainMomentum(fixed(0.02), 0.9, { nesterov: true, l2: 0.1 }),
  ],
  ["Adam", adam({ stepSize: 0.01 }), plainAdam(fixed(0.01))],
  [
    "Adam with other memories and l2",
    adam({ stepSize: 0.01, beta1: 0.7, beta2: 0.9, epsilon: 1e-3, l2: 0.1 }),
    plainAdam(fixed(0.01), { beta1: 0.7, beta2: 0.9, epsilon: 1e-3, l2: 0.1 }),
  ],
  ["AdamW", adam({ stepSize: 0.01, weightDecay: 0.5 }), plainAdam(fixed(0.01), { weightDecay: 0.5 })],
  [
    "a cosine",
    gradientDescent({ stepSize: cosineDecay({ stepSize: 0.05, steps: 40, end: 0.001 }) }),
    plainDescent(cosine),
  ],
  [
    "a warm-up before a cosine",
    adam({ stepSize: warmUp({ steps: 7, stepSize: cosineDecay({ stepSize: 0.05, steps: 40, end: 0.001 }) }) }),
    plainAdam(t => (t < 7 ? ((t + 1) / 7) * 0.05 : cosine(t - 7))),
  ],
  [
    "a staircase",
    heavyBall({ stepSize: stepDecay({ stepSize: 0.05, factor: 0.5, every: 20 }), momentum: 0.5 }),
    plainMomentum(t => 0.05 * 0.5 ** Math.floor(t / 20), 0.5),
  ],
];

// Sixty steps in float64: rounding, not agreement, is what is left.
const TIGHT = 1e-11;

describe("training goes as a loop over plain numbers", () => {
  // Three hidden units run as one loop over samples, forty as products of matrices.
  const narrow = perceptron(3, 37);
  const wide = perceptron(40, 37);
  const lookup = bigram(7, 4, 9, 50);

  test.each(optimisers)("with %s", (_, optimiser, update) => {
    for (const plain of [narrow, wide, lookup]) expect(compare(plain, optimiser, update)).toBeLessThan(TIGHT);
  });

  test("on minibatches that do not divide the samples, across epochs", () => {
    for (const plain of [narrow, wide, lookup])
      for (const batch of [1, 10, plain.samples])
        for (const [, optimiser, update] of [optimisers[0], optimisers[6]])
          expect(compare(plain, optimiser, update, { steps: 60, batch, seed: 8 })).toBeLessThan(TIGHT);
  });

  test("with the gradient bounded by its length or entry by entry", () => {
    for (const clip of [{ norm: 0.3 }, { value: 0.05 }])
      for (const plain of [narrow, wide, lookup])
        expect(
          compare(plain, gradientDescent({ stepSize: 0.5 }), plainDescent(fixed(0.5)), { steps: 60, clip }),
        ).toBeLessThan(TIGHT);
  });

  test("with optimisers for groups of parameters, each with its own schedule", () => {
    const decaying = stepDecay({ stepSize: 0.05, factor: 0.5, every: 20 });
    const groups: OptimiserChoice = [
      { parameters: "in.*", optimiser: adam({ stepSize: 0.01, weightDecay: 0.1 }) },
      { parameters: "out.bias", optimiser: gradientDescent({ stepSize: decaying }) },
      { parameters: "*", optimiser: heavyBall({ stepSize: 0.01, momentum: 0.9 }) },
    ];
    const inner = plainAdam(fixed(0.01), { weightDecay: 0.1 });
    const update = {
      "in.weight": inner,
      "in.bias": inner,
      "out.bias": plainDescent(t => 0.05 * 0.5 ** Math.floor(t / 20)),
      "out.weight": plainMomentum(fixed(0.01), 0.9),
    };
    for (const plain of [narrow, wide])
      for (const batch of [undefined, 10])
        expect(compare(plain, groups, update, { steps: 60, batch })).toBeLessThan(TIGHT);
  });

  test("with one optimiser in two groups, which counts each step once", () => {
    const shared = adam({ stepSize: cosineDecay({ stepSize: 0.05, steps: 40, end: 0.001 }) });
    const groups: OptimiserChoice = [
      { parameters: "in.*", optimiser: shared },
      { parameters: "*", optimiser: shared },
    ];
    expect(compare(narrow, groups, plainAdam(cosine))).toBeLessThan(TIGHT);
  });

  test("over more steps than one call of the program makes", () => {
    expect(
      compare(narrow, gradientDescent({ stepSize: 0.05 }), plainDescent(fixed(0.05)), { steps: 600, batch: 10 }),
    ).toBeLessThan(1e-9);
  });
});

test("single precision follows float64 within its rounding", () => {
  const { model, data } = perceptron(3, 37);
  const run = (precision: "f32" | "f64") =>
    train({ model, data, optimiser: gradientDescent({ stepSize: 0.05 }), steps: 60, precision }).loss;
  const [single, double] = [run("f32"), run("f64")];
  single.forEach((loss, step) => {
    expect(Math.abs(loss / double[step] - 1)).toBeLessThan(1e-5);
    expect(loss).toBe(Math.fround(loss));
  });
});

test("the same seed gives the same bits, another seed another run", () => {
  const { model, data } = perceptron(3, 37);
  const experiment: Experiment = { model, data, optimiser: adam({ stepSize: 0.01 }), steps: 50, batch: 5 };
  const first = train(experiment, { seed: 1 });
  expect(train(experiment, { seed: 1 })).toEqual({ ...first, evaluate: expect.any(Function) });
  expect(train(experiment, { seed: 2 }).loss).not.toEqual(first.loss);
  expect(train(experiment).loss).toEqual(train(experiment, { seed: 0 }).loss);
});
