import { phaseOfRun, stateOfAccuracies } from "../../../transitions/learning-phases.ts";

/** The four phases of learning [table 1], best first. */
export const phases = ["comprehension", "grokking", "memorization", "confusion"] as const;
export type Phase = (typeof phases)[number];

/** Accuracy that counts as learned. */
export const LEARNED = 0.9;

export { LATE } from "../../../transitions/learning-phases.ts";

/** The phase of a run by the steps at which its accuracies reach the threshold, null for never within the budget. */
export const phaseOf = (trainStep: number | null, testStep: number | null): Phase =>
  phaseOfRun("comprehension", { trainStep, testStep });

/** What a state is by its accuracies alone, when it is not known how it came there. */
export const stateOf = (trainAccuracy: number, testAccuracy: number) =>
  stateOfAccuracies(trainAccuracy >= LEARNED, testAccuracy >= LEARNED);
