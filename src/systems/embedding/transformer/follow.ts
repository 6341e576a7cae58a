import { choice, integer, type ValuesOf } from "../../../contracts/field.ts";
import type { Address, NamedArrays, ProtocolContext } from "../../../contracts/protocol.ts";
import { dataset } from "../../../experiments/data.ts";
import { evaluator } from "../../../experiments/evaluator.ts";
import { checkExperiment } from "../../../experiments/experiment.ts";
import { trainer } from "../../../experiments/trainer.ts";
import { linearCheckpoints } from "../../../learning/checkpoints.ts";
import { stream } from "../../../numerics/stream.ts";
import { LEARNED } from "../theory/phases.ts";
import type { TransformerValues } from "./controls.ts";
import { optimisersOf, pairData, transformerModel } from "./model.ts";

export const followControls = {
  steps: integer("steps of training", { default: 2000, min: 1, max: 100_000_000, scale: "log" }),
  every: integer("steps between looks at accuracies and embeddings", { default: 20, min: 1, max: 1_000_000 }),
  stop: choice("whether a run ends with its steps, or when test accuracy reaches 0.9", ["end", "generalised"]),
} as const;

export type TransformerFollowValues = TransformerValues & ValuesOf<typeof followControls>;

/** Steps at which accuracies were first seen at 0.9, null for not yet. */
export interface TransformerOutcome {
  readonly trainStep: number | null;
  readonly testStep: number | null;
}

export interface TransformerState extends TransformerOutcome {
  readonly step: number;
  /** Without dropout, on the training pairs and on all others. */
  readonly trainAccuracy: number;
  readonly testAccuracy: number;
  /** On all pairs, in nats. */
  readonly loss: number;
  readonly parameters: NamedArrays;
}

/** Trains a member on all of its training pairs at once, and looks at it at every checkpoint. */
export const followTransformer = (
  at: TransformerFollowValues,
  address: Address,
  context: Pick<ProtocolContext<object>, "save" | "saved" | "progress">,
  see: (state: TransformerState) => void,
): { readonly start: NamedArrays } => {
  const { modulus, trainFraction, dropout, steps, every, stop } = at;
  const order = Int32Array.from({ length: modulus * modulus }, (_, i) => i);
  stream({ ...address, purpose: "training pairs" }).shuffle(order);
  const trainCount = Math.round(trainFraction * order.length);
  const experiment = checkExperiment({
    model: transformerModel(at, dropout),
    data: pairData(modulus, order.subarray(0, trainCount)),
    optimiser: optimisersOf(at),
    steps,
  });
  const run = trainer(experiment, { seed: address.seed, from: address.chain, count: 1 });
  const onAll = evaluator(transformerModel(at, 0), dataset(pairData(modulus, order)), "f32");
  const start = run.parameters(0);
  const { saved } = context;
  let [trainStep, testStep] = [saved?.trainStep ?? null, saved?.testStep ?? null] as (number | null)[];
  if (saved) run.restore(saved);
  for (const step of linearCheckpoints(Math.min(every, steps), steps)) {
    if (saved && step <= (saved.step as number)) continue;
    run.advance(step);
    const parameters = run.parameters(0);
    const { loss, outputs } = onAll(parameters);
    const right = rightAnswers(outputs.logits.data, order, modulus);
    const share = (from: number, to: number) => right.subarray(from, to).reduce((a, b) => a + b, 0) / (to - from);
    const [trainAccuracy, testAccuracy] = [share(0, trainCount), share(trainCount, order.length)];
    if (trainAccuracy >= LEARNED) trainStep ??= step;
    if (testAccuracy >= LEARNED) testStep ??= step;
    see({ step, loss, trainAccuracy, testAccuracy, trainStep, testStep, parameters });
    if (stop === "generalised" && testStep !== null) break;
    if (step < steps)
      context.save(() => ({
        ...run.save(),
        ...(trainStep !== null && { trainStep }),
        ...(testStep !== null && { testStep }),
      }));
    context.progress(step / steps);
  }
  return { start };
};

/** 1 for each pair whose largest logit is at its sum. */
const rightAnswers = (logits: Float64Array, order: Int32Array, p: number): Uint8Array =>
  Uint8Array.from(order, (number, row) => {
    let best = 0;
    for (let c = 1; c < p; c++) if (logits[row * p + c] > logits[row * p + best]) best = c;
    return Number(best === (Math.floor(number / p) + (number % p)) % p);
  });
