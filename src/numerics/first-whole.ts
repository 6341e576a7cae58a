import { LandauError } from "../errors.ts";

/**
 * The smallest whole number from `from` on for which a condition holds that, once true, stays so: by doubling, then halving. Beyond 2^53 the
 * next float64. Throws a LandauError of kind "input" where it holds for none.
 */
export const firstWhole = (holds: (n: number) => boolean, from: number): number => {
  if (!Number.isFinite(from)) throw noneHolds(from);
  if (holds(from)) return from;
  let [low, high] = [from, Math.max(1, 2 * from)];
  while (!holds(high)) {
    [low, high] = [high, 2 * high];
    if (high === Number.POSITIVE_INFINITY) throw noneHolds(from);
  }
  for (;;) {
    const middle = Math.floor(low + (high - low) / 2);
    if (middle <= low || middle >= high) return high;
    if (holds(middle)) high = middle;
    else low = middle;
  }
};

const noneHolds = (from: number): LandauError =>
  new LandauError("input", `no whole number from ${from} on is enough: needs one below ${Number.MAX_VALUE}`);
