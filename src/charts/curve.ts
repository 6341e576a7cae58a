import type { Curve, Point } from "./line-chart.ts";

/** A function over a range, both ends included, as a curve of `count` points; it has none where the function is null. */
export const curve = (
  f: (x: number) => number | null,
  [from, to]: readonly [number, number],
  look: Omit<Curve, "points">,
  count = 201,
): Curve => ({
  ...look,
  points: Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1)).flatMap((x): Point[] => {
    const y = f(x);
    return y === null ? [] : [[x, y]];
  }),
});
