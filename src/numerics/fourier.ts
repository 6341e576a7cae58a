import { invalid } from "../errors.ts";
import { cos } from "./elementary/cos.ts";
import { sin } from "./elementary/sin.ts";

/**
 * Discrete Fourier transform in place, sum_j z_j exp(-2 pi i j k / n), of n = 2^m complex numbers in two arrays; unscaled. The same
 * bits in every engine.  [Cooley & Tukey 1965]
 */
export const fourierInPlace = (real: Float64Array, imaginary: Float64Array): void => {
  const n = real.length;
  if (n === 0 || (n & (n - 1)) !== 0 || imaginary.length !== n)
    throw invalid("the length of the series", n, "a power of two, the same for both arrays");
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; (j & bit) !== 0; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      swap(real, i, j);
      swap(imaginary, i, j);
    }
  }
  const { c, s } = tableOf(n);
  for (let length = 2; length <= n; length <<= 1) {
    const half = length >> 1;
    for (let start = 0; start < n; start += length)
      for (let k = 0; k < half; k++) {
        const even = start + k;
        const odd = even + half;
        const re = real[odd] * c[half + k] - imaginary[odd] * s[half + k];
        const im = real[odd] * s[half + k] + imaginary[odd] * c[half + k];
        real[odd] = real[even] - re;
        imaginary[odd] = imaginary[even] - im;
        real[even] += re;
        imaginary[even] += im;
      }
  }
};

interface Table {
  readonly c: Float64Array;
  readonly s: Float64Array;
}

let last: Table | undefined;

/** exp(-2 pi i k / length) for k < length / 2 stands at length / 2 + k, so that each pass reads in order. The last table is kept: transforms come in series. */
const tableOf = (n: number): Table => {
  if (last?.c.length === n) return last;
  const [c, s] = [new Float64Array(n), new Float64Array(n)];
  const widest = n >> 1;
  for (let k = 0; k < widest; k++) {
    c[widest + k] = cos((TWO_PI * k) / n);
    s[widest + k] = -sin((TWO_PI * k) / n);
  }
  for (let half = widest >> 1; half >= 1; half >>= 1)
    for (let k = 0; k < half; k++) {
      c[half + k] = c[2 * (half + k)];
      s[half + k] = s[2 * (half + k)];
    }
  last = { c, s };
  return last;
};

const TWO_PI = 6.283185307179586;

const swap = (array: Float64Array, i: number, j: number): void => {
  const kept = array[i];
  array[i] = array[j];
  array[j] = kept;
};
