import type { i32, Rest } from "../../../numerics/in-blocks.ts";
import { wholeSteps } from "../../loops/steps.ts";
import { decayOfLayers } from "./penalty.ts";

/*
 * In the part of the language that scripts/loops-to-c.mjs prints as C, so that native code has the same operations in the same order.
 *
 * `shape` is D, d_0, ..., d_D as `layoutOf` has them; `constants` are Ey2, the decays of W_1, ..., W_D and U, n, and A0 row after row; `space` has room for two
 * vectors of each layer.
 */

/** Writes W_(l+1)^T ... W_D^T U for all layers l into `space`, the first of them the predictor. */
export const leftProducts = (w: Float64Array, space: Float64Array, shape: Int32Array): number => {
  const D: i32 = shape[0];
  let at: i32 = 0;
  let place: i32 = 0;
  for (let l = 1; l <= D; l++) {
    at += shape[l] * shape[l + 1];
    place += shape[l];
  }
  for (let i = 0; i < shape[D + 1]; i++) space[place + i] = w[at + i];
  for (let l = D; l >= 1; l--) {
    const rows: i32 = shape[l + 1];
    const columns: i32 = shape[l];
    const below: i32 = place - columns;
    at -= rows * columns;
    for (let j = 0; j < columns; j++) space[below + j] = 0;
    for (let i = 0; i < rows; i++) {
      const factor = space[place + i];
      const row: i32 = at + i * columns;
      for (let j = 0; j < columns; j++) space[below + j] += factor * w[row + j];
    }
    place = below;
  }
  return 0;
};

/** The loss and gradient of `linearObjective`. */
export const linearLoss = (
  w: Float64Array,
  gradient: Float64Array,
  space: Float64Array,
  shape: Int32Array,
  constants: Float64Array,
): number => {
  leftProducts(w, space, shape);
  const D: i32 = shape[0];
  const dx: i32 = shape[1];
  const n: i32 = D + 2;
  const A: i32 = n + dx;
  let right: i32 = 0;
  for (let l = 0; l <= D; l++) right += shape[l + 1];
  let loss = constants[0];
  for (let i = 0; i < dx; i++) {
    let sum = 0;
    for (let j = 0; j < dx; j++) sum += constants[A + i * dx + j] * space[j];
    loss += space[i] * (sum - 2 * constants[n + i]);
    space[right + i] = 2 * (sum - constants[n + i]);
  }
  let left: i32 = 0;
  let at: i32 = 0;
  for (let l = 1; l <= D; l++) {
    const rows: i32 = shape[l + 1];
    const columns: i32 = shape[l];
    left += columns;
    for (let i = 0; i < rows; i++) {
      let sum = 0;
      const factor = space[left + i];
      const row: i32 = at + i * columns;
      for (let j = 0; j < columns; j++) {
        sum += w[row + j] * space[right + j];
        gradient[row + j] = factor * space[right + j];
      }
      space[right + columns + i] = sum;
    }
    right += columns;
    at += rows * columns;
  }
  for (let i = 0; i < shape[D + 1]; i++) gradient[at + i] = space[right + i];
  return loss + decayOfLayers(w, gradient, shape, constants);
};

/** Many steps on that loss, as `wholeSteps` makes them. */
export const linearSteps = (...rest: Rest<typeof wholeSteps>): number => wholeSteps(linearLoss, ...rest);
