import type { Address, SavedState } from "../../contracts/protocol.ts";
import { dataset } from "../../experiments/data.ts";
import { type Evaluator, evaluator } from "../../experiments/evaluator.ts";
import { checkExperiment } from "../../experiments/experiment.ts";
import { type StepView, type Trainer, trainer } from "../../experiments/trainer.ts";
import { optimisersOf, type Recipe } from "../encoder-decoder.ts";
import { accuracies } from "./model/evaluation.ts";
import { networkData, networkModel } from "./model/network.ts";
import type { Problem } from "./model/problem.ts";
import { LEARNED, type Phase, phaseOf } from "./theory/phases.ts";
import { HIGH } from "./theory/quality.ts";

/** A network after a number of steps. Its arrays are read when they are first asked for, while it is shown; `{ ...state }` keeps them. */
export interface NetworkState {
  readonly step: number;
  /** Loss on the training pairs. */
  readonly loss: number;
  /** For all pairs, rows in the problem's order. */
  readonly outputs: Float64Array;
  readonly embeddings: Float64Array;
}

/** A training run that shows every state it goes through. */
export interface Training {
  /** Shows the states up to `last`, in order, each after so many steps; the first call begins with the start. */
  advance(last: number, see: (state: NetworkState) => void): void;
  parameters: Trainer["parameters"];
  save(): SavedState;
  restore(saved: SavedState): void;
}

export interface TrainingSettings {
  readonly steps: number;
  readonly precision: "f32" | "f64";
  /** Training pairs per step, reshuffled by the member's own numbers; all of them when 0 or absent. */
  readonly batch?: number;
}

/** Training of a member. The last state is seen by one step more than `steps`. */
export const training = (
  problem: Problem,
  start: Float64Array,
  recipe: Recipe,
  { steps, precision, batch = 0 }: TrainingSettings,
  { seed, chain }: Address = { seed: 0, chain: 0 },
): Training => {
  const isWhole = batch === 0 || batch === problem.trainCount;
  const model = networkModel(problem, start);
  const all = networkData(problem, "all");
  const experiment = checkExperiment({
    model,
    data: isWhole ? all : networkData(problem, "train"),
    optimiser: optimisersOf(recipe),
    steps: steps + 1,
    precision,
    ...(!isWhole && { batch }),
  });
  const running = trainer(experiment, { seed, from: chain, count: 1 }, { outputs: isWhole ? ["y", "embeddings"] : [] });
  const advance: Training["advance"] = isWhole
    ? (last, see) => running.advance(last + 1, view => showStep(view, see))
    : lookBetween(running, evaluator(model, dataset(all), precision));
  return { advance, parameters: running.parameters, save: running.save, restore: running.restore };
};

/** Most states are only counted, and reading every output of every step would take a tenth of the time of training. */
const showStep = ({ step, loss, output }: StepView, see: (state: NetworkState) => void): void => {
  const read: { [name: string]: Float64Array } = {};
  let isShown = true;
  const array = (name: string): Float64Array => {
    if (!isShown && !read[name]) throw new Error(`${name} of step ${step} was not read while the step was shown`);
    read[name] ??= output(name, 0);
    return read[name];
  };
  see({
    step,
    loss: loss(0),
    get outputs() {
      return array("y");
    },
    get embeddings() {
      return array("embeddings");
    },
  });
  isShown = false;
};

/** A minibatch shows a few training pairs only: every state is evaluated on all pairs before the step that leaves it. */
const lookBetween =
  (running: Trainer, evaluate: Evaluator): Training["advance"] =>
  (last, see) => {
    while (running.step <= last) {
      const { loss, outputs } = evaluate(running.parameters(0));
      see({ step: running.step, loss, outputs: outputs.y.data, embeddings: outputs.embeddings.data });
      running.advance(running.step + 1);
    }
  };

/** Steps at which a run first reached what phases are made of, null for not yet: counted as the source does, the first update is step 0. */
export type Milestones = {
  readonly trainStep: number | null;
  readonly testStep: number | null;
  /** The quality of the representation exceeds 0.95. */
  readonly qualityStep: number | null;
};

const names = ["trainStep", "testStep", "qualityStep"] as const;

/** Looks at every state after the first update, and keeps when each milestone was reached. */
export const milestoneWatch = (problem: Problem, saved?: SavedState) => {
  const { trainReaches, testReaches } = accuracies(problem);
  const { quality, dimensions } = problem.task;
  const reached: { [name in (typeof names)[number]]: number | null } = {
    trainStep: null,
    testStep: null,
    qualityStep: null,
  };
  if (saved) for (const name of names) if (name in saved) reached[name] = saved[name] as number;
  const hasReached = {
    trainStep: ({ outputs }: NetworkState) => trainReaches(outputs, LEARNED),
    testStep: ({ outputs }: NetworkState) => testReaches(outputs, LEARNED),
    qualityStep: ({ embeddings }: NetworkState) => quality.index({ values: embeddings, dimensions }) > HIGH,
  };
  return {
    see(state: NetworkState): void {
      if (state.step === 0) return;
      for (const name of names) if (reached[name] === null && hasReached[name](state)) reached[name] = state.step - 1;
    },
    reached: (): Milestones => ({ ...reached }),
    /** More steps cannot change the phase. */
    isDecided: () => reached.trainStep !== null && reached.testStep !== null,
    phase: (): Phase => phaseOf(reached.trainStep, reached.testStep),
    save: (): SavedState =>
      Object.fromEntries(names.flatMap(name => (reached[name] === null ? [] : [[name, reached[name]]]))),
  };
};
