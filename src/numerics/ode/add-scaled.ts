/** out += sum row[j] vectors[j], from the left. */
export const addScaled = (out: Float64Array, row: readonly number[], vectors: readonly Float64Array[]): void => {
  for (let j = 0; j < row.length; j++) {
    const scale = row[j];
    const vector = vectors[j];
    if (scale !== 0) for (let i = 0; i < out.length; i++) out[i] += scale * vector[i];
  }
};
