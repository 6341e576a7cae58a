import { choice, type Fields, integer, list, matrix, number, numbers, readMatrix } from "../../contracts/field.ts";
import { answer, type VectorTable } from "../../contracts/system.ts";
import { invalid } from "../../errors.ts";
import { accuracies, lossOn } from "./model/evaluation.ts";
import { type Problem, problemOf } from "./model/problem.ts";
import { publishedStart, publishedTargets } from "./model/published-numbers.ts";
import { addition } from "./model/tasks.ts";
import { allPairs, MOST_SYMBOLS, markedPairs, placeOf } from "./theory/pairs.ts";
import { milestoneWatch, type NetworkState, training } from "./training.ts";

const whole = (summary: string, min = 1) => integer(summary, { min });
const pairs = (summary: string) => list(summary, numbers("pair", { length: 2 }));
const rates = {
  eta_repr: number("learning rate of the embeddings", { above: 0 }),
  eta_dec: number("learning rate of the decoder", { above: 0 }),
  wd_dec: number("decoupled decay of the decoder", { min: 0 }),
} as const satisfies Fields;
const steps = list("steps to look at", whole("step", 0), { least: 1 });

const recipeOf = ({ eta_repr, eta_dec, wd_dec }: { readonly [name in keyof typeof rates]: number }) => ({
  embeddingRate: eta_repr,
  decoderRate: eta_dec,
  weightDecay: wd_dec,
  embeddingDecay: 0,
});

/** Answers to test vectors that are training runs, in float64. */
export const embeddingVectors: VectorTable = {
  "training-trace": answer(
    {
      p: integer("symbols", { min: 3, max: MOST_SYMBOLS }),
      width: whole("width of the hidden layers"),
      dout: whole("outputs"),
      ...rates,
      loss: choice("mean squared error or cross-entropy", ["MSE", "CE"]),
      train: pairs("training pairs"),
      E0: numbers("embeddings at the start"),
      W1: matrix("weights, inputs x outputs"),
      b1: numbers("biases"),
      W2: matrix("weights"),
      b2: numbers("biases"),
      W3: matrix("weights"),
      b3: numbers("biases"),
      targets: { kind: "json", summary: "a row for each answer, of regression", optional: true },
      steps,
    },
    ({ p, width, dout, loss, train, targets, steps, ...input }) => {
      const task = addition(p, input.W1.length);
      const rows = loss === "MSE" ? readMatrix(targets, "targets", { rows: task.labels, columns: dout }) : null;
      if (loss === "CE" && dout !== task.labels) throw invalid("dout", dout, `${task.labels}, one for each answer`);
      const problem = problemOf(task, markedPairs(p, train), {
        targets: rows && Float64Array.from(rows.flat()),
        width,
      });
      const start = new Float64Array(problem.layout.size);
      const { E, ...decoder } = problem.layout.views(start);
      for (const [name, view] of Object.entries({ E0: E, ...decoder })) {
        const given = input[name as "E0" | "W1"].flat();
        if (given.length !== view.length)
          throw invalid(`the length of ${name}`, given.length, `${view.length} numbers`);
        view.set(given);
      }
      const { train: trainAccuracy, test: testAccuracy } = accuracies(problem);
      return {
        rows: statesAt(problem, start, recipeOf(input), steps).map(({ step, loss, outputs, embeddings }) => ({
          step,
          train_loss: loss,
          test_loss: lossOn(problem, outputs, problem.trainCount, problem.order.length),
          train_acc: trainAccuracy(outputs),
          test_acc: testAccuracy(outputs),
          E: embeddings,
        })),
      };
    },
  ),

  "mersenne-run": answer(
    {
      seed: whole("seed of both generators", 0),
      test: pairs("pairs held out"),
      ...rates,
      max_steps: whole("steps at most"),
      steps,
    },
    ({ seed, test, max_steps, steps, ...input }) => {
      const task = addition(10, 1);
      const heldOut = new Set(test.map(([i, j]) => placeOf(10, [Math.min(i, j), Math.max(i, j)])));
      const trained = markedPairs(
        10,
        allPairs(10).filter((_, place) => !heldOut.has(place)),
      );
      const problem = problemOf(task, trained, { targets: publishedTargets(seed, task.labels, 30), width: 200 });
      const start = publishedStart(seed, problem.layout);
      const wanted = new Map<number, NetworkState>();
      const watch = milestoneWatch(problem);
      const run = training(problem, start, recipeOf(input), { steps: max_steps, precision: "f64" });
      const lastWanted = Math.max(...steps);
      let last: NetworkState | undefined;
      for (let to = 0; last === undefined; to = Math.min(max_steps, to + 50))
        run.advance(to, state => {
          if (last) return;
          if (steps.includes(state.step)) wanted.set(state.step, { ...state });
          watch.see(state);
          if ((watch.isDecided() && state.step >= lastWanted) || state.step === max_steps) last = { ...state };
        });
      const { train: trainAccuracy, test: testAccuracy } = accuracies(problem);
      const { trainStep, testStep, qualityStep } = watch.reached();
      const { E, W2 } = problem.layout.views(start);
      return {
        targets_first3: problem.targets!.slice(0, 3),
        E0: E,
        // As they are drawn, outputs x inputs.
        W2_first3: [0, 1, 2].map(i => W2[i * 200]),
        t_train: trainStep,
        t_test: testStep,
        t_rqi: qualityStep,
        final_train_acc: trainAccuracy(last.outputs),
        final_test_acc: testAccuracy(last.outputs),
        final_rqi: task.quality.index({ values: last.embeddings, dimensions: 1 }),
        last_step: last.step - 1,
        rows: steps.map(step => {
          const state = wanted.get(step);
          if (!state) throw invalid("steps", step, `at most max_steps = ${max_steps}`);
          return { step, train_loss: state.loss, E: state.embeddings };
        }),
      };
    },
  ),
};

/** The states of a run in float64 after so many steps each. */
const statesAt = (
  problem: Problem,
  start: Float64Array,
  recipe: ReturnType<typeof recipeOf>,
  steps: readonly number[],
): readonly NetworkState[] => {
  const last = Math.max(...steps);
  const seen = new Map<number, NetworkState>();
  training(problem, start, recipe, { steps: last, precision: "f64" }).advance(last, state => {
    if (steps.includes(state.step)) seen.set(state.step, { ...state });
  });
  return steps.map(step => seen.get(step) as NetworkState);
};
