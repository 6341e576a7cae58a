import { cos } from "./elementary/cos.ts";

const TWO_PI = 6.283185307179586;

/** out[j] = scale cos(2 pi frequency j / p + phase), j = 0, ..., p - 1, from `at` on. The angle's whole turns are taken off first. */
export const writeWave = (
  out: Float64Array,
  at: number,
  { p, frequency, phase, scale }: { p: number; frequency: number; phase: number; scale: number },
): void => {
  for (let j = 0; j < p; j++) out[at + j] = scale * cos((TWO_PI * ((frequency * j) % p)) / p + phase);
};
