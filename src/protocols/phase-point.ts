import type { Controls, ValuesOf } from "../contracts/field.ts";
import type { Learner, PhasePoint } from "../contracts/learner.ts";
import { invalid, isLandauError } from "../errors.ts";
import { descendWhole } from "./descend-whole.ts";

/** Random starts that are tried, and steps of descent from each. */
const STARTS = 32;
const STEPS = 50_000;

/**
 * A point of a phase to look at closely: the learner's own, or where gradient descent from a random start settles in it. Throws a LandauError of
 * kind "input" that names the phases there are when the phase has no point or none was found.
 */
export const phasePoint = <Declared extends Controls>(
  learner: Learner<Declared>,
  phase: string,
  at: ValuesOf<Declared>,
  seed = 0,
): Required<PhasePoint> => {
  const own = learner.point?.(phase, at);
  if (own) return { w: own.w, objective: own.objective ?? learner.objective(at, { seed, chain: 0 }) };
  const labels = learner.phases(at).map(({ label }) => label);
  if (!labels.includes(phase)) throw invalid("--at", phase, `one of ${labels.join(", ")}, or a file of weights`);
  for (let chain = 0; chain < STARTS; chain++) {
    const address = { seed, chain };
    const objective = learner.objective(at, address);
    const w = learner.start(at, address);
    if (!settle(objective, w, learner.stepSize)) continue;
    if (learner.observe(at, w, { ...address, loss: objective.loss(w) }).label === phase) return { objective, w };
  }
  throw invalid(
    "--at",
    phase,
    `a phase in which descent settles: none of ${STARTS} random starts did. Give a file of weights, or other settings`,
  );
};

/** Descends as far as it goes; false when it leaves the finite numbers. */
const settle = (objective: ReturnType<Learner["objective"]>, w: Float64Array, stepSize = 0.05): boolean => {
  try {
    descendWhole(objective, w, stepSize, STEPS);
    return true;
  } catch (cause) {
    if (isLandauError(cause, "diverged")) return false;
    throw cause;
  }
};
