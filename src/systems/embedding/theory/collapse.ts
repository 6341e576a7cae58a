/** Vectors in the plane with labels, row by row. */
export interface Labelled {
  readonly places: ArrayLike<number>;
  readonly labels: readonly number[];
}

/** Z = sum |f|^2 */
export const sizeOfAll = (places: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < places.length; i++) sum += places[i] * places[i];
  return sum;
};

/**
 * Overwrites `out` with minus the gradient of l / Z with respect to the places themselves, l the sum over unordered pairs of one label of |f - f'|^2 [appendix I]. l / Z
 * does not change with the scale of all places, so that its gradient is perpendicular to them and Z stays what it is.
 */
export const collapseSlope = ({ places, labels }: Labelled, out: Float64Array): void => {
  const width = places.length / labels.length;
  const Z = sizeOfAll(places);
  let l = 0;
  out.fill(0);
  for (let i = 0; i < labels.length; i++)
    for (let j = 0; j < i; j++) {
      if (labels[i] !== labels[j]) continue;
      for (let k = 0; k < width; k++) {
        const difference = places[i * width + k] - places[j * width + k];
        l += difference * difference;
        out[i * width + k] -= (2 * difference) / Z;
        out[j * width + k] += (2 * difference) / Z;
      }
    }
  for (let i = 0; i < places.length; i++) out[i] += (2 * l * places[i]) / (Z * Z);
};
