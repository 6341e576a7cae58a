/**
 * Multiples of 1, 2 or 5 times a power of ten, along a linear axis. Powers are read off digits and made from digits: logarithms and
 * powers of the platform differ between engines, and pictures should not.
 */
interface Step {
  readonly factor: 1 | 2 | 5;
  readonly exponent: number;
}

const TWO = Math.sqrt(2);
const FIVE = Math.sqrt(10);
const TEN = Math.sqrt(50);

/** The step of which an interval has about `count`: the nearest one in ratio. */
const stepOf = (low: number, high: number, count: number): Step => {
  const [digits, exponent] = ((high - low) / count).toExponential().split("e").map(Number);
  if (digits >= TEN) return { factor: 1, exponent: exponent + 1 };
  return { factor: digits >= FIVE ? 5 : digits >= TWO ? 2 : 1, exponent };
};

const multiple = (i: number, { factor, exponent }: Step): number => times(i * factor, exponent);

/** Which multiple is the last that is not above a value, and the first that is not below it. */
const places = (value: number, step: Step): readonly [below: number, above: number] => {
  const nearest = Math.round(value / multiple(1, step));
  const at = multiple(nearest, step);
  return [at > value ? nearest - 1 : nearest, at < value ? nearest + 1 : nearest];
};

export interface RoundNumbers {
  /** Ascending. */
  readonly values: readonly number[];
  /** How many each needs. */
  readonly decimals: number;
}

/** About `count` round numbers in an interval. */
export const roundNumbers = (low: number, high: number, count: number): RoundNumbers => {
  const step = stepOf(low, high, count);
  const [, first] = places(low, step);
  const [last] = places(high, step);
  const values = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => multiple(first + i, step));
  return { values, decimals: Math.max(0, -step.exponent) };
};

/** The interval around another that ends on multiples of the step of which it has about `count`. */
export const roundEnds = (low: number, high: number, count: number): readonly [low: number, high: number] => {
  const step = stepOf(low, high, count);
  const ends = [multiple(places(low, step)[0], step), multiple(places(high, step)[1], step)] as const;
  // No number lies beyond the largest ones.
  if (!ends.every(Number.isFinite)) return [low, high];
  // The wider interval may have a larger step.
  return ends[0] === low && ends[1] === high ? ends : roundEnds(...ends, count);
};

/** The largest whole exponent of a power of ten not above a positive value. */
export const exponentOf = (value: number): number => Number(value.toExponential().split("e")[1]);

/** m times a power of ten, the number nearest to it. */
export const times = (m: number, exponent: number): number => Number(`${m}e${exponent}`);
