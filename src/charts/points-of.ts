import { sweepValues } from "../numerics/sweep-values.ts";
import type { Point } from "./line-chart.ts";

/** Points of a function from one x to another, both included, as many as `count`; where it has no value there is none. */
export const pointsOf = (f: (x: number) => number | null | undefined, from: number, to: number, count = 160): Point[] =>
  [...sweepValues(from, to, count)].flatMap((x): Point[] => {
    const y = f(x) ?? null;
    return y === null ? [] : [[x, y]];
  });
