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
  const half = n >> 1;
  const [c, s] = [new Float64Array(half), new Float64Array(half)];
  for (let k = 0; k < half; k++) {
    c[k] = cos((TWO_PI * k) / n);
    s[k] = -sin((TWO_PI * k) / n);
  }
  for (let length = 2; length <= n; length <<= 1) {
    const stride = n / length;
    for (let start = 0; start < n; start += length)
      for (let k = 0; k < length >> 1; k++) {
        const even = start + k;
        const odd = even + (length >> 1);
        const re = real[odd] * c[k * stride] - imaginary[odd] * s[k * stride];
        const im = real[odd] * s[k * stride] + imaginary[odd] * c[k * stride];
        real[odd] = real[even] - re;
        imaginary[odd] = imaginary[even] - im;
        real[even] += re;
        imaginary[even] += im;
      }
  }
};

const TWO_PI = 6.283185307179586;

const swap = (array: Float64Array, i: number, j: number): void => {
  const kept = array[i];
  array[i] = array[j];
  array[j] = kept;
};
