import { lanes } from "./lanes";

/**
 * Copies a panel into the order in which a tile reads it: `depth` steps of `width` elements. Element (step, lane) lies at
 * `source + lane laneStride + step stepStride` (bytes), one of the two strides being one element. Of the `width` lanes the
 * first `count` come from the source; those that fill up the last vector are zero.
 */
export function packPanel<T>(
  target: usize, width: i32, source: usize, count: i32, depth: i32, laneStride: usize, stepStride: usize,
): void {
  const targetStep: usize = width * sizeof<T>();
  const whole = count - (count % lanes<T>());
  for (let lane = 0; lane < whole; lane += lanes<T>()) {
    const from = source + lane * laneStride;
    const to = target + lane * sizeof<T>();
    if (laneStride == sizeof<T>()) copyVectors(to, targetStep, from, stepStride, depth);
    else copyTransposed<T>(to, targetStep, from, laneStride, depth);
  }
  const filled = min(width, (count + lanes<T>() - 1) & -lanes<T>());
  for (let lane = whole; lane < filled; lane++) {
    const from = source + lane * laneStride;
    const to = target + lane * sizeof<T>();
    if (lane < count) for (let step = 0; step < depth; step++) store<T>(to + step * targetStep, load<T>(from + step * stepStride));
    else for (let step = 0; step < depth; step++) store<T>(to + step * targetStep, 0);
  }
}

// @ts-ignore: decorator
@inline
function copyVectors(target: usize, targetStep: usize, source: usize, stepStride: usize, depth: i32): void {
  for (let step = 0; step < depth; step++) {
    v128.store(target, v128.load(source));
    target += targetStep;
    source += stepStride;
  }
}

/** Lanes lie `laneStride` bytes apart, steps side by side: squares of one vector each way are turned in registers. */
// @ts-ignore: decorator
@inline
function copyTransposed<T>(target: usize, targetStep: usize, source: usize, laneStride: usize, depth: i32): void {
  let step = 0;
  for (; step <= depth - lanes<T>(); step += lanes<T>()) {
    const row0 = v128.load(source);
    const row1 = v128.load(source + laneStride);
    if (sizeof<T>() == 8) {
      v128.store(target, v128.shuffle<f64>(row0, row1, 0, 2));
      v128.store(target + targetStep, v128.shuffle<f64>(row0, row1, 1, 3));
    } else {
      const row2 = v128.load(source + 2 * laneStride);
      const row3 = v128.load(source + 3 * laneStride);
      const low01 = v128.shuffle<f32>(row0, row1, 0, 4, 1, 5);
      const low23 = v128.shuffle<f32>(row2, row3, 0, 4, 1, 5);
      const high01 = v128.shuffle<f32>(row0, row1, 2, 6, 3, 7);
      const high23 = v128.shuffle<f32>(row2, row3, 2, 6, 3, 7);
      v128.store(target, v128.shuffle<f64>(low01, low23, 0, 2));
      v128.store(target + targetStep, v128.shuffle<f64>(low01, low23, 1, 3));
      v128.store(target + 2 * targetStep, v128.shuffle<f64>(high01, high23, 0, 2));
      v128.store(target + 3 * targetStep, v128.shuffle<f64>(high01, high23, 1, 3));
    }
    source += 16;
    target += lanes<T>() * targetStep;
  }
  for (; step < depth; step++) {
    for (let lane = 0; lane < lanes<T>(); lane++)
      store<T>(target + lane * sizeof<T>(), load<T>(source + lane * laneStride));
    source += sizeof<T>();
    target += targetStep;
  }
}
