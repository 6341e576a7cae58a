import type { Address } from "../../../contracts/protocol.ts";
import { LandauError } from "../../../errors.ts";
import type { NamedArrays } from "../../../learning/networks/named-arrays.ts";
import { randomMarks } from "../../../numerics/marks.ts";
import { stream } from "../../../numerics/stream.ts";
import { type EmbeddingValues, publishedTraining } from "../controls.ts";
import { linkedPairs, shares } from "../theory/pairs.ts";
import { layoutOf } from "./layout.ts";
import {
  figureProblem,
  figureProgramOf,
  figureStart,
  PUBLISHED_SEED,
  publishedStart,
  publishedTargets,
} from "./published-numbers.ts";
import { addition, permutations, type Task } from "./tasks.ts";

/** A task with its training pairs and targets, and the network that is to learn it. */
export interface Problem {
  readonly task: Task;
  /** A mark for each training pair. */
  readonly trained: Uint8Array;
  /** Places of all pairs, those of training first, each in its order. */
  readonly order: Int32Array;
  readonly trainCount: number;
  /** Targets of regression, labels x outputs; null for classification. */
  readonly targets: Float64Array | null;
  readonly outputs: number;
  readonly layout: NamedArrays;
}

/** A problem of given training pairs and targets. */
export const problemOf = (
  task: Task,
  trained: Uint8Array,
  { targets, width }: { readonly targets: Float64Array | null; readonly width: number },
): Problem => {
  const places = Array.from(trained.keys());
  const train = places.filter(place => trained[place] === 1);
  const outputs = targets === null ? task.labels : targets.length / task.labels;
  return {
    task,
    trained,
    order: Int32Array.from([...train, ...places.filter(place => trained[place] === 0)]),
    trainCount: train.length,
    targets,
    outputs,
    layout: layoutOf(task, { width, outputs }),
  };
};

/** The problem of a member. */
export const problemAt = (at: EmbeddingValues, address: Address): Problem => {
  const task = at.task === "addition" ? addition(at.symbols, at.dimensions) : permutations();
  const targets = at.loss === "regression" ? targetsAt(at, task, address) : null;
  return problemOf(task, trainingPairsAt(at, task, address), { targets, width: at.width });
};

const targetsAt = (at: EmbeddingValues, task: Task, address: Address): Float64Array => {
  const { numbers, outputs } = at;
  const { labels } = task;
  if (numbers === "published") return publishedTargets(PUBLISHED_SEED, labels, outputs);
  if (numbers === "figure") return figureOf(at, task).targets;
  const targets = new Float64Array(labels * outputs);
  stream({ ...address, purpose: "targets" }).normals(targets);
  return targets;
};

/** Draws of a training set before no ideal one is found. */
const MOST_DRAWS = 10_000;

const figureOf = (at: EmbeddingValues, task: Task) =>
  figureProblem(figureProgramOf(at.task, at.loss), task, {
    trainPairs: at.trainPairs,
    outputs: at.loss === "regression" ? at.outputs : 0,
  });

const trainingPairsAt = (at: EmbeddingValues, task: Task, address: Address): Uint8Array => {
  const { split, trainPairs } = at;
  const count = task.pairs.length;
  if (split === "figure") return figureOf(at, task).trained;
  if (split === "published") return publishedTraining();
  const random = stream({ ...address, purpose: "training pairs" });
  if (split === "random") return randomMarks(count, trainPairs, random);
  for (let draw = 0; draw < MOST_DRAWS; draw++) {
    const trained = randomMarks(count, trainPairs, random);
    if (hasEveryAnswer(task, trained) && idealAccuracy(task, trained) === 1) return trained;
  }
  throw new LandauError(
    "input",
    `none of ${MOST_DRAWS} training sets of ${trainPairs} pairs has ideal accuracy 1: needs more trainPairs, or split random`,
  );
};

/** An answer without a training pair stays unknown. */
const hasEveryAnswer = ({ answers, labels }: Task, trained: Uint8Array): boolean =>
  new Set(answers.filter((_, place) => trained[place] === 1)).size === labels;

/** Share of all pairs that are known from the training pairs when every implied parallelogram is realised. */
export const idealAccuracy = (task: Task, trained: Uint8Array): number =>
  shares(trained, linkedPairs(trained, task.implied(trained))).all;

/** The start of a member: embeddings and decoder uniform, the latter between -+1/sqrt(inputs), biases too. */
export const startAt = (at: EmbeddingValues, problem: Problem, address: Address): Float64Array => {
  const { task, layout } = problem;
  const { dimensions } = task;
  if (at.numbers === "published") return publishedStart(PUBLISHED_SEED, layout, at.startScale);
  if (at.numbers === "figure") return figureStart(figureProgramOf(at.task, at.loss), layout, { ...at, dimensions });
  const w = new Float64Array(layout.size);
  stream({ ...address, purpose: "start" }).uniforms(w);
  const views = layout.views(w);
  for (let i = 0; i < w.length; i++) w[i] = 2 * w[i] - 1;
  scale(views.E, at.startScale * task.startWidth);
  const inputs = { W1: task.dimensions, W2: at.width, W3: at.width };
  for (const [name, count] of Object.entries(inputs)) {
    scale(views[name], 1 / Math.sqrt(count));
    scale(views[`b${name.slice(1)}`], 1 / Math.sqrt(count));
  }
  return w;
};

const scale = (values: Float64Array, factor: number): void => {
  for (let i = 0; i < values.length; i++) values[i] *= factor;
};
