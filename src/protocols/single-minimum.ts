import type { ExactPrediction, PhasePoint } from "../contracts/learner.ts";
import { invalid } from "../errors.ts";

/** `point` and `coefficient` of a learner that has one minimum, up to symmetries. */
export const singleMinimum = <At>({
  phase: phaseAt,
  w,
  lambda,
  where,
}: {
  /** The phase of the minimum; null where the loss has none. */
  phase(at: At): string | null;
  w(at: At): ArrayLike<number>;
  /** Its learning coefficient; null where it has no closed form. */
  lambda(at: At): number | null;
  readonly where: string;
}) => ({
  point(phase: string, at: At): PhasePoint {
    const lowest = phaseAt(at);
    if (lowest === null) throw invalid("--at", phase, "settings with a minimum: here the parameters grow without end");
    if (phase !== lowest) throw invalid("--at", phase, `${lowest}, the only minimum at these settings`);
    return { w: Float64Array.from(w(at)) };
  },
  coefficient(phase: string, at: At): ExactPrediction | null {
    const value = phase === phaseAt(at) ? lambda(at) : null;
    return value === null ? null : { lambda: value, where };
  },
});
