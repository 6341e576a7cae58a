/** The place of the largest of the p outputs in a row of F, the first of equals. */
export const largestOutput = (F: Float64Array, row: number, p: number): number => {
  let best = 0;
  for (let c = 1; c < p; c++) if (F[row * p + c] > F[row * p + best]) best = c;
  return best;
};

/** Share of rows whose largest output is the answer. */
export const accuracy = (F: Float64Array, answers: Int32Array, p: number): number => {
  let right = 0;
  for (let n = 0; n < answers.length; n++) if (largestOutput(F, n, p) === answers[n]) right++;
  return right / answers.length;
};
