import { choice, integer, list, matrix, number, numbers } from "../../contracts/field.ts";
import { answer, type VectorTable } from "../../contracts/system.ts";
import { invalid } from "../../errors.ts";
import { markedOrderedPairs } from "../../numerics/marks.ts";
import { modes } from "./controls.ts";
import { type Problem, problemOf } from "./model/problem.ts";
import { relationNames, relationOf } from "./theory/relation.ts";
import { type NetworkState, training } from "./training.ts";

const whole = (summary: string, min = 1) => integer(summary, { min });
const rate = (summary: string) => number(summary, { above: 0 });

/** Answers to test vectors that are training runs, in float64. */
export const relationsVectors: VectorTable = {
  "training-trace": answer(
    {
      relation: choice("relation", relationNames),
      n: whole("symbols", 2),
      k: { ...whole("classes of mod"), optional: true },
      a: { ...whole("symbols on one side, of bipartite", 0), optional: true },
      mode: choice("how embeddings are joined", modes),
      loss: choice("binary cross-entropy of the logit or mean squared error", ["bce", "mse"]),
      dim: whole("numbers of an embedding"),
      width: whole("width of the hidden layers"),
      depth: whole("hidden layers", 0),
      eta_enc: rate("learning rate of the embeddings"),
      eta_dec: rate("learning rate of the decoder"),
      wd_dec: number("decoupled decay of the decoder", { min: 0 }),
      train: list("training pairs [i, j]", numbers("pair", { length: 2 }), { least: 1 }),
      E0: matrix("embeddings at the start, a row for each symbol"),
      layers: list("weights W, inputs x outputs, and biases b of each layer", {
        kind: "object",
        summary: "layer",
        fields: { W: matrix("weights"), b: numbers("biases") },
      }),
      steps: list("steps to look at", whole("step", 0), { least: 1 }),
    },
    ({ relation, n, k, a, mode, loss, dim, width, depth, train, E0, layers, steps, ...rates }) => {
      const problem = problemOf(relationOf({ relation, n, k, a }), markedOrderedPairs(n, train, "train"), {
        mode,
        loss: loss === "bce" ? "cross-entropy" : "squared",
        dimensions: dim,
        decoder: { widths: new Array<number>(depth).fill(width) },
      });
      const start = startOf(problem, E0, layers);
      const recipe = {
        embeddingRate: rates.eta_enc,
        decoderRate: rates.eta_dec,
        weightDecay: rates.wd_dec,
        embeddingDecay: 0,
      };
      const last = Math.max(1, ...steps);
      const run = training(problem, start, recipe, { steps: last, precision: "f64" });
      const seen = new Map<number, NetworkState>();
      for (const step of [...new Set(steps)].sort((one, other) => one - other)) seen.set(step, run.to(step));
      return {
        rows: steps.map(step => {
          const { loss, testLoss, trainAccuracy, testAccuracy, accuracy, embeddings } = seen.get(step)!;
          return {
            step,
            train_loss: loss,
            test_loss: orNull(testLoss),
            acc_train: trainAccuracy,
            acc_test: orNull(testAccuracy),
            acc_all: accuracy,
            E: E0.map((_, i) => embeddings.slice(i * dim, (i + 1) * dim)),
          };
        }),
      };
    },
  ),
};

/** Of no test pairs there is no mean. */
const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value);

/** The given start in the problem's layout. Throws a LandauError of kind "input" for arrays of another shape. */
const startOf = (
  problem: Problem,
  E0: readonly (readonly number[])[],
  layers: readonly { readonly W: readonly (readonly number[])[]; readonly b: readonly number[] }[],
): Float64Array => {
  if (layers.length !== problem.layers.length)
    throw invalid("the length of layers", layers.length, `${problem.layers.length}, hidden layers and the output`);
  const w = new Float64Array(problem.layout.size);
  const views = problem.layout.views(w);
  const given = [
    { name: "E0", values: E0.flat(), view: views.E },
    ...problem.layers.flatMap(({ weights, biases }, l) => [
      { name: `layers[${l}].W`, values: layers[l].W.flat(), view: views[weights] },
      { name: `layers[${l}].b`, values: layers[l].b, view: views[biases] },
    ]),
  ];
  for (const { name, values, view } of given) {
    if (values.length !== view.length) throw invalid(`the length of ${name}`, values.length, `${view.length} numbers`);
    view.set(values);
  }
  return w;
};
