/** Subtracts from `count` rows of `width` entries (row-major) their mean. */
export const centreColumns = (rows: Float64Array, count: number, width: number): void => {
  for (let column = 0; column < width; column++) {
    let sum = 0;
    for (let at = column; at < count * width; at += width) sum += rows[at];
    const mean = sum / count;
    for (let at = column; at < count * width; at += width) rows[at] -= mean;
  }
};
