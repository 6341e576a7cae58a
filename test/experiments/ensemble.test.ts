import { describe, expect, test } from "vitest";
import { model } from "../../src/engine/model.ts";
import { dataset } from "../../src/experiments/data.ts";
import { checkExperiment, type Experiment } from "../../src/experiments/experiment.ts";
import { stepProgram } from "../../src/experiments/step-program.ts";
import { train, trainEnsemble } from "../../src/experiments/train.ts";
import { trainer } from "../../src/experiments/trainer.ts";
import { adam } from "../../src/learning/adam.ts";
import { gradientDescent } from "../../src/learning/gradient-descent.ts";
import { bigram, perceptron } from "./plain-models.ts";

const xor: Experiment = {
  model: model((m, { x, y }) => m.squaredError(m.linear("out", m.tanh(m.linear("in", x, 2)), 1), y)),
  data: {
    x: [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ],
    y: [[0], [1], [1], [0]],
  },
  optimiser: gradientDescent({ stepSize: 0.3 }),
  steps: 80,
};
const noisy: Experiment = {
  ...xor,
  model: model((m, { x, y }) => {
    const hidden = m.tanh(m.add(m.linear("in", x, 2), m.mul(0.1, m.normal([4, 2]))));
    return m.squaredError(m.linear("out", hidden, 1), y);
  }),
};
const { model: net, data } = perceptron(5, 150);
const minibatches: Experiment = { model: net, data, optimiser: adam({ stepSize: 0.02 }), steps: 60, batch: 60 };
const { model: wide, data: wideData } = perceptron(40, 150);
const products: Experiment = { ...minibatches, model: wide, data: wideData };
const { model: lookup, data: text } = bigram(7, 4, 9, 150);
const tokens: Experiment = { ...minibatches, model: lookup, data: text };

/** Chain `chain` of a seed, trained by itself. */
const alone = (experiment: Experiment, seed: number, chain: number) => {
  const running = trainer(checkExperiment(experiment), { seed, from: chain, count: 1 });
  running.advance(experiment.steps);
  return { loss: running.losses(0), parameters: running.parameters(0) };
};

const CHAINS = 6;

const planOf = ({ model, optimiser, data, batch }: Experiment, chains: number) => {
  const settings = { optimiser, data: dataset(data), batch, precision: "f32" as const, chains, stepsPerCall: 1 };
  return stepProgram(model, settings).program.plan.lanes;
};

describe("each member of an ensemble is the same member trained alone", () => {
  test.each<[string, Experiment]>([
    ["a loop over samples", minibatches],
    ["products of matrices", products],
    ["lookups", tokens],
  ])("bit for bit, where both run as %s", (_, experiment) => {
    expect([planOf(experiment, 1), planOf(experiment, CHAINS)]).toEqual(["entries", "entries"]);
    const members = trainEnsemble(experiment, { chains: CHAINS, seed: 5 });
    expect(members.map(({ chain }) => chain)).toEqual([0, 1, 2, 3, 4, 5]);
    for (const { chain, loss, parameters } of members)
      expect({ loss, parameters }).toEqual(alone(experiment, 5, chain));
    expect(new Set(members.map(({ loss }) => loss[0])).size).toBe(CHAINS);
  });

  test.each<[string, Experiment]>([
    ["a tiny model", xor],
    ["a tiny model with noise of its own", noisy],
  ])("up to the order of sums in float64, where %s has its chains side by side", (_, experiment) => {
    expect([planOf(experiment, 1), planOf(experiment, CHAINS)]).toEqual(["entries", "chains"]);
    const double: Experiment = { ...experiment, precision: "f64" };
    for (const { chain, loss, parameters } of trainEnsemble(double, { chains: CHAINS, seed: 5 })) {
      const own = alone(double, 5, chain);
      loss.forEach((value, step) => {
        expect(Math.abs(value / own.loss[step] - 1)).toBeLessThan(1e-12);
      });
      for (const [name, { shape, data }] of Object.entries(parameters)) {
        expect(shape).toEqual(own.parameters[name].shape);
        data.forEach((value, i) => {
          expect(Math.abs(value - own.parameters[name].data[i])).toBeLessThan(1e-12);
        });
      }
    }
  });

  test("bit for bit among the ensembles whose chains are side by side, however many there are", () => {
    const few = trainEnsemble(xor, { chains: 4, seed: 5 });
    const many = trainEnsemble(xor, { chains: 21, seed: 5 });
    few.forEach(({ loss, parameters }, chain) => {
      expect(loss).toEqual(many[chain].loss);
      expect(parameters).toEqual(many[chain].parameters);
    });
  });

  test("chain 0 is what train gives", () => {
    const [first] = trainEnsemble(minibatches, { chains: 3, seed: 9 });
    const single = train(minibatches, { seed: 9 });
    expect(single.loss).toEqual(first.loss);
    expect(single.parameters).toEqual(first.parameters);
  });
});

test("members that are asked to end do so one by one, and keep what they had", () => {
  const ends = [10, 60, 20, 40];
  const visited: number[][] = [[], [], [], []];
  const members = trainEnsemble(
    { ...minibatches, checkpoints: [0, 10, 20, 30, 40, 50, 60] },
    {
      chains: 4,
      seed: 5,
      visit({ chain, step }) {
        visited[chain].push(step);
        return step === ends[chain];
      },
    },
  );
  const whole = trainEnsemble(minibatches, { chains: 4, seed: 5 });
  members.forEach(({ chain, loss, parameters }) => {
    expect(visited[chain]).toEqual([0, 10, 20, 30, 40, 50, 60].filter(step => step <= ends[chain]));
    expect(loss).toEqual(whole[chain].loss.slice(0, ends[chain]));
    const short = trainEnsemble({ ...minibatches, steps: ends[chain] }, { chains: 4, seed: 5 });
    expect(parameters).toEqual(short[chain].parameters);
  });
});

test("what becomes of a member after its end spoils nothing", () => {
  // Member 0 has the largest start, and diverges first.
  const parabola = model((m, { x }) => m.mean(m.mul(x, m.square(m.square(m.parameter("w", [], { normal: 1 }))))));
  const experiment: Experiment = {
    model: parabola,
    data: { x: [1, 1] },
    optimiser: gradientDescent({ stepSize: 0.6 }),
    steps: 40,
    checkpoints: [1, 40],
  };
  const seed = Array.from({ length: 99 }, (_, seed) => seed).find(seed => {
    const starts = trainEnsemble({ ...experiment, steps: 1 }, { chains: 2, seed }).map(({ loss }) => loss[0]);
    return starts[0] > 5 && starts[1] < 0.1;
  })!;
  expect(() => trainEnsemble(experiment, { chains: 2, seed })).toThrow(/of chain 0/);
  const [ended, other] = trainEnsemble(experiment, {
    chains: 2,
    seed,
    visit: ({ chain }) => chain === 0,
  });
  expect(ended.loss.length).toBe(1);
  expect(other.loss.length).toBe(40);
  expect(other.loss[39]).toBeLessThan(other.loss[0]);
});
