import { coefficientVectors } from "../coefficient/vectors.ts";
import { systems } from "../systems/index.ts";
import type { VectorTables } from "./verify.ts";

/** Rooms besides the systems that answer vectors, by the `system` that their files name. */
const rooms: VectorTables = {
  coefficient: coefficientVectors,
};

/** Everyone who answers test vectors: each room of the table above and each system. */
export const vectorTables: VectorTables = {
  ...rooms,
  ...Object.fromEntries(Object.entries(systems).map(([name, { vectors }]) => [name, vectors])),
};
