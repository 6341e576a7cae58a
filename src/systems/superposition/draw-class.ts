import { convexHull } from "../../numerics/convex-hull.ts";

/**
 * What a posterior draw is told by: the vertices k of the convex hull of the columns of W longer than `hullTol`, and the
 * number sigma of positive biases. Both as one whole number, k (c + 1) + sigma, so that a series of draws is a series of numbers.
 */
export const classOfDraw = (w: Float64Array, c: number, hullTol: number): number => {
  const columns: (readonly [number, number])[] = [];
  for (let i = 0; i < c; i++) if (w[i] * w[i] + w[c + i] * w[c + i] > hullTol * hullTol) columns.push([w[i], w[c + i]]);
  let sigma = 0;
  for (let i = 2 * c; i < 3 * c; i++) if (w[i] > 0) sigma++;
  return convexHull(columns).length * (c + 1) + sigma;
};

export const verticesOf = (drawClass: number, c: number): number => Math.floor(drawClass / (c + 1));

export const positiveBiasesOf = (drawClass: number, c: number): number => drawClass % (c + 1);
