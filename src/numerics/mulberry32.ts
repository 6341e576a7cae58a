import { invalid } from "../errors.ts";
import { cos } from "./elementary/cos.ts";
import { log } from "./elementary/log.ts";
import { sin } from "./elementary/sin.ts";

const TWO_PI = 6.283185307179586;

/** The 32-bit generator mulberry32: each call is the next multiple of 2^-32 in [0, 1). */
export const mulberry32 = (seed: number): (() => number) => {
  if (!(Number.isSafeInteger(seed) && seed >= 0 && seed < 4294967296))
    throw invalid("seed", seed, "an integer from 0 to 2^32 - 1");
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
};

/** Fills `out` with normals by Box and Muller, cosine first; the sine that an odd length leaves over is thrown away. */
export const fillNormals = (uniform: () => number, out: Float64Array, scale = 1): void => {
  for (let i = 0; i < out.length; i += 2) {
    const radius = Math.sqrt(-2 * log(1 - uniform()));
    const angle = TWO_PI * uniform();
    out[i] = scale * (radius * cos(angle));
    if (i + 1 < out.length) out[i + 1] = scale * (radius * sin(angle));
  }
};

/** 0, ..., count - 1 shuffled from the last entry down. */
export const shuffled = (uniform: () => number, count: number): Int32Array => {
  const order = Int32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i >= 1; i--) {
    const j = Math.floor(uniform() * (i + 1));
    const kept = order[i];
    order[i] = order[j];
    order[j] = kept;
  }
  return order;
};
