import type { AuditOptions, EmergenceAudit, WeiClauses } from "./audit.ts";
import { type BigBenchShape, bigBenchShape } from "./big-bench-shape.ts";
import type { CapabilityTask } from "./capability.ts";
import { type ForeseenFrom, foreseenFrom } from "./foreseen.ts";
import type { GaussianModels } from "./gaussian-models.ts";
import { type ReadTask, readTask } from "./read-task.ts";
import { type Robustness, robustness } from "./robustness.ts";
import { type EmergenceGrade, type EmergenceSigns, gradeOf } from "./signs.ts";
import { signsOf } from "./signs-of-task.ts";
import { type TaskVerdict, verdictOf } from "./task-verdict.ts";
import { detectableTestSize, exactMatch } from "./token-metrics.ts";

/** A scale at which no item was right, though the test could hardly have shown one. */
export interface TooFewItems {
  readonly scale: number;
  readonly n: number;
  /** Exact match that the accuracy per token makes, and items that would show it with probability 0.95. */
  readonly expected: number;
  readonly needed: number;
}

/** What the audit says of one task of a table. */
export interface TaskAudit {
  readonly task: string;
  readonly verdict: TaskVerdict;
  /** Why, in sentences. */
  readonly reasons: readonly string[];
  readonly length: number | null;
  readonly scale: readonly number[];
  /** Exact match and its items at each scale, and accuracy per token; null without. */
  readonly exact: readonly number[] | null;
  readonly n: readonly number[] | null;
  readonly p: readonly number[] | null;
  /** The metric from which the accuracy per token comes. */
  readonly continuous: string | null;
  readonly wei: WeiClauses | null;
  /** Numbers of the whole procedure, where both metrics are there. */
  readonly audit: EmergenceAudit | null;
  readonly gaussian: GaussianModels | null;
  readonly shape: BigBenchShape | null;
  readonly foreseen: readonly ForeseenFrom[];
  readonly robustness: Robustness;
  readonly tooFewItems: readonly TooFewItems[];
  /** Signs of emergence beyond a jump, and their grade; null without a jump. */
  readonly signs: EmergenceSigns | null;
  readonly grade: EmergenceGrade | null;
  /** Scores that were moved off 0 and 1, where logarithms end. */
  readonly moved: number;
}

/** The audit of a task of anybody's table. Throws a LandauError of kind "input" with fewer than 6 scales or without a metric that can be audited. */
export const auditTask = (task: CapabilityTask, options: AuditOptions = {}): TaskAudit => {
  const read = readTask(task);
  const { scale, counts, tokens, continuous, moved } = read;
  const found = verdictOf(read, options);
  const { audit, wei, gaussian } = found;
  const exact = counts ? counts.k.map((hits, i) => hits / counts.n[i]) : null;
  const jump = found.verdict === "jump-in-continuous-metric";
  const signs = jump ? signsOf(task) : null;
  return {
    task: task.task,
    verdict: found.verdict,
    reasons: found.reasons,
    length: task.length ?? null,
    scale,
    exact,
    n: counts?.n ?? null,
    p: tokens ?? null,
    continuous: continuous ?? null,
    wei,
    audit,
    gaussian,
    shape: bigBenchShape(exact ?? tokens!),
    foreseen: foreseenFrom({ scale, exact, n: counts?.n, tokens, length: task.length }),
    robustness: robustness(
      task,
      tokens ?? [],
      rest => verdictOf(readTask(rest), withoutM(options)).verdict,
      found.verdict,
      options,
    ),
    tooFewItems: tooFewItemsOf(read),
    signs,
    grade: signs && gradeOf(signs),
    moved,
  };
};

const withoutM = ({ m: _, ...rest }: AuditOptions): AuditOptions => rest;

const tooFewItemsOf = ({ scale, counts, tokens, length }: ReadTask): readonly TooFewItems[] => {
  if (!counts || !tokens || length === undefined) return [];
  return scale.flatMap((N, i) => {
    const expected = exactMatch(tokens[i], length);
    if (counts.k[i] > 0 || expected < 1e-12) return [];
    const needed = detectableTestSize(expected);
    return needed > counts.n[i] ? [{ scale: N, n: counts.n[i], expected, needed }] : [];
  });
};
