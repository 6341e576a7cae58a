/** Euclidean length. */
export const norm = (vector: Float64Array): number => {
  let sum = 0;
  for (const entry of vector) sum += entry * entry;
  return Math.sqrt(sum);
};
