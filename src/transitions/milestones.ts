/** Test accuracy from which a run counts as having generalised. */
export const GENERALISED = 0.95;

/** What a run passes on its way, as the first evaluated step; null when it did not get there. */
export type Milestones = {
  readonly train100: number | null;
  readonly test50: number | null;
  readonly test95: number | null;
  readonly test99: number | null;
};

export const milestonesOf = (
  steps: readonly number[],
  train: readonly number[],
  test: readonly number[],
): Milestones => {
  const first = (accuracies: readonly number[], least: number): number | null => {
    const at = accuracies.findIndex(value => value >= least);
    return at < 0 ? null : steps[at];
  };
  return { train100: first(train, 1), test50: first(test, 0.5), test95: first(test, 0.95), test99: first(test, 0.99) };
};

/** Grokking severity: the mean gap of training and test accuracy over the evaluations, 0 of a run that ends below 0.95.  [arXiv 2603.01192, app. H] */
export const grokkingSeverity = (train: readonly number[], test: readonly number[]): number => {
  const last = test[test.length - 1] ?? 0;
  if (last < GENERALISED) return 0;
  return train.reduce((sum, value, i) => sum + Math.abs(value - test[i]), 0) / train.length;
};
