import { powerOfTwo } from "./bits.ts";

/** pi / 2 = HALF_PI_1 + HALF_PI_2 + HALF_PI_3; the first two have 33 bits, so that k < 2^20 times either is exact. */
const HALF_PI_1 = 1.5707963267341256;
const HALF_PI_2 = 6.077100506303966e-11;
const HALF_PI_3 = 2.0222662487959506e-21;
const TWO_OVER_PI = 0.6366197723675814;

/**
 * Writes x - q pi / 2, with q the integer next to x / (pi / 2), as remainder[0] + remainder[1] (the second at most half a last bit
 * of the first), and returns q modulo 4. For every finite x; the remainder is right to more than 80 bits.
 *
 * Up to 1e5 by exact products with a split pi / 2. Beyond, and where so much cancels that the split is too short
 * (remainder below 2^-20), in integers.
 */
export const quarterTurns = (x: number, remainder: Float64Array): number => {
  if (Math.abs(x) > 1e5) return quarterTurnsExact(x, remainder);
  const q = Math.floor(x * TWO_OVER_PI + 0.5);
  const first = x - q * HALF_PI_1;
  const second = q * HALF_PI_2;
  const difference = first - second;
  if (Math.abs(difference) < 9.5367431640625e-7) return quarterTurnsExact(x, remainder);
  const part = difference - first;
  const cut = first - (difference - part) - (second + part);
  const low = cut - q * HALF_PI_3;
  const sum = difference + low;
  remainder[0] = sum;
  remainder[1] = low - (sum - difference);
  return q & 3;
};

/** Bits after the point of the constants: 1024 for the largest exponent, 62 for the closest float64 to a multiple of pi / 2, and spare. */
const BITS = 1280n;
/** Bits after the point of the remainder before it is rounded to two float64. */
const KEPT = 240n;

const quarterTurnsExact = (x: number, remainder: Float64Array): number => {
  constants ??= makeConstants();
  const { twoOverPi, halfPi } = constants;
  const { significand, exponent } = integerParts(x);
  // x 2 / pi with `point` bits after the point, then its nearest integer.
  const point = exponent >= 0n ? BITS : BITS - exponent;
  const turns = (exponent >= 0n ? significand << exponent : significand) * twoOverPi;
  const q = (turns + (1n << (point - 1n))) >> point;
  const fraction = turns - (q << point);
  const scaled = (fraction * halfPi) >> (point + BITS - KEPT);
  const high = Number(scaled);
  remainder[0] = high * powerOfTwo(-Number(KEPT));
  remainder[1] = Number(scaled - BigInt(high)) * powerOfTwo(-Number(KEPT));
  return Number(q & 3n);
};

/** x = significand 2^exponent in integers, for 1/2 < |x|. */
const integerParts = (x: number): { significand: bigint; exponent: bigint } => {
  let shift = 0;
  let value = x;
  while (Math.abs(value) >= 9007199254740992) {
    value *= 0.5;
    shift++;
  }
  while (!Number.isInteger(value)) {
    value *= 2;
    shift--;
  }
  return { significand: BigInt(value), exponent: BigInt(shift) };
};

interface Constants {
  readonly twoOverPi: bigint;
  readonly halfPi: bigint;
}

/** Made on first use: few programs ever take a sine of a huge number. */
let constants: Constants | undefined;

/** pi = 16 atan(1/5) - 4 atan(1/239) (Machin), with 64 guard bits. */
const makeConstants = (): Constants => {
  const bits = BITS + 64n;
  const pi = 16n * inverseArctangent(5n, bits) - 4n * inverseArctangent(239n, bits);
  return { twoOverPi: (1n << (bits + BITS + 1n)) / pi, halfPi: pi >> 65n };
};

/** atan(1 / m) 2^bits. */
const inverseArctangent = (m: bigint, bits: bigint): bigint => {
  let power = (1n << bits) / m;
  let sum = power;
  for (let n = 3n, sign = -1n; power !== 0n; n += 2n, sign = -sign) {
    power /= m * m;
    sum += (sign * power) / n;
  }
  return sum;
};
