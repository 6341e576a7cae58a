import { coefficientVectors } from "../coefficient/vectors.ts";
import { collectiveLearningVectors } from "../systems/collective-learning/vectors.ts";
import { systems } from "../systems/index.ts";
import type { VectorTables } from "./verify.ts";

/** Who answers vectors besides the systems under their own names, by the `system` that a file names. */
const rooms: VectorTables = {
  coefficient: coefficientVectors,
  // Files on output distributions ask for collective learning among other things.
  "output-distribution": collectiveLearningVectors,
};

/** Everyone who answers test vectors: each room of the table above and each system. */
export const vectorTables: VectorTables = {
  ...rooms,
  ...Object.fromEntries(Object.entries(systems).map(([name, { vectors }]) => [name, vectors])),
};
