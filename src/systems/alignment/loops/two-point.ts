import { exps, type i32, logs } from "../../../numerics/in-blocks.ts";

/*
 * In the part of the language that scripts/loops-to-c.mjs prints as C, so that native code has the same operations in the same order.
 */

/** Writes the slope of the state (h, y, w) at place `from` of `state` to place `to` of `out`; the last four are factors of terms. */
export const twoPointSlope = (
  state: Float64Array,
  out: Float64Array,
  from: i32,
  to: i32,
  dx2: number,
  dy2: number,
  etaH: number,
  etaY: number,
  dh: number,
  dy: number,
  lastTermOfDw: number,
  yOverH: number,
): number => {
  const h = state[from];
  const y = state[from + 1];
  const w = state[from + 2];
  out[to] = -dh * etaH * dx2 * w;
  out[to + 1] = -dy * w * (etaY * h + (yOverH * etaH * dx2 * y) / h);
  out[to + 2] = -0.5 * etaY * h * (3 * w - y + dy2) - (lastTermOfDw * 0.5 * etaH * dx2 * (y + w) * w) / h;
  return 0;
};

/** In `space`: the slopes of 7 stages, the state after a step, its error, the state, and one number. */
const combine = (space: Float64Array, tableau: Float64Array, row: i32, entries: i32, step: number): number => {
  for (let i = 0; i < 3; i++) {
    let sum = 0;
    for (let j = 0; j < entries; j++) {
      const scale = tableau[7 * row + j];
      if (scale !== 0) sum += scale * space[3 * j + i];
    }
    space[21 + i] = space[27 + i] + step * sum;
  }
  return 0;
};

/** 1 where three numbers are finite. */
const areFinite = (space: Float64Array, from: i32): number => {
  let finite = 1;
  for (let i = 0; i < 3; i++) if (space[from + i] - space[from + i] !== 0) finite = 0;
  return finite;
};

/**
 * Follows the two-point equations from states[0..2] at times[0] to each of `count` ascending times, and writes the states behind: Dormand and Prince's method in steps of
 * its own choice as `integrate` takes them, to the same bits. Rows of `tableau` are the 7 stages, the weights and those of the error, `order` is the power of the step
 * with which errors fall; `space` has 31 entries. Gives 0, and 1 where more than `most` steps lead to the next time, or none.
 */
export const followTwoPoint = (
  times: Float64Array,
  states: Float64Array,
  tableau: Float64Array,
  space: Float64Array,
  count: i32,
  most: i32,
  order: number,
  tolerance: number,
  dx2: number,
  dy2: number,
  etaH: number,
  etaY: number,
  dh: number,
  dy: number,
  lastTermOfDw: number,
  yOverH: number,
): number => {
  for (let i = 0; i < 3; i++) space[27 + i] = states[i];
  for (let k = 1; k < count; k++) {
    const span = times[k] - times[k - 1];
    let left = span;
    twoPointSlope(space, space, 27, 0, dx2, dy2, etaH, etaY, dh, dy, lastTermOfDw, yOverH);
    if (areFinite(space, 0) === 0) return 1;
    let slopes = 0;
    let squares = 0;
    for (let i = 0; i < 3; i++) {
      slopes += space[i] * space[i];
      squares += space[27 + i] * space[27 + i];
    }
    const rate = Math.sqrt(slopes);
    const start = Math.sqrt(squares);
    const brief = (0.01 * (start > 1 ? start : 1)) / rate;
    const least = 100 * 1e-14 * span;
    let length = rate > 0 && brief < span ? (brief > least ? brief : least) : span;
    let tried: i32 = 0;
    let isThere: i32 = 0;
    while (isThere === 0) {
      tried++;
      if (tried > most) return 1;
      if (!(length > 1e-14 * span)) return 1;
      const isLast: i32 = length >= left ? 1 : 0;
      const step = isLast === 1 ? left : length;
      for (let s = 1; s < 7; s++) {
        combine(space, tableau, s, s, step);
        twoPointSlope(space, space, 21, 3 * s, dx2, dy2, etaH, etaY, dh, dy, lastTermOfDw, yOverH);
      }
      combine(space, tableau, 7, 7, step);
      let errors = 0;
      let sizes = 0;
      for (let i = 0; i < 3; i++) {
        let sum = 0;
        for (let j = 0; j < 7; j++) {
          const scale = tableau[56 + j];
          if (scale !== 0) sum += scale * space[3 * j + i];
        }
        const error = sum * step;
        errors += error * error;
        sizes += space[27 + i] * space[27 + i];
      }
      const isKnown: i32 = areFinite(space, 21) === 1 && sizes < Infinity ? 1 : 0;
      const size = Math.sqrt(sizes);
      const relative = Math.sqrt(errors) / (tolerance * (size > 1 ? size : 1));
      if (isKnown === 0 || !(relative <= 1)) {
        length = step / (isKnown === 1 && relative < 16 ? 2 : 4);
        continue;
      }
      for (let i = 0; i < 3; i++) space[27 + i] = space[21 + i];
      space[30] = relative > 1e-6 ? relative : 1e-6;
      logs(space, 30, 1);
      space[30] = space[30] / order;
      exps(space, 30, 1);
      const growth = 0.9 / space[30] < 4 ? 0.9 / space[30] : 4;
      if (isLast === 0 || growth < 1) length = step * growth;
      if (isLast === 1) isThere = 1;
      else {
        left -= step;
        // The last stage is at the end of the step, and so the first of the next.
        for (let i = 0; i < 3; i++) space[i] = space[18 + i];
        if (areFinite(space, 0) === 0) return 1;
      }
    }
    for (let i = 0; i < 3; i++) states[3 * k + i] = space[27 + i];
  }
  return 0;
};
