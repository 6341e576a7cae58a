/** Euclidean length. */
export const norm = (vector: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < vector.length; i++) sum += vector[i] * vector[i];
  return Math.sqrt(sum);
};

export const squaredDistance = (one: ArrayLike<number>, other: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < one.length; i++) sum += (one[i] - other[i]) * (one[i] - other[i]);
  return sum;
};

/** Largest absolute value; 0 of no entries. */
export const largestEntry = (vector: ArrayLike<number>): number => {
  let most = 0;
  for (let i = 0; i < vector.length; i++) most = Math.max(most, Math.abs(vector[i]));
  return most;
};
