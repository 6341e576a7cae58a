import { describe, expect, test } from "vitest";
import { model } from "../../src/engine/model.ts";
import { checkExperiment, type Experiment } from "../../src/experiments/experiment.ts";
import { type Trainer, trainer } from "../../src/experiments/trainer.ts";
import { adam } from "../../src/learning/adam.ts";
import { heavyBall } from "../../src/learning/heavy-ball.ts";
import { cosineDecay } from "../../src/learning/schedules.ts";
import { perceptron } from "./plain-models.ts";

const members = { seed: 6, from: 2, count: 3 };

const all = (running: Trainer) =>
  [0, 1, 2].map(member => ({ loss: running.losses(member).slice(), parameters: running.parameters(member) }));

describe.each(["f32", "f64"] as const)("saved and restored in %s, training goes on bit for bit", precision => {
  test.each<[string, Partial<Experiment>]>([
    [
      "with moments, corrections and a schedule",
      { optimiser: adam({ stepSize: cosineDecay({ stepSize: 0.05, steps: 250 }) }) },
    ],
    [
      "with groups of optimisers",
      {
        optimiser: [
          { parameters: "in.*", optimiser: adam({ stepSize: 0.02, weightDecay: 0.1 }) },
          { parameters: "*", optimiser: heavyBall({ stepSize: 0.01, momentum: 0.9 }) },
        ],
      },
    ],
    ["on the whole data", { batch: undefined }],
    ["with the gradient bounded", { clip: { norm: 0.1 } }],
  ])("%s", (_, more) => {
    const { model, data } = perceptron(6, 30);
    const experiment = checkExperiment({
      model,
      data,
      optimiser: heavyBall({ stepSize: 0.01, momentum: 0.9 }),
      steps: 400,
      batch: 7,
      precision,
      ...more,
    });
    const whole = trainer(experiment, members);
    whole.advance(400);
    const first = trainer(experiment, members);
    // Between calls of the program, and in the middle of one; in the middle of an epoch, and at its start.
    for (const step of [1, 30, 256, 300]) {
      first.advance(step);
      const saved = structuredClone(first.save());
      const again = trainer(experiment, members);
      again.restore(saved);
      expect(again.step).toBe(step);
      expect(all(again)).toEqual(all(first));
      again.advance(400);
      expect(all(again)).toEqual(all(whole));
    }
  });
});

test("a visitor sees every step before it is made: its loss, and outputs of the model for each member", () => {
  const { data } = perceptron(3, 20);
  const doubled = model((m, { x, y }) => {
    const w = m.parameter("w", [2, 1]);
    return { loss: m.squaredError(m.matmul(x, w), y), twice: m.mul(2, w) };
  });
  const experiment = checkExperiment({ model: doubled, data, optimiser: adam({ stepSize: 0.02 }), steps: 300 });
  const watched = trainer(experiment, { seed: 6, from: 0, count: 2 }, { outputs: ["twice"] });
  const seen: { readonly step: number; readonly losses: number[]; readonly twice: Float64Array[] }[] = [];
  const visit: Parameters<typeof watched.advance>[1] = ({ step, loss, output }) =>
    seen.push({ step, losses: [loss(0), loss(1)], twice: [output("twice", 0), output("twice", 1)] });
  const before = watched.parameters(1);
  watched.advance(10, visit);
  const later = watched.parameters(1);
  watched.advance(300, visit);
  expect(seen.map(({ step }) => step)).toEqual(Array.from({ length: 300 }, (_, step) => step));
  for (const member of [0, 1]) expect(seen.map(({ losses }) => losses[member])).toEqual([...watched.losses(member)]);
  expect(seen[0].twice[1]).toEqual(before.w.data.map(value => 2 * value));
  expect(seen[10].twice[1]).toEqual(later.w.data.map(value => 2 * value));
});

test("members are addressed by their chain, wherever they are trained", () => {
  const { model, data } = perceptron(6, 30);
  const experiment = checkExperiment({ model, data, optimiser: adam({ stepSize: 0.02 }), steps: 50, batch: 7 });
  const some = trainer(experiment, members);
  some.advance(50);
  for (const chain of [2, 3, 4]) {
    const one = trainer(experiment, { seed: 6, from: chain, count: 1 });
    one.advance(50);
    expect(one.losses(0)).toEqual(some.losses(chain - 2));
    expect(one.parameters(0)).toEqual(some.parameters(chain - 2));
  }
});
