import { exps, type i32, logs } from "../../in-blocks.ts";

/*
 * In the part of the language that scripts/loops-to-c.mjs prints as C, so that native code has the same operations in the same order.
 */

/** Writes the slope of the state at place `from` of `state` to place `to` of `out`; `constants` are those of the equations. */
export type Slope = (state: Float64Array, out: Float64Array, from: i32, to: i32, constants: Float64Array) => number;

/** The state after a part of a step, by a row of the tableau. In `space` of n numbers each: seven slopes, the state after a step, the state. */
const combine = (space: Float64Array, tableau: Float64Array, n: i32, row: i32, entries: i32, step: number): number => {
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < entries; j++) {
      const scale = tableau[7 * row + j];
      if (scale !== 0) sum += scale * space[n * j + i];
    }
    space[7 * n + i] = space[8 * n + i] + step * sum;
  }
  return 0;
};

/** 1 where n numbers are finite. */
const areFinite = (space: Float64Array, from: i32, n: i32): number => {
  let finite = 1;
  for (let i = 0; i < n; i++) if (space[from + i] - space[from + i] !== 0) finite = 0;
  return finite;
};

/**
 * Follows n equations from the first row of `states` at times[0] to each of `count` ascending times, and writes the states into the rows behind: Dormand and Prince's
 * method in steps of its own choice as `integrate` takes them, to the same bits. Rows of `tableau` are the 7 stages, the weights and those of the error, `order` is the
 * power of the step with which errors fall; `space` has 9 n + 1 entries. Gives 0, and 1 where more than `most` steps lead to the next time, or none.
 */
export const follow = (
  slope: Slope,
  constants: Float64Array,
  times: Float64Array,
  states: Float64Array,
  tableau: Float64Array,
  space: Float64Array,
  n: i32,
  count: i32,
  most: i32,
  order: number,
  tolerance: number,
): number => {
  const next: i32 = 7 * n;
  const now: i32 = 8 * n;
  const one: i32 = 9 * n;
  for (let i = 0; i < n; i++) space[now + i] = states[i];
  for (let k = 1; k < count; k++) {
    const span = times[k] - times[k - 1];
    let left = span;
    slope(space, space, now, 0, constants);
    if (areFinite(space, 0, n) === 0) return 1;
    let slopes = 0;
    let squares = 0;
    for (let i = 0; i < n; i++) {
      slopes += space[i] * space[i];
      squares += space[now + i] * space[now + i];
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
        combine(space, tableau, n, s, s, step);
        slope(space, space, next, n * s, constants);
      }
      combine(space, tableau, n, 7, 7, step);
      let errors = 0;
      let sizes = 0;
      for (let i = 0; i < n; i++) {
        let sum = 0;
        for (let j = 0; j < 7; j++) {
          const scale = tableau[56 + j];
          if (scale !== 0) sum += scale * space[n * j + i];
        }
        const error = sum * step;
        errors += error * error;
        sizes += space[now + i] * space[now + i];
      }
      const isKnown: i32 = areFinite(space, next, n) === 1 && sizes < Infinity ? 1 : 0;
      const size = Math.sqrt(sizes);
      const relative = Math.sqrt(errors) / (tolerance * (size > 1 ? size : 1));
      if (isKnown === 0 || !(relative <= 1)) {
        length = step / (isKnown === 1 && relative < 16 ? 2 : 4);
        continue;
      }
      for (let i = 0; i < n; i++) space[now + i] = space[next + i];
      space[one] = relative > 1e-6 ? relative : 1e-6;
      logs(space, one, 1);
      space[one] /= order;
      exps(space, one, 1);
      const growth = 0.9 / space[one] < 4 ? 0.9 / space[one] : 4;
      if (isLast === 0 || growth < 1) length = step * growth;
      if (isLast === 1) isThere = 1;
      else {
        left -= step;
        // The last stage is at the end of the step, and so the first of the next.
        for (let i = 0; i < n; i++) space[i] = space[6 * n + i];
        if (areFinite(space, 0, n) === 0) return 1;
      }
    }
    for (let i = 0; i < n; i++) states[n * k + i] = space[now + i];
  }
  return 0;
};
