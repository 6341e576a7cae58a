import { expect, test } from "vitest";
import { defaultsOf } from "../../../src/contracts/field.ts";
import { type RelationsValues, relationsControls } from "../../../src/systems/relations/controls.ts";
import { relationsLearner } from "../../../src/systems/relations/learner.ts";
import { constantLoss, evaluate } from "../../../src/systems/relations/model/evaluation.ts";
import { type Problem, problemAt, startAt } from "../../../src/systems/relations/model/problem.ts";
import { perfectEmbeddings, representationOf } from "../../../src/systems/relations/model/representation.ts";
import { trainProtocol } from "../../../src/systems/relations/protocols/train.ts";
import { relationOf } from "../../../src/systems/relations/theory/relation.ts";
import { milestoneWatch, training } from "../../../src/systems/relations/training.ts";
import { recordsOf } from "../../support/host.ts";

const address = { seed: 3, chain: 1 };
const small: RelationsValues = { ...defaultsOf(relationsControls), symbols: 7, side: 2, width: 5, depth: 2 };

/** The output for a pair of symbols, in plain loops. */
const outputOf = ({ mode, decoder, layout, layers }: Problem, w: Float64Array, i: number, j: number): number => {
  const views = layout.views(w);
  const d = layout.parameters[0].shape[1];
  const [first, second] = [i, j].map(s => Array.from(views.E.subarray(s * d, (s + 1) * d)));
  const difference = first.map((value, k) => value - second[k]);
  const squares = difference.map(value => value * value);
  const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);
  const joined = { concat: [...first, ...second], diff: difference, sqdiff: squares }[mode];
  const units = {
    ideal: mode === "diff" ? sum(joined) : -Math.max(0, sum(joined) - 0.1),
    transcribed: mode === "diff" ? Math.max(0, sum(joined)) : Math.max(0, 0.1 - sum(joined)),
  };
  let values = typeof decoder === "string" ? [units[decoder]] : joined;
  layers.forEach(({ weights, biases }, l) => {
    const b = views[biases];
    const next = Array.from(
      b,
      (bias, to) => bias + sum(values.map((value, from) => value * views[weights][from * b.length + to])),
    );
    values = l === layers.length - 1 ? next : next.map(Math.tanh);
  });
  return values[0];
};

const variants: readonly Partial<RelationsValues>[] = [
  {},
  { relation: "order", mode: "diff", loss: "squared", depth: 0 },
  { relation: "bipartite", mode: "sqdiff", dimensions: 3, depth: 1 },
  { mode: "sqdiff", decoder: "ideal" },
  { mode: "sqdiff", decoder: "transcribed", startScale: 0.1 },
  { relation: "order", mode: "diff", decoder: "ideal", dimensions: 1, loss: "squared" },
  { relation: "order", mode: "diff", decoder: "transcribed", dimensions: 1 },
];

test.each(variants)("%j: the compiled network has the losses and accuracies of plain loops", changed => {
  const at = { ...small, ...changed };
  const problem = problemAt(at, address);
  const start = startAt(at, problem, address);
  const seen = training(problem, start, at, { steps: 1, precision: "f64" }).to(0);
  const n = at.symbols;
  const outputs = Float64Array.from(problem.order, place => outputOf(problem, start, Math.floor(place / n), place % n));
  const own = evaluate(problem, outputs);
  expect(seen.loss).toBeCloseTo(own.loss, 12);
  expect(seen.testLoss).toBeCloseTo(own.testLoss, 12);
  expect(seen).toMatchObject({
    trainAccuracy: own.trainAccuracy,
    testAccuracy: own.testAccuracy,
    accuracy: own.accuracy,
  });
  expect(relationsLearner.objective(at, address).loss(start)).toBeCloseTo(own.loss, 12);
});

test("losses and accuracies by hand: probabilities of a logit, and outputs beside 0 and 1", () => {
  const at = { ...small, symbols: 2, classes: 2, trainFraction: 0.5 };
  for (const loss of ["cross-entropy", "squared"] as const) {
    const problem = problemAt({ ...at, loss }, address);
    // What is related has output 0.7, the rest 0.2; the last pair is the other way round.
    const outputs = Float64Array.from(problem.order, (place, row) =>
      (problem.matrix[place] === 1) !== (row === 3) ? 0.7 : 0.2,
    );
    const part = (row: number) => {
      const [y, related] = [outputs[row], problem.matrix[problem.order[row]]];
      const p = 1 / (1 + Math.exp(-y));
      return loss === "squared" ? (y - related) ** 2 : -Math.log(related === 1 ? p : 1 - p);
    };
    const { loss: onTraining, testLoss } = evaluate(problem, outputs);
    expect(onTraining).toBeCloseTo((part(0) + part(1)) / 2, 12);
    expect(testLoss).toBeCloseTo((part(2) + part(3)) / 2, 12);
    const threshold = loss === "squared" ? 0.5 : 0;
    const right = [2, 3].filter(row => outputs[row] > threshold === (problem.matrix[problem.order[row]] === 1)).length;
    expect(evaluate(problem, outputs).testAccuracy).toBe(right / 2);
  }
});

test("the best constant output has the constant loss", () => {
  for (const loss of ["cross-entropy", "squared"] as const) {
    const problem = problemAt({ ...small, loss }, address);
    let related = 0;
    for (let row = 0; row < problem.trainCount; row++) related += problem.matrix[problem.order[row]];
    const p = related / problem.trainCount;
    const y = new Float64Array(problem.order.length).fill(loss === "squared" ? p : Math.log(p / (1 - p)));
    expect(evaluate(problem, y).loss).toBeCloseTo(constantLoss(problem), 12);
  }
});

test("training pairs: as many as asked for, each member its own, the same for the same address", () => {
  const pairs = (chain: number) => [...problemAt(small, { seed: 1, chain }).order.slice(0, 37)];
  expect(problemAt(small, address).trainCount).toBe(37);
  expect(pairs(0)).toEqual(pairs(0));
  expect(pairs(0)).not.toEqual(pairs(1));
});

test("starts have the scale of the embeddings and of the inputs of each layer", () => {
  const at = { ...small, symbols: 100, dimensions: 8, startScale: 0.3, width: 25 };
  const problem = problemAt(at, address);
  const views = problem.layout.views(startAt(at, problem, address));
  const most = (values: Float64Array) => values.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  expect(Math.sqrt(views.E.reduce((sum, value) => sum + value * value, 0) / 800)).toBeCloseTo(0.3, 1);
  expect(most(views.W1)).toBeLessThanOrEqual(0.25);
  expect(most(views.W2)).toBeLessThanOrEqual(0.2);
  expect(most(views.W2)).toBeGreaterThan(0.19);
  expect(most(views.b3)).toBeLessThanOrEqual(0.2);
});

test("representations by hand: two classes of two on a line", () => {
  const relation = relationOf({ relation: "mod", n: 4, k: 2 });
  const E = Float64Array.of(0, 10, 1, 12);
  // Alike: 1 and 2 apart; all: 1, 2, 10, 12, 9, 11.
  const { order, silhouette } = representationOf(relation, E);
  expect(order).toBeCloseTo(1 - 1.5 / 7.5, 12);
  expect(silhouette).toBeCloseTo((10 / 11 + 9 / 10 + 7.5 / 9.5 + 9.5 / 11.5) / 4, 12);
  expect(representationOf(relationOf({ relation: "order", n: 4 }), Float64Array.of(0, 1, 2, 3))).toEqual({
    order: expect.closeTo(1 - 3 / 5, 12),
    silhouette: null,
  });
  expect(representationOf(relation, new Float64Array(4))).toEqual({ order: 0, silhouette: 0 });
});

test.each(["mod", "order", "bipartite"] as const)(
  "%s: perfect embeddings are as close as can be, and a decoder fits them",
  relation => {
    const at = { ...defaultsOf(relationsLearner.controls), relation };
    const perfect = perfectEmbeddings(problemAt(at, address).relation, 2);
    const { order } = representationOf(problemAt(at, address).relation, perfect);
    expect(order).toBeCloseTo(relation === "order" ? 1 - 3 / 10 : 1, 12);
    const { w, objective } = relationsLearner.point!("generalised", at);
    expect(objective!.loss(w)).toBeLessThan(1e-4);
    expect(relationsLearner.observe(at, w, { seed: 0, chain: 0, loss: 0 })).toMatchObject({
      label: "generalised",
      order: expect.closeTo(order, 12),
    });
  },
);

test("cross-entropy has no minimum to be at, and a phase without one is refused", () => {
  const at = defaultsOf(relationsLearner.controls);
  expect(() => relationsLearner.point!("generalised", { ...at, loss: "cross-entropy" })).toThrow(
    /^loss is "cross-entropy"/,
  );
  expect(() => relationsLearner.point!("confused", at)).toThrow(/^--at is "confused"/);
});

test.each([
  [{ classes: 8 }, /^classes is 8: needs at most the 7 symbols$/],
  [{ relation: "bipartite", side: 7 }, /^side is 7: needs at most 6 of the 7 symbols$/],
  [{ trainFraction: 0.005 }, /^trainFraction is 0.005/],
  [{ trainFraction: 0.995 }, /^trainFraction is 0.995/],
  [{ decoder: "ideal" }, /^mode is "concat": needs sqdiff where the decoder is one unit and the relation mod$/],
  [{ decoder: "transcribed", relation: "order", mode: "sqdiff" }, /^mode is "sqdiff": needs diff/],
] as const)("%j is refused", (changed, message) => {
  expect(() => relationsLearner.check!({ ...small, ...changed } as RelationsValues)).toThrow(message);
});

test("milestones: the start does not count, an accuracy of 0.9 is not above it, and what was saved stays", () => {
  const watch = milestoneWatch();
  watch.see({ step: 0, trainAccuracy: 1, testAccuracy: 1 });
  watch.see({ step: 25, trainAccuracy: 0.95, testAccuracy: 0.9 });
  expect(watch.reached()).toEqual({ trainStep: 25, testStep: null });
  expect([watch.phase(), watch.isDecided()]).toEqual(["memorization", false]);
  const later = milestoneWatch(watch.save());
  later.see({ step: 2000, trainAccuracy: 0.5, testAccuracy: 0.91 });
  later.see({ step: 2025, trainAccuracy: 1, testAccuracy: 1 });
  expect(later.reached()).toEqual({ trainStep: 25, testStep: 2000 });
  expect([later.phase(), later.isDecided()]).toEqual(["grokking", true]);
});

test("a small network generalises from fast embeddings and stops when that is decided", () => {
  const settings = {
    ...{ symbols: 12, width: 30, depth: 2, embeddingRate: 1e-2 },
    stop: "decided",
    every: 10,
    steps: 2000,
  };
  const finals = [0, 1, 2].map(
    chain => recordsOf(trainProtocol as never, settings, { seed: 2, chain }).find(({ kind }) => kind === "final")!,
  );
  const good = finals.filter(({ label }) => label === "generalization");
  expect(good.length).toBeGreaterThanOrEqual(2);
  for (const { step, testStep, trainStep, silhouette } of good) {
    expect(step).toBe(Math.max(testStep as number, trainStep as number));
    expect(silhouette).toBeGreaterThan(0);
  }
});
