import { integer } from "../../../contracts/field.ts";
import { protocol } from "../../../contracts/protocol.ts";
import { logAndLinearCheckpoints } from "../../../learning/checkpoints.ts";
import { embeddingControls } from "../controls.ts";
import { observeNetwork } from "../learner.ts";
import { idealAccuracy, problemAt, startAt } from "../model/problem.ts";
import type { Phase } from "../theory/phases.ts";
import type { Milestones } from "../training.ts";
import { checkFollow, follow, followControls } from "./follow.ts";

type Seen = { readonly step: number; readonly loss: number } & Omit<ReturnType<typeof observeNetwork>, "label">;

export type EmbeddingTrainRecords = {
  readonly checkpoint: Seen & { readonly label: string };
  /** Embeddings at a checkpoint, symbol after symbol. */
  readonly embedding: { readonly step: number; readonly values: readonly number[] };
  /** The label is the phase of the run. */
  readonly final: Seen &
    Milestones & { readonly label: Phase; readonly accuracy: number; readonly idealAccuracy: number };
};

/** Checkpoints on the logarithmic axis. */
const EARLY = 30;

export const trainProtocol = protocol<EmbeddingTrainRecords>()({
  name: "train",
  summary: "train embeddings and decoder, follow accuracies and the quality of the representation, and tell the phase",
  settings: {
    ...embeddingControls,
    ...followControls,
    every: integer("steps between checkpoints; earlier ones lie closer", { default: 50, min: 1, max: 100_000_000 }),
  },
  small: { symbols: 5, trainPairs: 12, width: 6, outputs: 3, steps: 60, every: 10 },
  check: settings => checkFollow(settings),

  run({ settings, seed, chain }, context) {
    const { steps, every } = settings;
    const address = { seed, chain };
    const problem = problemAt(settings, address);
    const checkpoints = new Set(logAndLinearCheckpoints(EARLY, Math.min(every, steps), steps));
    const { last, watch } = follow(problem, startAt(settings, problem, address), settings, address, context, state => {
      const { step, loss, outputs, embeddings } = state;
      if (!checkpoints.has(step)) return;
      context.record("checkpoint", { step, loss, ...observeNetwork(problem, outputs, embeddings) });
      context.record("embedding", { step, values: [...embeddings] });
    });
    const { step, loss, outputs, embeddings } = last;
    const seen = observeNetwork(problem, outputs, embeddings);
    const { trainCount, order } = problem;
    context.record("final", {
      step,
      loss,
      ...seen,
      ...watch.reached(),
      label: watch.phase(),
      accuracy: (seen.trainAccuracy * trainCount + seen.testAccuracy * (order.length - trainCount)) / order.length,
      idealAccuracy: idealAccuracy(problem.task, problem.trained),
    });
    context.snapshot("embeddings", {
      E: { shape: [problem.task.symbols, problem.task.dimensions], data: embeddings },
    });
  },
});
