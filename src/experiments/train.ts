import type { NamedArrays } from "../contracts/protocol.ts";
import type { FastModes } from "../engine/fast-modes.ts";
import { invalid, isLandauError, LandauError } from "../errors.ts";
import { logAndLinearCheckpoints } from "../learning/checkpoints.ts";
import { dataset } from "./data.ts";
import { type Evaluation, evaluator, testEvaluator } from "./evaluator.ts";
import { type CheckedExperiment, checkExperiment, type Experiment } from "./experiment.ts";
import { type Trainer, trainer } from "./trainer.ts";

/** Where a run stands, before step `step` is made. */
export interface Checkpoint {
  readonly step: number;
  readonly chain: number;
  /** Loss that the last step began with; absent at step 0. */
  readonly loss?: number;
  parameters(): NamedArrays;
  /** Loss and outputs on the experiment's test data, or on its training data when it has none. */
  evaluate(): Evaluation;
}

export interface TrainOptions {
  /** Seed of all random numbers; 0 when absent. */
  readonly seed?: number;
  /** Called at every checkpoint. Returning true ends the run there; in an ensemble it ends for that chain alone. */
  visit?(checkpoint: Checkpoint): unknown;
  /** Stops the run between two checkpoints with a LandauError of kind "cancelled". */
  readonly signal?: AbortSignal;
  /** Those that the thread uses when absent: none, unless a run of the lab asked for them. */
  readonly fast?: FastModes;
}

/** What a run of an experiment leaves. */
export interface Trained {
  readonly chain: number;
  /** Loss of every step made, before the step. */
  readonly loss: Float64Array;
  readonly parameters: NamedArrays;
  /** Loss and outputs of the trained model on other data. */
  evaluate(data: Experiment["data"]): Evaluation;
}

/**
 * Trains a model.
 *
 *     const { loss, parameters } = train({ model: net, data: { x, y }, optimiser: adam({ stepSize: 1e-3 }), steps: 1000 });
 *
 * Throws a LandauError of kind "input" for what cannot be used, and of kind "diverged" when the loss or a parameter leaves the finite
 * numbers.
 */
export const train = (experiment: Experiment, options: TrainOptions = {}): Trained =>
  trainEnsemble(experiment, { ...options, chains: 1 })[0];

export interface EnsembleOptions extends TrainOptions {
  /** Members, which differ in their starts, minibatches and draws: chains 0, ..., chains - 1 of the seed. */
  readonly chains: number;
}

const MAX_CHAINS = 1_000_000;

/** Trains an ensemble side by side in one program. */
export const trainEnsemble = (experiment: Experiment, options: EnsembleOptions): Trained[] => {
  const checked = checkExperiment(experiment);
  const { seed = 0, chains, visit, signal, fast } = options;
  if (!(Number.isSafeInteger(seed) && seed >= 0)) throw invalid("seed", seed, "a whole number from 0");
  if (!(Number.isSafeInteger(chains) && chains >= 1 && chains <= MAX_CHAINS))
    throw invalid("chains", chains, `a whole number from 1 to ${MAX_CHAINS}`);
  const running = trainer(checked, { seed, from: 0, count: chains }, { fast });
  const { model, data, test, precision } = checked;
  const evaluate = lazily(() => (test ? testEvaluator(model, test, precision) : evaluator(model, data, precision)));
  const ended = new Map<number, Trained>();

  const trained = (chain: number): Trained => {
    const parameters = running.parameters(chain);
    const { step } = running;
    return {
      chain,
      loss: running.losses(chain).slice(),
      parameters,
      evaluate: data => evaluator(model, dataset(data), precision)(parameters, { seed, step }),
    };
  };
  for (const step of checkpointsOf(checked)) {
    if (signal?.aborted) throw new LandauError("cancelled", "cancelled");
    running.advance(step);
    for (let chain = 0; chain < chains; chain++) {
      if (ended.has(chain)) continue;
      const checkpoint: Checkpoint = {
        step,
        chain,
        loss: step === 0 ? undefined : running.losses(chain)[step - 1],
        parameters: () => running.parameters(chain),
        evaluate: () =>
          reportingDivergence(running, chain, () => evaluate()(running.parameters(chain), { seed, step })),
      };
      if (visit?.(checkpoint) !== true) continue;
      ended.set(chain, trained(chain));
      running.release(chain);
    }
    if (ended.size === chains) break;
  }
  return Array.from({ length: chains }, (_, chain) => ended.get(chain) ?? trained(chain));
};

/** What diverges where a member stands is reported with the step and what to change. */
export const reportingDivergence = <T>(running: Trainer, member: number, measure: () => T): T => {
  try {
    return measure();
  } catch (error) {
    throw isLandauError(error, "diverged") ? running.divergence(member, error) : error;
  }
};

/** Ascending, the last step included. */
export const checkpointsOf = ({ checkpoints, steps }: CheckedExperiment): readonly number[] => {
  const asked = checkpoints ?? logAndLinearCheckpoints(50, Math.ceil(steps / 50), steps);
  return [...new Set([...asked.filter(step => step <= steps), steps])].sort((a, b) => a - b);
};

const lazily = <T>(make: () => T): (() => T) => {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
};
