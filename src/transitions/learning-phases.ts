/** Steps between training and test accuracy from which generalisation counts as late. */
export const LATE = 1000;

/** When a run learned its training data and the test data, null for never within its budget. */
export interface LearningSteps {
  readonly trainStep: number | null;
  readonly testStep: number | null;
}

/** The phase of a run; `prompt` is what its source calls generalisation without delay.  [Liu et al. 2022, table 1] */
export const phaseOfRun = <const Prompt extends string>(
  prompt: Prompt,
  { trainStep, testStep }: LearningSteps,
): Prompt | "grokking" | "memorization" | "confusion" => {
  if (trainStep === null) return "confusion";
  if (testStep === null) return "memorization";
  return testStep - trainStep < LATE ? prompt : "grokking";
};

/** What a state is when it is not known how it came there. */
export const stateOfAccuracies = (
  hasTrained: boolean,
  hasTested: boolean,
): "generalised" | "memorised" | "confused" => {
  if (!hasTrained) return "confused";
  return hasTested ? "generalised" : "memorised";
};
