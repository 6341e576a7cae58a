import { choice, integer, type ValuesOf } from "../../../contracts/field.ts";
import type { Address, NamedArrays, ProtocolContext } from "../../../contracts/protocol.ts";
import { dataset } from "../../../experiments/data.ts";
import { evaluator } from "../../../experiments/evaluator.ts";
import { checkExperiment } from "../../../experiments/experiment.ts";
import { trainer } from "../../../experiments/trainer.ts";
import { logAndLinearCheckpoints } from "../../../learning/checkpoints.ts";
import { LEARNED, type Phase, phaseOf } from "../theory/phases.ts";
import type { ImageValues } from "./controls.ts";
import { imageData, imageModel, imageOptimisers, memberImages } from "./model.ts";

/** Test accuracy that counts as learned [section 4.3]. */
export const TEST_LEARNED = 0.6;

export const followControls = {
  steps: integer("steps of training, the budget within which phases are told apart", {
    default: 20_000,
    min: 1,
    max: 100_000_000,
    scale: "log",
  }),
  every: integer("steps between looks at the accuracies; earlier ones lie closer", {
    default: 100,
    min: 1,
    max: 1_000_000,
  }),
  stop: choice("whether a run ends with its steps, or as soon as its phase is decided", ["end", "decided"]),
} as const;

export type ImageFollowValues = ImageValues & ValuesOf<typeof followControls>;

export type ImageState = {
  readonly step: number;
  readonly trainLoss: number;
  readonly testLoss: number;
  readonly trainAccuracy: number;
  readonly testAccuracy: number;
};

/** Steps at which the accuracies were first seen at 0.9 on training and 0.6 on test pictures, null for not within the steps. */
export type ImageOutcome = {
  readonly trainStep: number | null;
  readonly testStep: number | null;
  readonly label: Phase;
};

/** Checkpoints on the logarithmic axis. */
const EARLY = 40;

/** Trains a member and looks at it at every checkpoint. */
export const followImages = (
  at: ImageFollowValues,
  address: Address,
  context: Pick<ProtocolContext<object>, "save" | "saved" | "progress">,
  see: (state: ImageState) => void = () => {},
): { readonly outcome: ImageOutcome; readonly last: ImageState; readonly parameters: NamedArrays } => {
  const model = imageModel(at);
  const [train, test] = (["train", "test"] as const).map(which => imageData(memberImages(which, at, address)));
  const { steps, every, batch, stop } = at;
  const experiment = checkExperiment({
    model,
    data: train,
    optimiser: imageOptimisers(at),
    steps,
    ...(batch > 0 && { batch }),
  });
  const run = trainer(experiment, { seed: address.seed, from: address.chain, count: 1 });
  const [onTrain, onTest] = [train, test].map(data => evaluator(model, dataset(data), "f32"));
  const { saved } = context;
  let [trainStep, testStep] = [saved?.trainStep ?? null, saved?.testStep ?? null] as (number | null)[];
  if (saved) run.restore(saved);
  let last: ImageState | undefined;
  for (const step of logAndLinearCheckpoints(EARLY, Math.min(every, steps), steps)) {
    if (saved && step <= (saved.step as number)) continue;
    run.advance(step);
    const parameters = run.parameters(0);
    const [own, other] = [onTrain(parameters), onTest(parameters)];
    last = {
      step,
      trainLoss: own.loss,
      testLoss: other.loss,
      trainAccuracy: own.outputs.accuracy.data[0],
      testAccuracy: other.outputs.accuracy.data[0],
    };
    if (last.trainAccuracy >= LEARNED) trainStep ??= step;
    if (last.testAccuracy >= TEST_LEARNED) testStep ??= step;
    see(last);
    if (stop === "decided" && trainStep !== null && testStep !== null) break;
    if (step < steps && step % every === 0)
      context.save(() => ({
        ...run.save(),
        ...(trainStep !== null && { trainStep }),
        ...(testStep !== null && { testStep }),
      }));
    context.progress(step / steps);
  }
  return {
    outcome: { trainStep, testStep, label: phaseOf(trainStep, testStep) },
    last: last!,
    parameters: run.parameters(0),
  };
};
