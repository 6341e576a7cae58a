import { describe, expect, test } from "vitest";
import { isLandauError } from "../../src/errors.ts";
import type { Experiment } from "../../src/experiments/experiment.ts";
import { train } from "../../src/experiments/train.ts";
import { adam } from "../../src/learning/adam.ts";
import { patience } from "../../src/learning/patience.ts";
import { perceptron, valuesOf } from "./plain-models.ts";

const plain = perceptron(4, 40);
const { x, y } = plain.data as { x: number[][]; y: number[][] };
const experiment: Experiment = {
  model: plain.model,
  data: plain.data,
  optimiser: adam({ stepSize: 0.02 }),
  steps: 100,
  batch: 8,
  precision: "f64",
};

/** The mean loss over some samples, in plain numbers. */
const plainLoss = (parameters: Parameters<typeof valuesOf>[0], samples: readonly number[]): number => {
  const w = valuesOf(parameters);
  return plain.lossAndGradient(w, samples, valuesOf(parameters));
};
const all = x.map((_, i) => i);

describe("checkpoints", () => {
  test("are the steps asked for, ascending, and the last step", () => {
    const steps: number[] = [];
    const visit = ({ step }: { step: number }) => void steps.push(step);
    train({ ...experiment, checkpoints: [0, 7, 3, 3, 50, 1000] }, { visit });
    expect(steps).toEqual([0, 3, 7, 50, 100]);
  });

  test("are logarithmic and linear when nothing is asked for", () => {
    const steps: number[] = [];
    train({ ...experiment, steps: 10_000, batch: 1 }, { visit: ({ step }) => void steps.push(step) });
    expect(steps.slice(0, 6)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(steps.at(-1)).toBe(10_000);
    for (let step = 200; step <= 10_000; step += 200) expect(steps).toContain(step);
    expect(steps.length).toBeLessThan(101);
  });

  test("do not change a bit of the training", () => {
    const { loss, parameters } = train(experiment);
    const other = train({ ...experiment, checkpoints: [1, 2, 30, 77] });
    expect(other.loss).toEqual(loss);
    expect(other.parameters).toEqual(parameters);
  });

  test("show the loss of the step before, and the parameters as they then are", () => {
    const seen: { loss?: number; parameters: ReturnType<typeof valuesOf> }[] = [];
    const { loss, parameters } = train(
      { ...experiment, checkpoints: [0, 40, 100] },
      { visit: ({ loss, parameters }) => void seen.push({ loss, parameters: valuesOf(parameters()) }) },
    );
    expect(seen.map(({ loss }) => loss)).toEqual([undefined, loss[39], loss[99]]);
    expect(seen[2].parameters).toEqual(valuesOf(parameters));
    expect(seen[1].parameters).toEqual(valuesOf(train({ ...experiment, steps: 40 }).parameters));
  });

  test("evaluate the model on the whole training data, in plain numbers the same", () => {
    const losses: [number, number][] = [];
    train(
      { ...experiment, checkpoints: [0, 50] },
      { visit: ({ evaluate, parameters }) => void losses.push([evaluate().loss, plainLoss(parameters(), all)]) },
    );
    expect(losses.length).toBe(3);
    for (const [found, expected] of losses) expect(Math.abs(found / expected - 1)).toBeLessThan(1e-13);
    expect(losses[2][0]).toBeLessThan(losses[0][0]);
  });

  test("evaluate it on test data of another length when there are some", () => {
    const losses: [number, number][] = [];
    const [own, held] = [all.slice(0, 29), all.slice(29)];
    const pick = (samples: readonly number[]) => ({ x: samples.map(i => x[i]), y: samples.map(i => y[i]) });
    const trained = train(
      { ...experiment, data: pick(own), test: pick(held), checkpoints: [0, 50] },
      { visit: ({ evaluate, parameters }) => void losses.push([evaluate().loss, plainLoss(parameters(), held)]) },
    );
    for (const [found, expected] of losses) expect(Math.abs(found / expected - 1)).toBeLessThan(1e-13);
    const found = trained.evaluate(pick(own)).loss;
    expect(Math.abs(found / plainLoss(trained.parameters, own) - 1)).toBeLessThan(1e-13);
  });

  test("that evaluate do not change a bit of the training", () => {
    expect(train(experiment, { visit: ({ evaluate }) => void evaluate() }).loss).toEqual(train(experiment).loss);
  });
});

describe("early stopping", () => {
  test("ends where visit says so", () => {
    const { loss, parameters } = train(
      { ...experiment, checkpoints: [10, 20, 30] },
      { visit: ({ step }) => step === 20 },
    );
    expect(loss).toEqual(train(experiment).loss.slice(0, 20));
    expect(parameters).toEqual(train({ ...experiment, steps: 20 }).parameters);
  });

  test("with patience, at the second check in a row that is no better than the best", () => {
    const values: number[] = [];
    const held = patience({ checks: 2 });
    const noisy = { ...experiment, optimiser: adam({ stepSize: 0.2 }), steps: 500, checkpoints: all.map(i => 10 * i) };
    train(noisy, {
      visit({ evaluate }) {
        const { loss } = evaluate();
        values.push(loss);
        return held.check(loss);
      },
    });
    const best = values.indexOf(Math.min(...values));
    expect(best).toBe(values.length - 3);
    expect(values.length).toBeLessThan(40);
  });
});

describe("cancelling", () => {
  const cancelled = (signal: AbortSignal, visit?: () => void) => {
    try {
      train({ ...experiment, checkpoints: [10, 20] }, { signal, visit });
    } catch (error) {
      return isLandauError(error, "cancelled");
    }
    return false;
  };

  test("before the start trains nothing", () => {
    let visits = 0;
    expect(cancelled(AbortSignal.abort(), () => void visits++)).toBe(true);
    expect(visits).toBe(0);
  });

  test("ends the run before the next checkpoint", () => {
    const controller = new AbortController();
    let visits = 0;
    const visit = () => {
      if (++visits === 2) controller.abort();
    };
    expect(cancelled(controller.signal, visit)).toBe(true);
    expect(visits).toBe(2);
  });

  test("a signal that is not aborted changes nothing", () => {
    expect(cancelled(new AbortController().signal)).toBe(false);
  });
});
