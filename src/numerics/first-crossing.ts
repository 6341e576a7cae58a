import { log } from "./elementary.ts";

/** ln x where a curve first reaches a height, between two neighbouring points on a log axis; NaN where it starts there or never does. */
export const firstCrossing = (curve: readonly (readonly [x: number, y: number])[], height: number): number => {
  const after = curve.findIndex(([, y]) => y >= height);
  if (after <= 0) return Number.NaN;
  const [[left, low], [right, high]] = [curve[after - 1], curve[after]];
  return log(left) + (log(right / left) * (height - low)) / (high - low);
};
