import { centreColumns } from "./centre-columns.ts";
import { exp, log } from "./elementary.ts";
import { gramMatrix } from "./gram.ts";
import { symmetricEigen } from "./linear-algebra.ts";

export interface PrincipalComponents {
  /** Sums of squares along the components, largest first; one for each row. */
  readonly squares: readonly number[];
  /** Coordinates of the rows along component k, from 0. */
  scores(k: number): Float64Array;
  /** Unit vector along component k; zeros where nothing lies along it. */
  direction(k: number): Float64Array;
}

/** Principal components of `count` rows of `width` entries (row-major), the mean of the rows taken off. The sign of a component is arbitrary. */
export const principalComponents = (rows: ArrayLike<number>, count: number, width: number): PrincipalComponents => {
  const centred = Float64Array.from(rows);
  centreColumns(centred, count, width);
  const vectors = Array.from({ length: count }, (_, i) => centred.subarray(i * width, (i + 1) * width));
  const { values, vectors: eigenvectors } = symmetricEigen(gramMatrix(vectors), count);
  const place = (k: number) => count - 1 - k;
  const length = (k: number) => Math.sqrt(Math.max(0, values[place(k)]));
  return {
    squares: Array.from(values, (_, k) => length(k) * length(k)),
    scores: k => Float64Array.from({ length: count }, (_, i) => length(k) * eigenvectors[place(k) * count + i]),
    direction(k) {
      const out = new Float64Array(width);
      if (length(k) > 0)
        for (let i = 0; i < count; i++)
          for (let j = 0; j < width; j++) out[j] += (eigenvectors[place(k) * count + i] * vectors[i][j]) / length(k);
      return out;
    },
  };
};

/** exp of the entropy of the shares of what is not negative: how many equal shares would have that entropy; 0 of nothing. */
export const effectiveCount = (parts: readonly number[]): number => {
  const whole = parts.reduce((sum, part) => sum + part, 0);
  if (whole === 0) return 0;
  let entropy = 0;
  for (const part of parts) if (part > 0) entropy -= (part / whole) * log(part / whole);
  return exp(entropy);
};
