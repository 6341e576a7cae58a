import type { Address } from "../../../contracts/protocol.ts";
import { LandauError } from "../../../errors.ts";
import type { NamedArrays } from "../../../learning/networks/named-arrays.ts";
import { randomMarks } from "../../../numerics/marks.ts";
import { fillLegacyNormals, mersenneTwister, uniform24 } from "../../../numerics/mersenne-twister.ts";
import { stream } from "../../../numerics/stream.ts";
import { type EmbeddingValues, publishedTraining } from "../controls.ts";
import { linkedPairs, shares } from "../theory/pairs.ts";
import { layoutOf } from "./layout.ts";
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
  const targets = at.loss === "regression" ? targetsAt(at, task.labels, address) : null;
  return problemOf(task, trainingPairsAt(at, task, address), { targets, width: at.width });
};

/** The source's code draws everything at this seed. */
export const PUBLISHED_SEED = 58;

const targetsAt = ({ numbers, outputs }: EmbeddingValues, labels: number, address: Address): Float64Array => {
  if (numbers === "published") return publishedTargets(PUBLISHED_SEED, labels, outputs);
  const targets = new Float64Array(labels * outputs);
  stream({ ...address, purpose: "targets" }).normals(targets);
  return targets;
};

/** Standard normal targets, row-major, from a generator of their own. */
export const publishedTargets = (seed: number, labels: number, outputs: number): Float64Array => {
  const targets = new Float64Array(labels * outputs);
  fillLegacyNormals(mersenneTwister(seed), targets);
  return targets;
};

/** Draws of a training set before no ideal one is found. */
const MOST_DRAWS = 10_000;

const trainingPairsAt = ({ split, trainPairs }: EmbeddingValues, task: Task, address: Address): Uint8Array => {
  const count = task.pairs.length;
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
  if (at.numbers === "published") return publishedStart(PUBLISHED_SEED, problem, at.startScale);
  const { task, layout } = problem;
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

/** The start of the source's code: one sequence of words; weights are drawn row by row of [outputs, inputs]. */
export const publishedStart = (seed: number, { layout }: Problem, startScale = 1): Float64Array => {
  const word = mersenneTwister(seed);
  const w = new Float64Array(layout.size);
  const views = layout.views(w);
  for (let i = 0; i < views.E.length; i++) views.E[i] = startScale * (uniform24(word) - 0.5);
  const shapes = Object.fromEntries(layout.parameters.map(({ name, shape }) => [name, shape]));
  for (const layer of [1, 2, 3]) {
    const [inputs, outputs] = shapes[`W${layer}`];
    const bound = Math.sqrt(inputs);
    const next = () => (2 * uniform24(word) - 1) / bound;
    const weights = views[`W${layer}`];
    for (let o = 0; o < outputs; o++) for (let i = 0; i < inputs; i++) weights[i * outputs + o] = next();
    const biases = views[`b${layer}`];
    for (let o = 0; o < outputs; o++) biases[o] = next();
  }
  return w;
};
