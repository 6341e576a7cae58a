import type { i32 } from "../../numerics/in-blocks.ts";

/*
 * In the part of the language that scripts/loops-to-c.mjs prints as C, so that native code has the same operations in the same order.
 */

/** Adds input W to `out`, W row-major [inputs, outputs], in the order of the inputs. */
export const addProduct = (
  input: Float64Array,
  weights: Float64Array,
  out: Float64Array,
  inputs: i32,
  outputs: i32,
): number => {
  for (let i = 0; i < inputs; i++) {
    const value = input[i];
    const row: i32 = i * outputs;
    for (let j = 0; j < outputs; j++) out[j] += value * weights[row + j];
  }
  return 0;
};
