import { invalid, LandauError } from "../errors.ts";

/**
 * A root of a continuous `f` between `low` and `high`, where it has opposite signs, halved down to two neighbouring float64. The same
 * bits in every engine, if `f` is. Throws when the signs are equal or a value is NaN.
 */
export const bisect = (f: (x: number) => number, low: number, high: number): number => {
  if (!(Number.isFinite(low) && Number.isFinite(high) && low < high))
    throw invalid("[low, high]", [low, high], "finite low < high");
  const atLow = f(low);
  const atHigh = f(high);
  if (atLow === 0) return low;
  if (atHigh === 0) return high;
  if (!(atLow < 0 !== atHigh < 0 && !Number.isNaN(atLow) && !Number.isNaN(atHigh)))
    throw new LandauError(
      "input",
      `f(${low}) is ${atLow} and f(${high}) is ${atHigh}: needs opposite signs at the two ends of the bracket`,
    );
  let left = low;
  let right = high;
  for (;;) {
    const middle = left + 0.5 * (right - left);
    if (middle <= left || middle >= right) return left;
    const value = f(middle);
    if (Number.isNaN(value)) throw invalid(`f(${middle})`, value, "a number everywhere in the bracket");
    if (value === 0) return middle;
    if (value < 0 === atLow < 0) left = middle;
    else right = middle;
  }
};

/** The ends of a bracket after `steps` halvings: a condition holds at the first and fails at the second. */
export const narrowed = (
  holds: (x: number) => boolean,
  from: number,
  to: number,
  steps: number,
): readonly [low: number, high: number] => {
  let [low, high] = [from, to];
  for (let step = 0; step < steps; step++) {
    const middle = (low + high) / 2;
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return [low, high];
};
