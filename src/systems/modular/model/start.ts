import type { Address } from "../../../contracts/protocol.ts";
import { fillNormals, mulberry32 } from "../../../numerics/mulberry32.ts";
import { checkDimensions, type Dimensions, sizeOf, weightsOf } from "./layout.ts";

export interface Start {
  readonly seed: number;
  /** Standard deviation of the entries of A and B. */
  readonly sw: number;
  /** Standard deviation of the entries of C. */
  readonly sv: number;
}

/** Normal weights from one reference generator: A, then B, then C. */
export const randomStart = (dimensions: Dimensions, { seed, sw, sv }: Start): Float64Array => {
  checkDimensions(dimensions);
  const w = new Float64Array(sizeOf(dimensions));
  const { A, B, C } = weightsOf(w, dimensions);
  const uniform = mulberry32(seed);
  fillNormals(uniform, A, sw);
  fillNormals(uniform, B, sw);
  fillNormals(uniform, C, sv);
  return w;
};

/** Seeds of the reference generator for a member: s = seed + chain + 1 shuffles the pairs, 100 + s draws the start. */
export const referenceSeeds = ({ seed, chain }: Address) => {
  const split = (seed + chain + 1) % 4294967196;
  return { split, start: 100 + split };
};
