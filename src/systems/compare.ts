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

/** Slope and intercept of the least-squares line. */
export const line = (
  x: readonly number[],
  y: readonly number[],
): { readonly slope: number; readonly intercept: number } => {
  const n = x.length;
  const [mx, my] = [x, y].map(list => list.reduce((a, b) => a + b, 0) / n);
  let [top, under] = [0, 0];
  x.forEach((each, i) => {
    top += (each - mx) * (y[i] - my);
    under += (each - mx) * (each - mx);
  });
  return { slope: top / under, intercept: my - (top / under) * mx };
};
