import type { MetricKind } from "../../transitions/emergence/capability.ts";

/** Roles of columns, with the names that people give them, the surest first. */
export const roles = {
  task: ["task", "benchmark", "dataset", "subtask", "task_name"],
  model: ["model", "model_name", "checkpoint", "run_name"],
  scale: [
    "scale",
    "parameters",
    "params",
    "n_params",
    "num_params",
    "n_parameters",
    "parameter_count",
    "model_size",
    "size",
    "flops",
    "training_flops",
    "compute",
    "training_tokens",
    "train_tokens",
    "step",
    "steps",
    "global_step",
  ],
  metric: ["metric", "metric_name", "measure"],
  score: ["score", "value", "result"],
  items: [
    "n",
    "n_items",
    "items",
    "num_items",
    "n_examples",
    "num_examples",
    "n_samples",
    "num_samples",
    "total",
    "count",
  ],
  hits: ["k", "correct_count", "n_correct", "num_correct", "hits", "exact_matches"],
  length: ["length", "target_length", "l", "n_tokens", "num_tokens", "target_tokens", "tokens"],
  seed: ["seed", "replicate", "repeat"],
  item: ["item", "item_id", "example", "example_id", "question_id", "doc_id", "id", "index"],
} as const;

export type Role = keyof typeof roles;

/** "Exact-match (%)" -> "exact_match" */
export const plainName = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replace(/\(.*\)|%/g, "")
    .trim()
    .replace(/[\s./-]+/g, "_")
    .replace(/_+$/, "");

const KINDS: readonly (readonly [MetricKind, RegExp])[] = [
  ["token-accuracy", /^(p|(per_)?(token|char(acter)?)(_level)?_acc(uracy)?|acc(uracy)?_per_token)$/],
  [
    "token-nll",
    /^(loss|nll|cross_entropy(_loss)?|xent|ce|log_loss|((per_)?token_(nll|loss|cross_entropy)|(nll|loss|cross_entropy)_per_token))$/,
  ],
  ["sequence-nll", /^((sequence|target|total)_(nll|loss)|(nll|loss)_per_(sequence|target))$/],
  ["token-errors", /^((token_|token_level_)?(edit_distance|errors)|levenshtein(_distance)?|wrong_tokens)$/],
  ["brier", /^brier(_score)?$/],
  [
    "exact",
    /^(exact(_str|_string)?_match(_accuracy)?|em|acc(uracy)?|correct|is_correct|pass_?@?_?1|multiple_choice_grade|exact)$/,
  ],
];

/** Scores that are logarithms of probabilities: their negatives are losses. */
const LOG_PROBABILITY = /^((per_)?token_)?log_?(prob(ability)?|likelihood)(_per_token)?$/;

/** What a column or a metric of this name measures; `negative` when its negative does. */
export const kindOfMetric = (name: string): { readonly kind: MetricKind; readonly negative: boolean } => {
  const plain = plainName(name);
  if (LOG_PROBABILITY.test(plain)) return { kind: /token/.test(plain) ? "token-nll" : "sequence-nll", negative: true };
  const [kind = "other"] = KINDS.find(([, pattern]) => pattern.test(plain)) ?? [];
  return { kind, negative: false };
};

const SUFFIX: { readonly [letter: string]: number } = { k: 1e3, m: 1e6, b: 1e9, g: 1e9, t: 1e12 };

/** A scale in words, such as "125M" or "1.3b"; NaN for none. */
export const scaleInWords = (text: string): number => {
  const [, digits, letter] =
    /^\s*([\d.]+(?:e[-+]?\d+)?)\s*([kmbgt])\s*(?:params|parameters|tokens)?\s*$/i.exec(text) ?? [];
  return digits === undefined ? Number.NaN : Number(digits) * SUFFIX[letter.toLowerCase()];
};
