import { LandauError } from "../../errors.ts";
import { asTokenAccuracy, type CapabilityTask, CONTINUOUS, type MetricKind } from "./capability.ts";

/** Scales that an audit needs. */
export const LEAST_SCALES = 6;
/** A task as it is audited: exact matches, an accuracy per token, or both, at the same scales. */
export interface ReadTask {
  readonly task: string;
  readonly length: number | undefined;
  readonly scale: readonly number[];
  readonly counts: { readonly k: readonly number[]; readonly n: readonly number[] } | undefined;
  readonly tokens: readonly number[] | undefined;
  readonly continuous: string | undefined;
  readonly moved: number;
}

/** Points that hold what most of them hold. Throws when there is nothing to audit. */
export const readTask = (task: CapabilityTask): ReadTask => {
  const { points, metrics, length } = task;
  const bad = (why: string): LandauError => new LandauError("input", `task ${JSON.stringify(task.task)}: ${why}`);
  const counted = points.filter(({ k, n }) => k !== undefined && n !== undefined).length;
  const usable = metrics
    .filter(({ kind }) => asTokenAccuracy(kind, 0.5, length) !== undefined)
    .filter(({ name }) => points.filter(({ scores }) => name in scores).length >= LEAST_SCALES)
    .sort((a, b) => rank(a.kind) - rank(b.kind));
  const [best] = usable;
  const hasCounts = counted >= LEAST_SCALES;
  if (!hasCounts && !best) {
    if (points.length < LEAST_SCALES) throw bad(`${points.length} scales: needs at least ${LEAST_SCALES}`);
    throw bad(
      `neither exact matches with their number of items nor a score per token at ${LEAST_SCALES} scales: needs one of them`,
    );
  }
  const kept = points.filter(({ k, scores }) => (!hasCounts || k !== undefined) && (!best || best.name in scores));
  if (kept.length < LEAST_SCALES)
    throw bad(`${kept.length} scales that have both exact match and ${best?.name}: needs at least ${LEAST_SCALES}`);
  let moved = 0;
  const tokens = best
    ? kept.map(({ scores, n }) => {
        const p = asTokenAccuracy(best.kind, scores[best.name], length)!;
        if (!(p >= -1e-9 && p <= 1 + 1e-9))
          throw bad(
            `${best.name} is ${scores[best.name]}: no accuracy per token follows from it; is it another metric?`,
          );
        const edge = 0.5 / ((n ?? 10_000) * (length ?? 1));
        const inside = Math.min(1 - edge, Math.max(edge, p));
        if (inside !== p) moved++;
        return inside;
      })
    : undefined;
  return {
    task: task.task,
    length,
    scale: kept.map(({ scale }) => scale),
    counts: hasCounts ? { k: kept.map(({ k }) => k!), n: kept.map(({ n }) => n!) } : undefined,
    tokens,
    continuous: best?.name,
    moved,
  };
};

const rank = (kind: MetricKind): number => CONTINUOUS.indexOf(kind);
