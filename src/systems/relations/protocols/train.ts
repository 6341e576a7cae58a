import { choice, integer } from "../../../contracts/field.ts";
import { protocol } from "../../../contracts/protocol.ts";
import { logAndLinearCheckpoints } from "../../../learning/checkpoints.ts";
import { checkValues, relationsControls } from "../controls.ts";
import { problemAt, startAt } from "../model/problem.ts";
import { type Representation, representationOf } from "../model/representation.ts";
import { type Phase, stateOf } from "../theory/phases.ts";
import { milestoneWatch, type NetworkState, training } from "../training.ts";

type Seen = Omit<NetworkState, "embeddings"> & Representation;

export type RelationsTrainRecords = {
  readonly checkpoint: Seen & { readonly label: string };
  /** Embeddings at a checkpoint, symbol after symbol. */
  readonly embedding: { readonly step: number; readonly values: readonly number[] };
  /** The label is the phase of the run; steps are those of the milestones, null for never. */
  readonly final: Seen & {
    readonly label: Phase;
    readonly trainStep: number | null;
    readonly testStep: number | null;
    readonly symbols: number;
  };
};

/** Checkpoints on the logarithmic axis, and on the linear one. */
const [EARLY, LATER] = [24, 20];

export const trainProtocol = protocol<RelationsTrainRecords>()({
  name: "train",
  summary: "train embeddings and decoder, follow accuracies and the representation, and tell the phase",
  settings: {
    ...relationsControls,
    steps: integer("steps of training, the budget within which phases are told apart", {
      default: 8000,
      min: 1,
      max: 100_000_000,
      scale: "log",
    }),
    every: integer("steps between evaluations, of which some are recorded", {
      default: 25,
      min: 1,
      max: 100_000_000,
    }),
    stop: choice("whether a run ends with its steps, or as soon as its phase is decided", ["end", "decided"]),
    precision: choice("precision of all arithmetic in training", ["f32", "f64"]),
  },
  small: { symbols: 6, classes: 2, side: 2, depth: 1, width: 6, steps: 60, every: 10 },
  check: settings => checkValues(settings),

  run({ settings, seed, chain }, context) {
    const { steps, every, stop } = settings;
    const address = { seed, chain };
    const problem = problemAt(settings, address);
    const run = training(problem, startAt(settings, problem, address), settings, settings);
    const watch = milestoneWatch(context.saved);
    const recorded = recordedSteps(steps, every);
    const shown = ({ embeddings, ...seen }: NetworkState): Seen => ({
      ...seen,
      ...representationOf(problem.relation, embeddings),
    });
    let step = 0;
    if (context.saved) {
      run.restore(context.saved);
      step = context.saved.next as number;
    }
    for (;;) {
      const state = run.to(step);
      watch.see(state);
      const isLast = step === steps || (stop === "decided" && watch.isDecided());
      if (recorded.has(step) || isLast) {
        const label = stateOf(state.trainAccuracy, state.testAccuracy);
        context.record("checkpoint", { ...shown(state), label });
        context.record("embedding", { step, values: [...state.embeddings] });
      }
      if (isLast) {
        const { symbols } = settings;
        context.record("final", { ...shown(state), ...watch.reached(), label: watch.phase(), symbols });
        context.snapshot("parameters", run.parameters());
        return;
      }
      step = Math.min(steps, step + every);
      const next = step;
      context.save(() => ({ ...run.save(), ...watch.save(), next }));
      context.progress(step / steps);
    }
  },
});

/** Evaluated steps that are recorded: those at which another checkpoint of the logarithmic and linear axes was passed. */
const recordedSteps = (steps: number, every: number): ReadonlySet<number> =>
  new Set(
    logAndLinearCheckpoints(EARLY, Math.max(1, Math.ceil(steps / LATER)), steps).map(step =>
      Math.min(steps, Math.ceil(step / every) * every),
    ),
  );
