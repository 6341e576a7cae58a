import { expect, test } from "vitest";
import { defaultsOf } from "../../../src/contracts/field.ts";
import { stream } from "../../../src/numerics/stream.ts";
import { type EmbeddingValues, embeddingControls } from "../../../src/systems/embedding/controls.ts";
import { embeddingLearner } from "../../../src/systems/embedding/learner.ts";
import { accuracies, constantLoss, lossOn } from "../../../src/systems/embedding/model/evaluation.ts";
import { outputsAt } from "../../../src/systems/embedding/model/network.ts";
import { idealAccuracy, problemAt, startAt } from "../../../src/systems/embedding/model/problem.ts";
import { trainProtocol } from "../../../src/systems/embedding/protocols/train.ts";
import { LEARNED, phaseOf } from "../../../src/systems/embedding/theory/phases.ts";
import { milestoneWatch, type NetworkState, training } from "../../../src/systems/embedding/training.ts";
import { recordsOf } from "../../support/host.ts";

const address = { seed: 3, chain: 1 };
const small = { ...defaultsOf(embeddingControls), symbols: 6, trainPairs: 16, width: 9, outputs: 4 };
const variants: readonly (readonly [string, Partial<EmbeddingValues>])[] = [
  ["regression", {}],
  ["classification in two dimensions", { loss: "classification", dimensions: 2 }],
  ["permutations", { task: "permutations", trainPairs: 24 }],
];

test.each(variants)("%s: the compiled network has the loss and the outputs of plain loops", (_, changed) => {
  const at = { ...small, ...changed };
  const problem = problemAt(at, address);
  const start = startAt(at, problem, address);
  let first: NetworkState | undefined;
  training(problem, start, at, { steps: 1, precision: "f64" }).advance(0, state => {
    first = { ...state };
  });
  const outputs = outputsAt(problem, start);
  expect(first!.outputs).toHaveLength(outputs.length);
  outputs.forEach((value, i) => {
    expect(first!.outputs[i]).toBeCloseTo(value, 12);
  });
  const { E } = problem.layout.views(start);
  const penalty = (problem.task.penalty * E.reduce((sum, value) => sum + Math.abs(value), 0)) / E.length;
  expect(first!.loss).toBeCloseTo(lossOn(problem, outputs, 0, problem.trainCount) + penalty, 12);
  expect(embeddingLearner.objective(at, address).loss(start)).toBeCloseTo(first!.loss, 12);
});

test.each(variants)(
  "%s: perfect embeddings realise every parallelogram, and the learner's point has them",
  (_, changed) => {
    const at = { ...small, ...changed };
    const { task } = problemAt(at, address);
    const seen = { values: task.perfect(), dimensions: task.dimensions };
    expect(task.quality.index(seen)).toBe(1);
    const { w } = embeddingLearner.point!("generalised", at);
    expect(embeddingLearner.observe(at, w, { ...address, seed: 0, chain: 0, loss: 0 })).toMatchObject({
      label: "generalised",
      order: 1,
      predictedAccuracy: 1,
    });
  },
);

test("the best constant output has the constant loss", () => {
  for (const loss of ["regression", "classification"] as const) {
    const problem = problemAt({ ...small, loss }, address);
    const { trainCount, order, outputs, task, targets } = problem;
    const counts = new Float64Array(task.labels);
    for (let row = 0; row < trainCount; row++) counts[task.answers[order[row]]] += 1 / trainCount;
    const best = Array.from({ length: outputs }, (_, k) =>
      targets
        ? counts.reduce((sum, share, label) => sum + share * targets[label * outputs + k], 0)
        : Math.log(counts[k]),
    );
    const y = Float64Array.from({ length: order.length * outputs }, (_, i) => best[i % outputs]);
    expect(lossOn(problem, y, 0, trainCount)).toBeCloseTo(constantLoss(problem), 12);
  }
});

test("accuracies reach a level exactly when they are at least that", () => {
  const problem = problemAt(small, address);
  const { order, outputs, task, targets } = problem;
  const { train, test: onTest, trainReaches, testReaches } = accuracies(problem);
  const random = stream({ seed: 1, purpose: "answers" });
  const seen = new Set<string>();
  for (let i = 0; i < 300; i++) {
    const sure = random.uniform();
    const y = Float64Array.from(order, place => {
      const off = random.uniform() < sure ? 0 : 1;
      return (task.answers[place] + off) % task.labels;
    });
    const whole = Float64Array.from({ length: order.length * outputs }, (_, k) => {
      const [row, coordinate] = [Math.floor(k / outputs), k % outputs];
      return targets![y[row] * outputs + coordinate];
    });
    for (const level of [0.5, 0.75, LEARNED, 1]) {
      expect(trainReaches(whole, level)).toBe(train(whole) >= level);
      expect(testReaches(whole, level)).toBe(onTest(whole) >= level);
      seen.add(`${level} ${train(whole) >= level}`);
    }
  }
  expect(seen.size).toBe(8);
});

test("accuracy of regression goes by the nearest of all targets", () => {
  const problem = problemAt(small, address);
  const { order, outputs, task, targets } = problem;
  const y = new Float64Array(order.length * outputs);
  order.forEach((place, row) => {
    // The last test pair is given the answer of another.
    const label = row === order.length - 1 ? (task.answers[place] + 1) % task.labels : task.answers[place];
    for (let k = 0; k < outputs; k++) y[row * outputs + k] = targets![label * outputs + k] + 1e-3;
  });
  const { train, test: onTest } = accuracies(problem);
  const tested = order.length - problem.trainCount;
  expect([train(y), onTest(y)]).toEqual([1, (tested - 1) / tested]);
});

test("splits: an ideal one lets all answers be known, published ones are the source's, the same seed draws the same", () => {
  const full = { ...defaultsOf(embeddingControls), width: 2 };
  for (const chain of [0, 1, 2]) {
    const { task, trained } = problemAt(full, { seed: 5, chain });
    expect(idealAccuracy(task, trained)).toBe(1);
  }
  const { order, task } = problemAt({ ...full, split: "published" }, address);
  expect(order.slice(45).length).toBe(10);
  expect([...order.slice(45)].map(place => task.pairs[place])).toEqual([
    [0, 2],
    [0, 4],
    [1, 5],
    [1, 7],
    [2, 4],
    [4, 4],
    [4, 6],
    [5, 5],
    [5, 8],
    [5, 9],
  ]);
  expect(problemAt(full, address).order).toEqual(problemAt(full, address).order);
  expect(() => problemAt({ ...full, symbols: 10, trainPairs: 19 }, address)).toThrow(/needs more trainPairs/);
});

test.each([
  [{ trainPairs: 55 }, /^trainPairs is 55: needs at most 54 of the 55 pairs$/],
  [{ trainPairs: 12 }, /^trainPairs is 12: needs at least 19/],
  [{ split: "published", trainPairs: 40 }, /^trainPairs is 40: needs 45 where split is published$/],
  [
    { numbers: "published", symbols: 9, trainPairs: 40, split: "random" },
    /^symbols is 9: needs 10 where numbers is published$/,
  ],
  [{ numbers: "published", dimensions: 2 }, /^dimensions is 2: needs 1 where numbers are published$/],
  [{ task: "permutations", trainPairs: 36 }, /^trainPairs is 36: needs at most 35/],
] as const)("%j is refused", (changed, message) => {
  expect(() => embeddingLearner.check!({ ...defaultsOf(embeddingControls), ...changed } as EmbeddingValues)).toThrow(
    message,
  );
});

test.each([
  [null, null, "confusion"],
  [null, 5, "confusion"],
  [5, null, "memorization"],
  [2000, 5, "comprehension"],
  [100, 1099, "comprehension"],
  [100, 1100, "grokking"],
] as const)("training accuracy at %s and test accuracy at %s: %s", (train, tested, phase) => {
  expect(phaseOf(train, tested)).toBe(phase);
});

test("milestones: the first update is step 0, the start does not count, and what was saved stays", () => {
  const problem = problemAt(small, address);
  const { order, outputs, task, targets } = problem;
  const right = new Float64Array(order.length * outputs);
  order.forEach((place, row) => {
    const label = task.answers[place];
    right.set(targets!.subarray(label * outputs, (label + 1) * outputs), row * outputs);
  });
  const wrong = new Float64Array(right.length).fill(1e3);
  const state = (step: number, y: Float64Array) => ({ step, loss: 0, outputs: y, embeddings: task.perfect() });
  const watch = milestoneWatch(problem);
  watch.see(state(0, right));
  expect(watch.reached()).toEqual({ trainStep: null, testStep: null, qualityStep: null });
  watch.see(state(1, wrong));
  watch.see(state(7, right));
  expect(watch.reached()).toEqual({ trainStep: 6, testStep: 6, qualityStep: 0 });
  expect(milestoneWatch(problem, watch.save()).reached()).toEqual(watch.reached());
});

test("a small network generalises from fast embeddings, its representation first, and stops there", () => {
  const settings = { width: 50, embeddingRate: 1e-2, decoderRate: 1e-3, steps: 2000, stop: "decided", every: 500 };
  const runs = [0, 1, 2].map(chain => recordsOf(trainProtocol as never, settings, { seed: 2, chain }));
  const finals = runs.map(records => records.find(({ kind }) => kind === "final")!);
  const good = finals.filter(({ label }) => label === "comprehension" || label === "grokking");
  expect(good.length).toBeGreaterThan(0);
  for (const { step, testStep, trainStep, qualityStep, accuracy } of good) {
    expect(step).toBe(Math.max(testStep as number, trainStep as number) + 1);
    expect(qualityStep as number).toBeLessThanOrEqual(testStep as number);
    expect(accuracy).toBeGreaterThanOrEqual(0.9);
  }
});

test("starts of own numbers lie within their ranges", () => {
  const problem = problemAt({ ...small, startScale: 0.5 }, address);
  const start = startAt({ ...small, startScale: 0.5 }, problem, address);
  const { E, W1, W2, b3 } = problem.layout.views(start);
  const most = (values: Float64Array) => values.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  expect(most(E)).toBeLessThan(0.25);
  expect(most(W1)).toBeLessThanOrEqual(1);
  expect(most(W2)).toBeLessThanOrEqual(1 / 3);
  expect(most(b3)).toBeLessThanOrEqual(1 / 3);
  expect(stream({ ...address, purpose: "start" }).uniform()).toBeCloseTo(E[0] / 0.5 + 0.5, 12);
});
