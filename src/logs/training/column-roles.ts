/** What a column says of the others, by its name in small letters. The first of a list is preferred. */

/** Steps of training. A log counter comes after all that the training counts itself, epochs last. */
const STEPS = [
  "trainer/global_step",
  "train/global_step",
  "global_step",
  "global step",
  "training_step",
  "training step",
  "train_step",
  "train step",
  "step",
  "steps",
  "num_updates",
  "update",
  "updates",
  "iteration",
  "iterations",
  "iter",
  "iters",
  "it",
  "training_iteration",
  "batch",
  "batches",
  "_step",
  "trainer/epoch",
  "train/epoch",
  "epoch",
  "epochs",
  "round",
  "total_timesteps",
  "time/total_timesteps",
  "timesteps_total",
  "num_timesteps",
  "totalenvinteracts",
  "tokens",
  "n_tokens",
  "num_tokens",
  "tokens_seen",
  "total_tokens",
  "train/num_input_tokens_seen",
  "num_input_tokens_seen",
];
const TIMES = [
  "_timestamp",
  "timestamp",
  "wall_time",
  "wall time",
  "walltime",
  "datetime",
  "date",
  "time",
  "created_at",
  "_runtime",
  "runtime",
  "relative time (process)",
  "relative time (wall)",
  "elapsed",
  "elapsed_time",
  "seconds",
];
const RUNS = ["run", "run_id", "run_name", "run id", "run name", "runid", "run_uuid", "trial", "trial_id", "seed"];
const SPLITS = ["split", "phase", "mode", "stage", "subset"];
const NAMES = ["name", "metric", "metric_name", "tag", "key", "variable"];

const rankIn = (list: readonly string[], name: string): number => list.indexOf(name.toLowerCase());

/** Place in the order of preference, -1 for another column. */
export const stepRank = (name: string): number => {
  const rank = rankIn(STEPS, name);
  return rank < 0 && OWN_STEP.test(name) ? BEFORE_COUNTER : rank;
};
/** Whether a column is of steps by the end of its name alone. */
export const isOwnStep = (name: string): boolean => rankIn(STEPS, name) < 0 && OWN_STEP.test(name);
/** A step of one kind of quantity, such as "eval/step". */
const OWN_STEP = /[/._ ](global_?)?steps?$/i;
const BEFORE_COUNTER = STEPS.indexOf("_step") - 0.5;
export const timeRank = (name: string): number => rankIn(TIMES, name);
export const isRunColumn = (name: string): boolean => rankIn(RUNS, name) >= 0;
export const isSplitColumn = (name: string): boolean => rankIn(SPLITS, name) >= 0;
export const isNameColumn = (name: string): boolean => rankIn(NAMES, name) >= 0;
export const isEpoch = (name: string): boolean => /(^|\/)epochs?$/i.test(name);
/** A column of row numbers that pandas or R wrote. */
export const isIndexColumn = (name: string): boolean =>
  name === "" || /^(unnamed: \d+|__index_level_\d+__|index|\.\.\.1|x)$/i.test(name);
