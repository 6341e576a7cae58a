import type { Comparison } from "../contracts/claim.ts";

/** A number beside what it should be. */
export const near = (quantity: string, measured: number, predicted: number, tolerance: number): Comparison => ({
  quantity,
  measured,
  predicted,
  tolerance,
});

/** A number that should lie in a range. */
export const within = (quantity: string, measured: number, low: number, high: number): Comparison => ({
  quantity,
  measured,
  predicted: [low, high],
});
