import type { NamedArrays, SavedState } from "../../contracts/protocol.ts";
import type { Model } from "../../engine/model.ts";
import type { ChainRange } from "../../experiments/chain-range.ts";
import type { Data } from "../../experiments/data.ts";
import { checkExperiment } from "../../experiments/experiment.ts";
import { trainer } from "../../experiments/trainer.ts";
import { gradientDescent } from "../../learning/gradient-descent.ts";

/** The first two points as a network has them before a step. */
export interface PairSeen {
  readonly step: number;
  /** Without dropout. */
  readonly loss: number;
  /** Squared distance of the representations in each hidden layer. */
  readonly layers: Float64Array;
  readonly y: number;
  readonly w: number;
  /** Squared length of the mean error of the outputs. */
  readonly mean2: number;
}

/** Full-batch gradient descent that shows the pair before each step that is asked for. */
export interface PairTraining {
  readonly step: number;
  /** Shows the states from the last one shown up to `last`, where `isWanted`, in order. */
  advance(last: number, see: (state: PairSeen) => void): void;
  parameters(): NamedArrays;
  save(): SavedState;
  restore(saved: SavedState): void;
}

export interface PairRecipe {
  readonly model: Model;
  readonly data: Data;
  readonly stepSize: number;
  readonly steps: number;
  readonly precision: "f32" | "f64";
}

/** The last state is seen by one step more than `steps`. `isWanted` says which steps are shown. */
export const pairTraining = (
  { model, data, stepSize, steps, precision }: PairRecipe,
  member: Pick<ChainRange, "seed" | "from">,
  isWanted: (step: number) => boolean = () => true,
): PairTraining => {
  const optimiser = gradientDescent({ stepSize });
  const experiment = checkExperiment({ model, data, optimiser, steps: steps + 1, precision });
  const running = trainer(experiment, { ...member, count: 1 }, { outputs: ["layers", "pair"] });
  return {
    get step() {
      return running.step;
    },
    advance(last, see) {
      running.advance(last + 1, ({ step, output }) => {
        if (!isWanted(step)) return;
        const [y, w, mean2, loss] = output("pair", 0);
        see({ step, loss, layers: output("layers", 0), y, w, mean2 });
      });
    },
    parameters: () => running.parameters(0),
    save: running.save,
    restore: running.restore,
  };
};
