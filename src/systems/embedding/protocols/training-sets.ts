import { integer } from "../../../contracts/field.ts";
import { protocol } from "../../../contracts/protocol.ts";
import { invalid } from "../../../errors.ts";
import { randomMarks } from "../../../numerics/marks.ts";
import { mean, standardDeviation } from "../../../numerics/statistics.ts";
import { stream } from "../../../numerics/stream.ts";
import { embeddingControls } from "../controls.ts";
import { idealAccuracy } from "../model/problem.ts";
import { addition, permutations } from "../model/tasks.ts";
import { trainingSet } from "../theory/training-set.ts";

type Averages = { readonly mean: number; readonly standardError: number };

/** What random training sets of n pairs imply, without any training. The linear representation is unique, and lambda_3 known, for addition alone. */
export type TrainingSetRecord = {
  readonly n: number;
  readonly fraction: number;
  readonly draws: number;
  readonly unique: number | null;
  readonly lambda3: Averages | null;
  readonly idealAccuracy: Averages;
};

export const trainingSetsProtocol = protocol<{ sets: TrainingSetRecord }, { readonly n: number }>()({
  name: "training-sets",
  summary: "draw training sets of several sizes: how often the representation is unique, lambda_3, ideal accuracy",
  settings: {
    task: embeddingControls.task,
    symbols: embeddingControls.symbols,
    from: integer("pairs in the smallest training sets", { default: 15, min: 1, max: 252 }),
    to: integer("pairs in the largest", { default: 55, min: 1, max: 253 }),
    by: integer("from one size to the next", { default: 5, min: 1, max: 100 }),
    draws: integer("training sets of each size", { default: 300, min: 2, max: 1_000_000, scale: "log" }),
  },
  small: { symbols: 4, from: 4, to: 8, by: 2, draws: 4 },

  check({ task, symbols, from, to }) {
    const pairs = task === "addition" ? (symbols * (symbols + 1)) / 2 : 36;
    if (to > pairs) throw invalid("to", to, `at most the ${pairs} pairs`);
    if (from > to) throw invalid("from", from, `at most to, which is ${to}`);
  },

  plan: ({ settings: { from, to, by } }, _, round) =>
    round > 0 ? [] : Array.from({ length: Math.floor((to - from) / by) + 1 }, (_, i) => ({ n: from + i * by })),

  run({ settings, seed, chain, piece: { n } }, context) {
    const { symbols, draws } = settings;
    const random = stream({ seed, chain, purpose: "training sets", step: n });
    const isAddition = settings.task === "addition";
    const task = isAddition ? addition(symbols, 1) : permutations();
    const sets = Array.from({ length: draws }, () => randomMarks(task.pairs.length, n, random));
    const algebra = isAddition ? sets.map(trained => trainingSet(symbols, trained, symbols)) : null;
    const ideal = algebra?.map(set => set.idealAccuracy) ?? sets.map(trained => idealAccuracy(task, trained));
    context.record("sets", {
      n,
      fraction: n / task.pairs.length,
      draws,
      unique: algebra && algebra.filter(({ n0 }) => n0 === 2).length / draws,
      lambda3: algebra && averages(algebra.map(({ lambda3 }) => lambda3)),
      idealAccuracy: averages(ideal),
    });
    context.progress(1);
  },
});

const averages = (values: readonly number[]): Averages => ({
  mean: mean(values),
  standardError: standardDeviation(values) / Math.sqrt(values.length),
});
