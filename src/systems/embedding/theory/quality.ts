import { allPairs, allParallelograms, linkedPairs, type Parallelogram, shares } from "./pairs.ts";

/** Embeddings of all symbols, p x dimensions, row-major. */
export interface Embeddings {
  readonly values: ArrayLike<number>;
  readonly dimensions: number;
}

export interface QualityOptions {
  /** Largest defect of a parallelogram that counts as realised. */
  readonly delta: number;
  /** Divisor of the variance is p - ddof. */
  readonly ddof: number;
}

/** As the source's code measures. */
export const CANONICAL: QualityOptions = { delta: 0.1, ddof: 1 };

/** Above this the quality of a representation counts as high. */
export const HIGH = 0.95;

/** In each dimension less the mean over the symbols, divided by the standard deviation; not a number where that is 0. */
export const normalised = ({ values, dimensions }: Embeddings, ddof: number): Float64Array => {
  const p = values.length / dimensions;
  const out = new Float64Array(values.length);
  for (let k = 0; k < dimensions; k++) {
    let [sum, squares] = [0, 0];
    for (let i = 0; i < p; i++) sum += values[i * dimensions + k];
    const mean = sum / p;
    for (let i = 0; i < p; i++) {
      const rest = values[i * dimensions + k] - mean;
      out[i * dimensions + k] = rest;
      squares += rest * rest;
    }
    const deviation = Math.sqrt(squares / (p - ddof));
    for (let i = 0; i < p; i++) out[i * dimensions + k] /= deviation;
  }
  return out;
};

/** What a set of permissible parallelograms is measured by, once for all embeddings of as many symbols. */
export interface Quality {
  /** Representation quality index: the share of all permissible parallelograms that are realised. */
  index(embeddings: Embeddings): number;
  realised(embeddings: Embeddings): readonly Parallelogram[];
  /** Shares of pairs that are trained on or linked to one by a realised parallelogram: of all, and of the test pairs. */
  accuracy(embeddings: Embeddings, trained: Uint8Array): { readonly all: number; readonly test: number | null };
  readonly total: number;
}

/** Parallelograms whose squared defect, a mean over the dimensions of the normalised embeddings, is below delta^2 [section 3.1]. */
export const additionQuality = (p: number, { delta, ddof }: QualityOptions = CANONICAL): Quality => {
  const pairs = allPairs(p);
  const all = allParallelograms(p);
  const limit = delta * delta;
  /** The four symbols of each: training asks at every step. */
  const corners = Int32Array.from(all.flatMap(([first, second]) => [...pairs[first], ...pairs[second]]));
  /** Whether each of them is realised. */
  const test = (embeddings: Embeddings) => {
    const { dimensions } = embeddings;
    const E = normalised(embeddings, ddof);
    return (place: number): boolean => {
      const at = 4 * place;
      const [i, j] = [corners[at] * dimensions, corners[at + 1] * dimensions];
      const [m, n] = [corners[at + 2] * dimensions, corners[at + 3] * dimensions];
      let squares = 0;
      for (let k = 0; k < dimensions; k++) {
        const defect = E[i + k] + E[j + k] - E[m + k] - E[n + k];
        squares += defect * defect;
      }
      return squares / dimensions < limit;
    };
  };
  return {
    ...qualityOf(all.length, embeddings => {
      const isRealised = test(embeddings);
      return all.filter((_, place) => isRealised(place));
    }),
    index(embeddings) {
      const isRealised = test(embeddings);
      let count = 0;
      for (let place = 0; place < all.length; place++) if (isRealised(place)) count++;
      return count / all.length;
    },
  };
};

/** Quality by what finds the realised parallelograms. */
export const qualityOf = (total: number, realised: Quality["realised"]): Quality => ({
  total,
  realised,
  index: embeddings => realised(embeddings).length / total,
  accuracy: (embeddings, trained) => shares(trained, linkedPairs(trained, realised(embeddings))),
});
