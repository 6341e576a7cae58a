/** The four phases of learning [table 1], best first. */
export const phases = ["comprehension", "grokking", "memorization", "confusion"] as const;
export type Phase = (typeof phases)[number];

/** Accuracy that counts as learned. */
export const LEARNED = 0.9;

/** Steps between training and test accuracy from which generalisation counts as late. */
export const LATE = 1000;

/** The phase of a run by the steps at which its accuracies reach the threshold, null for never within the budget. */
export const phaseOf = (trainStep: number | null, testStep: number | null): Phase => {
  if (trainStep === null) return "confusion";
  if (testStep === null) return "memorization";
  return testStep - trainStep < LATE ? "comprehension" : "grokking";
};

/** What a state is by its accuracies alone, when it is not known how it came there. */
export const stateOf = (trainAccuracy: number, testAccuracy: number): "generalised" | "memorised" | "confused" => {
  if (trainAccuracy < LEARNED) return "confused";
  return testAccuracy < LEARNED ? "memorised" : "generalised";
};
