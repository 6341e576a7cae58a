import { exp, log } from "../../numerics/elementary.ts";
import {
  type AuditOptions,
  type CapabilityCounts,
  DEFAULTS,
  type EmergenceAudit,
  type EmergenceVerdict,
  emergenceAudit,
  type WeiClauses,
  weiClauses,
} from "./audit.ts";
import { type GaussianModels, gaussianModels } from "./gaussian-models.ts";
import type { ReadTask } from "./read-task.ts";

export type TaskVerdict = EmergenceVerdict | "no-jump";

/** What each verdict says, in words. */
export const verdictWords: { readonly [verdict in TaskVerdict]: string } = {
  "no-emergence-claim": "no jump: this is no case of an emergent ability",
  "no-jump": "no jump in the continuous metric",
  "metric-artefact": "an artefact of the metric: the jump is in exact match alone",
  "metric-artefact-with-kink": "an artefact of the metric, over a kink of the loss: no jump in what is learned",
  "jump-in-continuous-metric": "a jump, in the continuous metric too",
  undetermined: "undetermined: the metric alone does not explain the jump, and nothing else shows it",
};

/** A verdict and why, with the numbers behind it; null where a metric is missing. */
export interface Found {
  readonly verdict: TaskVerdict;
  readonly reasons: readonly string[];
  readonly audit: EmergenceAudit | null;
  readonly wei: WeiClauses | null;
  readonly gaussian: GaussianModels | null;
}

export const verdictOf = ({ scale, counts, tokens, continuous, length }: ReadTask, options: AuditOptions): Found => {
  const wei = counts ? weiClauses({ scale, ...counts }, options) : null;
  if (counts && tokens && length !== undefined) {
    const table: CapabilityCounts = { scale, ...counts, p: tokens, length };
    const audit = emergenceAudit(table, options);
    return { verdict: audit.verdict, reasons: reasonsOf(audit, length), audit, wei, gaussian: audit.parts.gaussian };
  }
  const gaussian = tokens
    ? gaussianModels(
        scale.map(log),
        tokens.map(p => log(-log(p))),
      )
    : null;
  const { threshold = DEFAULTS.threshold, minJumpSize = DEFAULTS.minJumpSize } = options;
  const jump = gaussian !== null && gaussian.deltaJump >= threshold && Math.abs(gaussian.jumpSize) >= minJumpSize;
  if (!wei)
    return {
      verdict: jump ? "jump-in-continuous-metric" : "no-jump",
      reasons: [
        jump ? jumpText(gaussian!) : `${continuous} over scale is continuous: ${deltaText(gaussian!)}`,
        "without exact matches and their number of items nothing says whether the ability was absent and unforeseen",
      ],
      audit: null,
      wei,
      gaussian,
    };
  const reasons = weiReasons(wei);
  if (!wei.wei) return { verdict: "no-emergence-claim", reasons, audit: null, wei, gaussian };
  if (jump)
    return {
      verdict: "jump-in-continuous-metric",
      reasons: [...reasons, jumpText(gaussian!)],
      audit: null,
      wei,
      gaussian,
    };
  return {
    verdict: "undetermined",
    reasons: [
      ...reasons,
      tokens
        ? "without the number of tokens of a target nothing says whether the metric makes the jump: give --length or a column length"
        : "without a score per token nothing says whether the metric makes the jump: add token accuracy, log-likelihood, Brier score or edit distance",
    ],
    audit: null,
    wei,
    gaussian,
  };
};

const digits = (value: number): string => String(Number(value.toPrecision(3)));

const deltaText = ({ deltaJump }: GaussianModels): string =>
  deltaJump < 0
    ? `a continuous curve is better than a jump by ${digits(-deltaJump)} in BIC`
    : `a jump is better by ${digits(deltaJump)} in BIC only`;

const jumpText = ({ jumpSize, deltaJump }: GaussianModels): string =>
  `the loss per token jumps by a factor ${digits(exp(Math.abs(jumpSize)))} beyond its trend, with ${digits(deltaJump)} in BIC for a jump`;

const weiReasons = ({ absent, present, surprise, naive }: WeiClauses): readonly string[] => [
  absent ? "absent in the smaller models" : "not absent: smaller models are above chance already",
  present ? "present in the largest" : "not present: the largest is less than 0.3 above chance",
  surprise
    ? `not foreseen by a line through exact match: the largest lies ${digits(Math.abs(naive.z[naive.z.length - 1]))} standard errors off`
    : "foreseen by a line through exact match of the smaller models",
];

const reasonsOf = (audit: EmergenceAudit, length: number): readonly string[] => {
  const { parts, ratio, jump, kink, deltaJump, jumpSize, deltaKink } = audit;
  const wei = weiReasons({ ...audit, naive: parts.naive });
  const tokens =
    ratio >= 0.8 && ratio <= 1.25
      ? `exact match is what ${digits(length)} independent tokens make (effective length ${digits(ratio * length)})`
      : ratio < 0.8
        ? `errors come in clumps: exact match is that of ${digits(ratio * length)} tokens, not of ${digits(length)}`
        : `exact match is harder than its tokens: that of ${digits(ratio * length)}, not of ${digits(length)}`;
  const continuous = jump
    ? jumpText(parts.gaussian)
    : deltaJump >= 10
      ? `a jump of the loss per token by a factor ${digits(exp(Math.abs(jumpSize)))} only, which is less than 2`
      : `the loss per token is continuous over scale: ${deltaText(parts.gaussian)}`;
  const bend = kink ? [`its slope changes: a kink is better by ${digits(deltaKink)} in BIC`] : [];
  return [...wei, tokens, continuous, ...bend];
};
