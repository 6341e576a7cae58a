import { LN2_HIGH, LN2_LOW } from "./ln2.ts";

// biome-ignore lint/suspicious/noApproximativeNumericConstant: the language fixes Math.SQRT2 only approximately
export const SQRT2 = 1.4142135623730951;

/**
 * k ln 2 + log(1 + f) + correction, for 1 + f in [1/sqrt 2, sqrt 2], integer |k| < 1100 and a correction below 2^-52.
 *
 * With s = f / (2 + f), h = f^2 / 2 and z = s^2: log(1 + f) = 2 atanh s = f - h + s (h + z P(z)), P a near-minimax polynomial of
 * degree 7 with error 2.1e-18.
 */
export const logarithmKernel = (k: number, f: number, correction: number): number => {
  const s = f / (2 + f);
  const h = 0.5 * f * f;
  const z = s * s;
  const w = z * z;
  const low = 0.6666666666666666 + 0.40000000000000885 * z + w * (0.28571428570799784 + 0.22222222392581045 * z);
  const high = 0.18181795547521137 + 0.15386244737621665 * z + w * (0.13268638369266825 + 0.13088034850927555 * z);
  const series = z * (low + w * w * high);
  const first = k * LN2_HIGH;
  const sum = first + f;
  const cut = f - (sum - first);
  return sum + (cut + (s * (h + series) + (k * LN2_LOW + correction) - h));
};
