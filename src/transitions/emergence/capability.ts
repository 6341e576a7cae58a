import { exp, log } from "../../numerics/elementary.ts";
import { exactMatch } from "./token-metrics.ts";

/** What a score measures, as far as an accuracy per token can be told from it. */
export const metricKinds = {
  exact: "share of items that are wholly right",
  "token-accuracy": "accuracy per token",
  "token-nll": "negative log-likelihood per token, in nats",
  "sequence-nll": "negative log-likelihood per target, in nats",
  "token-errors": "wrong tokens per target, such as an edit distance",
  brier: "squared error of the probability of the right answer",
  other: "a score of another kind",
} as const;

export type MetricKind = keyof typeof metricKinds;

/** One model size, or one checkpoint, of a task. */
export interface CapabilityPoint {
  readonly scale: number;
  /** Names of the models of this scale. */
  readonly models: readonly string[];
  /** Items that are wholly right among all, summed over replicates. */
  readonly k?: number;
  readonly n?: number;
  /** Mean score by metric. */
  readonly scores: { readonly [metric: string]: number };
  /** Share of right items of each replicate, where there are several. */
  readonly replicates: readonly number[];
}

/** What is known of a task over scale. */
export interface CapabilityTask {
  readonly task: string;
  /** Tokens of a target, a mean where items differ. */
  readonly length?: number;
  /** By ascending scale. */
  readonly points: readonly CapabilityPoint[];
  /** Metrics beside exact match, with their kinds. */
  readonly metrics: readonly { readonly name: string; readonly kind: MetricKind }[];
}

/** How a kind of score becomes an accuracy per token; undefined where it does not, or where a length is needed and missing. */
export const asTokenAccuracy = (kind: MetricKind, score: number, length: number | undefined): number | undefined => {
  switch (kind) {
    case "token-accuracy":
      return score;
    case "token-nll":
      return exp(-score);
    case "sequence-nll":
      return length === undefined ? undefined : exp(-score / length);
    case "token-errors":
      return length === undefined ? undefined : 1 - score / length;
    case "brier":
      return 1 - Math.sqrt(score);
    default:
      return undefined;
  }
};

/** Kinds in the order in which they are preferred as the continuous metric. */
export const CONTINUOUS: readonly MetricKind[] = [
  "token-accuracy",
  "token-nll",
  "sequence-nll",
  "token-errors",
  "brier",
];

/** A score over scale in a form in which a power law is a line. */
export interface Curve {
  readonly metric: string;
  /** How it is read, for people. */
  readonly form: string;
  readonly scale: readonly number[];
  readonly value: readonly number[];
}

/** Metrics of a task as curves: those of the table, and those that follow from its accuracy per token. */
export const curvesOf = (
  { points, length, metrics }: CapabilityTask,
  p: readonly (number | undefined)[],
): readonly Curve[] => {
  const curve = (
    metric: string,
    form: string,
    of: (point: CapabilityPoint, i: number) => number | undefined,
  ): Curve => {
    const seen = points.flatMap((point, i) => {
      const value = of(point, i);
      return value !== undefined && Number.isFinite(value) ? [{ scale: point.scale, value }] : [];
    });
    return { metric, form, scale: seen.map(({ scale }) => scale), value: seen.map(({ value }) => value) };
  };
  const fromTokens = (of: (own: number) => number) => (_: CapabilityPoint, i: number) =>
    p[i] === undefined ? undefined : of(p[i]!);
  const others = metrics.filter(({ kind }) => kind === "other");
  return [
    curve("exact match", "as it is", ({ k, n }) => (k === undefined || !n ? undefined : k / n)),
    curve(
      "accuracy per token",
      "as it is",
      fromTokens(own => own),
    ),
    curve(
      "loss per token",
      "logarithm",
      fromTokens(own => log(-log(own))),
    ),
    curve(
      "token errors",
      "logarithm",
      fromTokens(own => log(1 - own)),
    ),
    ...(length === undefined
      ? []
      : [
          curve(
            "p^L",
            "as it is",
            fromTokens(own => exactMatch(own, length)),
          ),
        ]),
    ...others.map(({ name }) => curve(name, "as it is", ({ scores }) => scores[name])),
  ].filter(({ value }) => value.length >= 6);
};
