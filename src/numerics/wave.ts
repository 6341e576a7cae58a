import { cos } from "./elementary/cos.ts";
import { sin } from "./elementary/sin.ts";

const TWO_PI = 6.283185307179586;

/** out[j] = scale cos(2 pi frequency j / p + phase), j = 0, ..., p - 1, from `at` on. The angle's whole turns are taken off first. */
export const writeWave = (
  out: Float64Array,
  at: number,
  { p, frequency, phase, scale }: { p: number; frequency: number; phase: number; scale: number },
): void => {
  for (let j = 0; j < p; j++) out[at + j] = scale * cos((TWO_PI * ((frequency * j) % p)) / p + phase);
};

/** Writes the p x p matrix, p odd, of columns 1, cos(2 pi f j / p), sin(2 pi f j / p), f = 1, ..., (p - 1) / 2; row j. */
export const realFourierMatrix = (p: number, out: Float64Array): void => {
  for (let j = 0; j < p; j++) {
    out[j * p] = 1;
    for (let f = 1; 2 * f < p; f++) {
      const angle = (TWO_PI * ((f * j) % p)) / p;
      out[j * p + 2 * f - 1] = cos(angle);
      out[j * p + 2 * f] = sin(angle);
    }
  }
};
