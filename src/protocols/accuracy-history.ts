import type { SavedState } from "../contracts/protocol.ts";
import { grokkingSeverity, type Milestones, milestonesOf } from "../transitions/milestones.ts";

/** What accuracies along training come to, as fields of a record. */
export type AccuracySummary = Milestones & { readonly severity: number; readonly mostTestAccuracy: number };

/** Accuracies of a run at its evaluations, which go into what it saves and come back from it. */
export const accuracyHistory = (saved?: SavedState) => {
  const [steps, train, test] = [saved?.historySteps, saved?.historyTrain, saved?.historyTest].map(values =>
    Array.from((values ?? []) as ArrayLike<number>),
  );
  return {
    get length() {
      return steps.length;
    },
    add(step: number, { trainAccuracy, testAccuracy }: { trainAccuracy: number; testAccuracy: number }): void {
      steps.push(step);
      train.push(trainAccuracy);
      test.push(testAccuracy);
    },
    saved: (): SavedState => ({
      historySteps: Float64Array.from(steps),
      historyTrain: Float64Array.from(train),
      historyTest: Float64Array.from(test),
    }),
    summary: (): AccuracySummary => ({
      ...milestonesOf(steps, train, test),
      severity: grokkingSeverity(train, test),
      mostTestAccuracy: test.reduce((most, value) => Math.max(most, value), 0),
    }),
  };
};
