import { choice, defaultsOf, integer } from "../../../contracts/field.ts";
import { type NamedArrays, protocol } from "../../../contracts/protocol.ts";
import { invalid } from "../../../errors.ts";
import { randomMarks } from "../../../numerics/marks.ts";
import { stream } from "../../../numerics/stream.ts";
import { embeddingControls } from "../controls.ts";
import { accuracies, predictor } from "../model/evaluation.ts";
import { decoderAt, outputsAt } from "../model/network.ts";
import { type Problem, problemOf, startAt } from "../model/problem.ts";
import { addition, modularAddition } from "../model/tasks.ts";
import { smoothness } from "../theory/order-of-symbols.ts";
import type { Phase } from "../theory/phases.ts";
import { milestoneWatch, training } from "../training.ts";

export type RegionsRecords = {
  readonly final: {
    readonly step: number;
    readonly trainStep: number | null;
    readonly testStep: number | null;
    readonly trainAccuracy: number;
    readonly testAccuracy: number;
    readonly smoothness: number;
    readonly label: Phase;
  };
  /** The plane at the end: embeddings, and the decoder's answer to twice each point of a square of `side` x `side` points, row by row from below. */
  readonly plane: {
    readonly points: readonly (readonly [number, number])[];
    readonly from: readonly [number, number];
    readonly width: number;
    readonly side: number;
    readonly answers: readonly number[];
  };
};

const { width, startScale, embeddingRate, decoderRate, weightDecay, outputs } = embeddingControls;

/** Steps between two looks at whether a run has ended, and between two states that could be saved. */
const SLICE = 100;

const flat = ({ layout }: Problem, parameters: NamedArrays): Float64Array => {
  const w = new Float64Array(layout.size);
  for (const [name, view] of Object.entries(layout.views(w))) view.set(parameters[name].data);
  return w;
};

/** The square around points, with a margin. */
const squareAround = (points: readonly (readonly [number, number])[]) => {
  const [xs, ys] = [0, 1].map(axis => points.map(point => point[axis]));
  const middle = [xs, ys].map(values => (Math.min(...values) + Math.max(...values)) / 2);
  const width = 1.25 * Math.max(...[xs, ys].map(values => Math.max(...values) - Math.min(...values)));
  return { from: [middle[0] - width / 2, middle[1] - width / 2] as const, width };
};

/** Embeddings of two numbers, so that all that the decoder knows can be drawn. */
export const regionsProtocol = protocol<RegionsRecords>()({
  name: "regions",
  summary:
    "train embeddings of two numbers, with a modulus or without, and keep the decoder's answer everywhere in their plane",
  settings: {
    sum: choice("what is learned of two symbols: their sum, or their sum modulo their number", ["plain", "modular"]),
    symbols: { ...embeddingControls.symbols, default: 11, summary: "symbols, an odd number" },
    trainPairs: { ...embeddingControls.trainPairs, default: 56 },
    width: { ...width, default: 100 },
    outputs,
    startScale: { ...startScale, default: 0.1 },
    embeddingRate: { ...embeddingRate, default: 0.1 },
    decoderRate,
    weightDecay: { ...weightDecay, default: 3 },
    steps: integer("steps of training", { default: 2500, min: 1, max: 100_000_000, scale: "log" }),
    stop: choice("whether a run ends with its steps, or as soon as its phase is decided", ["end", "decided"]),
    side: integer("points along each side of the square of answers", { default: 60, min: 2, max: 200 }),
  },
  small: { symbols: 5, trainPairs: 12, width: 6, outputs: 3, steps: 60, side: 4 },
  check({ symbols, trainPairs }) {
    if (symbols % 2 === 0) throw invalid("symbols", symbols, "an odd number");
    const pairs = (symbols * (symbols + 1)) / 2;
    if (trainPairs >= pairs) throw invalid("trainPairs", trainPairs, `at most ${pairs - 1} of the ${pairs} pairs`);
  },

  run({ settings, seed, chain }, context) {
    const { sum, symbols, trainPairs, outputs, side } = settings;
    const address = { seed, chain };
    const task = (sum === "plain" ? addition : modularAddition)(symbols, 2);
    const trained = randomMarks(task.pairs.length, trainPairs, stream({ ...address, purpose: "training pairs" }));
    const targets = new Float64Array(task.labels * outputs);
    stream({ ...address, purpose: "targets" }).normals(targets);
    const problem = problemOf(task, trained, { targets, width: settings.width });
    const at = { ...defaultsOf(embeddingControls), ...settings };
    const run = training(problem, startAt(at, problem, address), at, { steps: settings.steps, precision: "f32" });
    const { saved } = context;
    const watch = milestoneWatch(problem, saved);
    if (saved) run.restore(saved);
    let seen = saved ? (saved.step as number) - 1 : -1;
    while (seen < settings.steps && !(settings.stop === "decided" && watch.isDecided())) {
      seen = Math.min(settings.steps, seen + SLICE);
      run.advance(seen, watch.see);
      context.save(() => ({ ...run.save(), ...watch.save() }));
      context.progress(Math.min(1, seen / settings.steps));
    }
    const w = flat(problem, run.parameters(0));
    const outputsNow = outputsAt(problem, w);
    const { E } = problem.layout.views(w);
    const { train, test } = accuracies(problem);
    const { trainStep, testStep } = watch.reached();
    context.record("final", {
      ...{ step: seen + 1, trainStep, testStep },
      trainAccuracy: train(outputsNow),
      testAccuracy: test(outputsNow),
      smoothness: smoothness(E, symbols, sum === "plain" ? "row" : "ring"),
      label: watch.phase(),
    });
    const points = Array.from({ length: symbols }, (_, k) => [E[2 * k], E[2 * k + 1]] as const);
    const square = squareAround(points);
    const [decode, answerOf] = [decoderAt(problem, w), predictor(problem)];
    const [input, out] = [new Float64Array(2), new Float64Array(outputs)];
    const answers = Array.from({ length: side * side }, (_, i) => {
      const places = [i % side, Math.floor(i / side)];
      // The sum of two embeddings is twice the point halfway between them.
      places.forEach((place, axis) => {
        input[axis] = 2 * (square.from[axis] + ((place + 0.5) / side) * square.width);
      });
      decode(input, out);
      return answerOf(out, 0);
    });
    context.record("plane", { points, ...square, side, answers });
  },
});
