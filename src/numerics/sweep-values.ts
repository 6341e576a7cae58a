import { invalid } from "../errors.ts";
import { exp, log } from "./elementary.ts";

/**
 * `count` values from `from` to `to`, both included: equally spaced, or on the way from one to the next multiplied by the same factor, for which
 * both have to be positive.
 */
export const sweepValues = (
  from: number,
  to: number,
  count: number,
  spacing: "linear" | "log" = "linear",
): Float64Array => {
  if (count === 1) return Float64Array.of(from);
  if (spacing === "linear")
    return Float64Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1));
  for (const [name, value] of Object.entries({ from, to }))
    if (!(value > 0)) throw invalid(name, value, "a positive number where values are spaced by factors");
  const span = log(to / from);
  return Float64Array.from({ length: count }, (_, i) => (i === count - 1 ? to : from * exp((span * i) / (count - 1))));
};
