import { power } from "../../../numerics/power.ts";

/** All labellings of n points by 0 and 1. */
export const labellings = (n: number): readonly (readonly number[])[] =>
  Array.from({ length: power(2, n) }, (_, word) =>
    Array.from({ length: n }, (_, i) => Math.floor(word / power(2, i)) % 2),
  );
