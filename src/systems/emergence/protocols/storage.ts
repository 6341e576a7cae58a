import { integer } from "../../../contracts/field.ts";
import { protocol } from "../../../contracts/protocol.ts";
import { separatingPlane } from "../../../numerics/separating-plane.ts";
import { stream } from "../../../numerics/stream.ts";

/** Loads at which storage is tried, in patterns for each input. */
export const LOADS = [1.5, 2, 2.5] as const;

export type StorageRecord = {
  /** Patterns. */
  readonly N: number;
  /** 1 when they could be stored, else 0. */
  readonly stored: number;
  /** Smallest cosine of a pattern with the weights that were found, which shows that they store all; 0 where there are none. */
  readonly leastCosine: number;
};

export const storageProtocol = protocol<{ sample: StorageRecord }>()({
  name: "storage",
  summary: "whether a perceptron can store random labels of random patterns, by linear programming",
  settings: { inputs: integer("inputs of the perceptron", { default: 20, min: 2, max: 200 }) },
  small: { inputs: 6 },
  run({ settings: { inputs }, seed, chain }, context) {
    LOADS.forEach((load, i) => {
      const P = Math.round(load * inputs);
      // Patterns times labels are as random as patterns.
      const patterns = new Float64Array(P * inputs);
      stream({ seed, chain, purpose: "patterns", step: i }).normals(patterns);
      const weights = separatingPlane(patterns, P, inputs);
      context.record("sample", {
        N: P,
        stored: weights ? 1 : 0,
        leastCosine: weights ? leastCosine(weights, patterns) : 0,
      });
      context.progress((i + 1) / LOADS.length);
    });
  },
});

const leastCosine = (weights: Float64Array, patterns: Float64Array): number => {
  const width = weights.length;
  let least = 1;
  for (let from = 0; from < patterns.length; from += width) {
    let [along, squares, own] = [0, 0, 0];
    for (let j = 0; j < width; j++) {
      along += weights[j] * patterns[from + j];
      squares += patterns[from + j] * patterns[from + j];
      own += weights[j] * weights[j];
    }
    least = Math.min(least, along / Math.sqrt(squares * own));
  }
  return least;
};
