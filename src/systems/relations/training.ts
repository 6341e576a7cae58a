import type { NamedArrays, SavedState } from "../../contracts/protocol.ts";
import { dataset } from "../../experiments/data.ts";
import { evaluator } from "../../experiments/evaluator.ts";
import { checkExperiment } from "../../experiments/experiment.ts";
import { trainer } from "../../experiments/trainer.ts";
import type { LearningSteps } from "../../transitions/learning-phases.ts";
import { optimisersOf, type Recipe } from "../encoder-decoder.ts";
import { type Evaluation, evaluate } from "./model/evaluation.ts";
import { networkData, networkModel } from "./model/network.ts";
import type { Problem } from "./model/problem.ts";
import { LEARNED, type Phase, phaseOf } from "./theory/phases.ts";

/** A network after a number of steps. */
export type NetworkState = Evaluation & {
  readonly step: number;
  readonly embeddings: Float64Array;
};

/** A training run that is looked at now and then. */
export interface Training {
  /** Trains until so many steps are made, and looks. */
  to(step: number): NetworkState;
  parameters(): NamedArrays;
  save(): SavedState;
  restore(saved: SavedState): void;
}

/** Full-batch training of at most so many steps. */
export const training = (
  problem: Problem,
  start: Float64Array,
  recipe: Recipe,
  { steps, precision }: { readonly steps: number; readonly precision: "f32" | "f64" },
): Training => {
  const model = networkModel(problem, start);
  const data = networkData(problem, "train");
  const experiment = checkExperiment({ model, data, optimiser: optimisersOf(recipe), steps, precision });
  const running = trainer(experiment, { seed: 0, from: 0, count: 1 });
  const onAll = evaluator(model, dataset(networkData(problem, "all")), precision);
  const parameters = () => running.parameters(0);
  return {
    to(step) {
      running.advance(step);
      const now = parameters();
      return { step, embeddings: now.E.data, ...evaluate(problem, onAll(now).outputs.y.data) };
    },
    parameters,
    save: running.save,
    restore: running.restore,
  };
};

/** Keeps at which evaluated step a run first learned the training and the test pairs; the start does not count. */
export const milestoneWatch = (saved?: SavedState) => {
  const reached: { -readonly [name in keyof LearningSteps]: LearningSteps[name] } = {
    trainStep: (saved?.trainStep as number | undefined) ?? null,
    testStep: (saved?.testStep as number | undefined) ?? null,
  };
  return {
    see({ step, trainAccuracy, testAccuracy }: Pick<NetworkState, "step" | "trainAccuracy" | "testAccuracy">): void {
      if (step === 0) return;
      if (trainAccuracy > LEARNED) reached.trainStep ??= step;
      if (testAccuracy > LEARNED) reached.testStep ??= step;
    },
    reached: (): LearningSteps => ({ ...reached }),
    /** More steps cannot change the phase. */
    isDecided: () => reached.trainStep !== null && reached.testStep !== null,
    phase: (): Phase => phaseOf(reached),
    save: (): SavedState =>
      Object.fromEntries(Object.entries(reached).flatMap(([name, step]) => (step === null ? [] : [[name, step]]))),
  };
};
