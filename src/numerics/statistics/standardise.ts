/** Shifts and scales values in place to mean 0 and mean square 1; a single value becomes 0. */
export const standardise = (values: Float64Array): void => {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  const mean = sum / values.length;
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    values[i] -= mean;
    squares += values[i] * values[i];
  }
  const scale = squares > 0 ? Math.sqrt(values.length / squares) : 0;
  for (let i = 0; i < values.length; i++) values[i] *= scale;
};
