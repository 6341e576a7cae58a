/** Subtracts from each of the p columns of N rows its mean. */
export const centre = (rows: Float64Array, count: number, p: number): void => {
  for (let column = 0; column < p; column++) {
    let sum = 0;
    for (let at = column; at < count * p; at += p) sum += rows[at];
    for (let at = column; at < count * p; at += p) rows[at] -= sum / count;
  }
};
