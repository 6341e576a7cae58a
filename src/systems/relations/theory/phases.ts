import { type LearningSteps, phaseOfRun, stateOfAccuracies } from "../../../transitions/learning-phases.ts";

/** The four phases of learning [table IV], best first. */
export const phases = ["generalization", "grokking", "memorization", "confusion"] as const;
export type Phase = (typeof phases)[number];

/** An accuracy above this counts as learned. */
export const LEARNED = 0.9;

/** The phase of a run by the steps at which its accuracies first exceeded the threshold, null for never within the budget. */
export const phaseOf = (reached: LearningSteps): Phase => phaseOfRun("generalization", reached);

/** What a state is by its accuracies alone, when it is not known how it came there. */
export const stateOf = (trainAccuracy: number, testAccuracy: number) =>
  stateOfAccuracies(trainAccuracy > LEARNED, testAccuracy > LEARNED);
