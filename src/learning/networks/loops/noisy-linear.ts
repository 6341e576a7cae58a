import type { i32, Rest } from "../../../numerics/in-blocks.ts";
import { wholeSteps } from "../../loops/steps.ts";
import { decayOfLayers } from "./penalty.ts";

/*
 * In the part of the language that scripts/loops-to-c.mjs prints as C, so that native code has the same operations in the same order.
 *
 * `shape` is D, d_0, ..., d_D as `layoutOf` has them, and the largest of these; `constants` are Ey2, the decays of W_1, ..., W_D and U, the variances of the noise of
 * the hidden layers, n, and A0 row after row. `space` has room for M_l, r_l and W_l M_(l-1) of all layers, three squares of the largest layer, and two vectors of it.
 */

/** M_l, r_l and W_l M_(l-1) of all layers, where `space` keeps them: layer by layer, each M then r then the product with the next. Gives the loss without decay. */
const forward = (w: Float64Array, space: Float64Array, shape: Int32Array, constants: Float64Array): number => {
  const D: i32 = shape[0];
  const dx: i32 = shape[1];
  const n: i32 = 2 * D + 2;
  for (let i = 0; i < dx * dx; i++) space[i] = constants[n + dx + i];
  for (let i = 0; i < dx; i++) space[dx * dx + i] = constants[n + i];
  let at: i32 = 0;
  let before: i32 = 0;
  for (let l = 1; l <= D; l++) {
    const rows: i32 = shape[l + 1];
    const columns: i32 = shape[l];
    const means: i32 = before + columns * columns;
    const product: i32 = means + columns;
    const after: i32 = product + rows * columns;
    for (let i = 0; i < rows; i++) {
      let mean = 0;
      for (let j = 0; j < columns; j++) {
        let sum = 0;
        for (let k = 0; k < columns; k++) sum += w[at + i * columns + k] * space[before + k * columns + j];
        space[product + i * columns + j] = sum;
        mean += w[at + i * columns + j] * space[means + j];
      }
      space[after + rows * rows + i] = mean;
    }
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < rows; j++) {
        let sum = 0;
        for (let k = 0; k < columns; k++) sum += space[product + i * columns + k] * w[at + j * columns + k];
        space[after + i * rows + j] = i === j ? sum * (1 + constants[D + 1 + l]) : sum;
      }
    at += rows * columns;
    before = after;
  }
  const d: i32 = shape[D + 1];
  let square = 0;
  let gain = 0;
  for (let i = 0; i < d; i++) {
    gain += w[at + i] * space[before + d * d + i];
    for (let j = 0; j < d; j++) square += w[at + i] * space[before + i * d + j] * w[at + j];
  }
  return square - 2 * gain + constants[0];
};

/** The loss and gradient of `noisyLinearObjective`. */
export const noisyLinearLoss = (
  w: Float64Array,
  gradient: Float64Array,
  space: Float64Array,
  shape: Int32Array,
  constants: Float64Array,
): number => {
  const data = forward(w, space, shape, constants);
  const D: i32 = shape[0];
  const largest: i32 = shape[D + 2];
  let at: i32 = 0;
  let M: i32 = 0;
  for (let l = 1; l <= D; l++) {
    at += shape[l] * shape[l + 1];
    M += shape[l] * (shape[l] + 1 + shape[l + 1]);
  }
  const last: i32 = shape[D + 1];
  let outer: i32 = M + last * (last + 1);
  let inner: i32 = outer + largest * largest;
  const parts: i32 = inner + largest * largest;
  let pull: i32 = parts + largest * largest;
  let below: i32 = pull + largest;
  for (let i = 0; i < last; i++) {
    let sum = -space[M + last * last + i];
    for (let j = 0; j < last; j++) {
      sum += space[M + i * last + j] * w[at + j];
      space[outer + i * last + j] = w[at + i] * w[at + j];
    }
    gradient[at + i] = 2 * sum;
    space[pull + i] = -2 * w[at + i];
  }
  for (let l = D; l >= 1; l--) {
    const rows: i32 = shape[l + 1];
    const columns: i32 = shape[l];
    at -= rows * columns;
    const product: i32 = M - rows * columns;
    const means: i32 = product - columns;
    M = means - columns * columns;
    for (let i = 0; i < rows; i++) space[outer + i * rows + i] *= 1 + constants[D + 1 + l];
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < columns; j++) {
        let sum = 0;
        for (let k = 0; k < rows; k++) sum += space[outer + i * rows + k] * space[product + k * columns + j];
        gradient[at + i * columns + j] = 2 * sum + space[pull + i] * space[means + j];
      }
    // The first layer has none below.
    if (l > 1) {
      for (let j = 0; j < columns; j++) {
        let down = 0;
        for (let i = 0; i < rows; i++) down += w[at + i * columns + j] * space[pull + i];
        space[below + j] = down;
      }
      for (let i = 0; i < rows; i++)
        for (let m = 0; m < columns; m++) {
          let part = 0;
          for (let k = 0; k < rows; k++) part += space[outer + i * rows + k] * w[at + k * columns + m];
          space[parts + i * columns + m] = part;
        }
      for (let j = 0; j < columns; j++)
        for (let m = 0; m < columns; m++) {
          let sum = 0;
          for (let i = 0; i < rows; i++) sum += w[at + i * columns + j] * space[parts + i * columns + m];
          space[inner + j * columns + m] = sum;
        }
      const square: i32 = outer;
      outer = inner;
      inner = square;
      const vector: i32 = pull;
      pull = below;
      below = vector;
    }
  }
  return data + decayOfLayers(w, gradient, shape, constants);
};

/** Many steps on that loss, as `wholeSteps` makes them. */
export const noisyLinearSteps = (...rest: Rest<typeof wholeSteps>): number => wholeSteps(noisyLinearLoss, ...rest);
