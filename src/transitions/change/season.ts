import { cos, log, sin } from "../../numerics/elementary.ts";
import { fourierInPlace } from "../../numerics/fourier.ts";

/** A part of a curve that comes again and again, as what happens once in each epoch does: sines and cosines of a period and its fractions. */
export interface Season {
  /** In values; no whole number, in general. */
  readonly period: number;
  readonly columns: readonly Float64Array[];
  /** What its parameters and its period cost in -2 ln likelihood. */
  readonly price: number;
}

/** Times that it comes at least. */
const LEAST_CYCLES = 4;
const MOST_HARMONICS = 6;
/** How many times finer periods are looked at than the length of the curve tells apart. */
const FINER = 8;
/** Steps may be so much further apart than others. */
const UNEVEN = 1.5;

/**
 * The season that suits a curve best, from the innovations of its noise without one: of all periods and numbers of harmonics the one with the least
 * n ln(squares) + ln n for each parameter and 2 ln n for the period; null where none is better than no season, or where steps are not even.
 */
export const seasonOf = (innovations: Float64Array, steps: ArrayLike<number>): Season | null => {
  const rows = innovations.length;
  if (!isEven(steps)) return null;
  const whole = innovations.reduce((sum, value) => sum + value * value, 0);
  if (!(whole > 0)) return null;
  const power = powersOf(innovations);
  const size = 2 * (power.length - 1);
  const price = 2 * log(rows + 1);
  let best = { criterion: 0, bin: 0, harmonics: 0 };
  for (let bin = Math.ceil((LEAST_CYCLES * size) / rows); bin < power.length; bin++) {
    let explained = 0;
    for (let h = 1; h <= MOST_HARMONICS && h * bin < power.length; h++) {
      explained += power[h * bin];
      const criterion = rows * log(Math.max(1e-9, 1 - explained / whole)) + (h + 1) * price;
      if (criterion < best.criterion) best = { criterion, bin, harmonics: h };
    }
  }
  if (best.bin === 0) return null;
  const period = size / best.bin;
  const columns = Array.from({ length: best.harmonics }, (_, h) =>
    [cos, sin].map(wave => waveOf(wave, (h + 1) / period, rows + 1)),
  );
  return { period, columns: columns.flat(), price: (best.harmonics + 1) * price };
};

/** Whether no two neighbouring steps lie much further apart than others. */
export const isEven = (steps: ArrayLike<number>): boolean => {
  let [least, most] = [Infinity, 0];
  for (let i = 1; i < steps.length; i++) {
    least = Math.min(least, steps[i] - steps[i - 1]);
    most = Math.max(most, steps[i] - steps[i - 1]);
  }
  return most <= UNEVEN * least;
};

const waveOf = (wave: (angle: number) => number, frequency: number, n: number): Float64Array =>
  Float64Array.from({ length: n }, (_, t) => wave(2 * Math.PI * ((frequency * t) % 1)));

/** What a sine and a cosine of each frequency explain of the square, up to that of two values. */
const powersOf = (values: Float64Array): Float64Array => {
  const n = values.length;
  let size = 1;
  while (size < FINER * n) size *= 2;
  const [real, imaginary] = [new Float64Array(size), new Float64Array(size)];
  real.set(values);
  fourierInPlace(real, imaginary);
  return Float64Array.from({ length: size / 2 + 1 }, (_, k) => {
    const square = real[k] * real[k] + imaginary[k] * imaginary[k];
    return ((k === size / 2 ? 1 : 2) * square) / n;
  });
};
