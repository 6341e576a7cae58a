/** Noise of a curve: v_t deviation_t with v_t = phi v_(t-1) + white noise. */
export interface Noise {
  readonly phi: number;
  /** Relative standard deviations, one for each value. */
  readonly deviations: Float64Array;
}

/** A column in units of the noise without what is known from the value before; the first value is taken as given. */
export const whitened = (column: Float64Array, { phi, deviations }: Noise): Float64Array => {
  const white = new Float64Array(column.length - 1);
  for (let i = 0; i < white.length; i++)
    white[i] = column[i + 1] / deviations[i + 1] - (phi * column[i]) / deviations[i];
  return white;
};
