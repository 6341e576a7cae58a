import { choice, integer, type ValuesOf } from "../../../contracts/field.ts";
import type { Address, ProtocolContext } from "../../../contracts/protocol.ts";
import { invalid } from "../../../errors.ts";
import { checkValues, type EmbeddingValues } from "../controls.ts";
import type { Problem } from "../model/problem.ts";
import { milestoneWatch, type NetworkState, training } from "../training.ts";

/** How far training runs are followed. */
export const followControls = {
  steps: integer("steps of training, the budget within which phases are told apart", {
    default: 5000,
    min: 1,
    max: 100_000_000,
    scale: "log",
  }),
  stop: choice("whether a run ends with its steps, or as soon as its phase is decided", ["end", "decided"]),
  batch: integer("training pairs per step; 0 for all", { default: 0, min: 0, max: 1000 }),
  precision: choice("precision of all arithmetic in training", ["f32", "f64"]),
} as const;

export type FollowValues = EmbeddingValues & ValuesOf<typeof followControls>;

/** Refuses values that are each in range but do not go together. */
export const checkFollow = (settings: FollowValues): void => {
  checkValues(settings);
  const { batch, trainPairs } = settings;
  if (batch > trainPairs) throw invalid("batch", batch, `at most the ${trainPairs} training pairs`);
};

/** Steps between two looks at whether a run has ended, and between two states that could be saved. */
const [SLICE, SAVE_EVERY] = [32, 512];

/** Trains from a start, shows each state on the way, and returns the last one with the milestones. Saved states are the training's own. */
export const follow = (
  problem: Problem,
  start: Float64Array,
  settings: FollowValues,
  address: Address,
  context: Pick<ProtocolContext<object>, "save" | "saved" | "progress">,
  see: (state: NetworkState) => void = () => {},
) => {
  const { steps, stop } = settings;
  const { saved } = context;
  const run = training(problem, start, settings, settings, address);
  const watch = milestoneWatch(problem, saved);
  let seen = -1;
  if (saved) {
    run.restore(saved);
    seen = (saved.step as number) - 1;
  }
  let last: NetworkState | undefined;
  while (last === undefined) {
    const target = Math.min(steps, seen + SLICE);
    run.advance(target, state => {
      if (last) return;
      watch.see(state);
      see(state);
      if (state.step === steps || (stop === "decided" && watch.isDecided())) last = { ...state };
    });
    seen = target;
    if (last === undefined && (seen + 1) % SAVE_EVERY === 0) context.save(() => ({ ...run.save(), ...watch.save() }));
    context.progress(Math.min(1, (seen + 1) / steps));
  }
  return { last, watch };
};
