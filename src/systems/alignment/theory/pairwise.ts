import { invalid } from "../../../errors.ts";
import { exp } from "../../../numerics/elementary.ts";
import { positiveRoot } from "./final-distance.ts";

type Matrix = readonly (readonly number[])[];

/** Distances, not squared, of every two points. */
export interface PairDistances {
  readonly distX: Matrix;
  readonly distY: Matrix;
}

/** Distances at the start, of representations and of outputs. */
export interface StartDistances {
  readonly distH0: Matrix;
  readonly distY0: Matrix;
}

/**
 * Distances of the representations in the end, every pair by itself; `etaRatio` = etaH / etaY may come from another data set of the same
 * architecture. Throws a LandauError of kind "input" for two points with one representation and different outputs.
 */
export const pairwiseFinalDistances = (
  { distX, distY, distH0, distY0 }: PairDistances & StartDistances,
  etaRatio: number,
): number[][] =>
  distX.map((row, i) =>
    row.map((x, j) => {
      if (i === j) return 0;
      const h = distH0[i][j];
      const ofOutputs = x * distY0[i][j];
      if (h === 0 && ofOutputs > 0)
        throw invalid(`distH0[${i}][${j}]`, h, "a positive distance, as the outputs differ");
      const reach = h === 0 ? 0 : ofOutputs / h;
      const high = h * h - etaRatio * reach * reach;
      return Math.sqrt(positiveRoot(high, Math.sqrt(etaRatio) * x * distY[i][j]));
    }),
  );

/**
 * The pattern of squared distances of many points, S A S with A_ij = distX_ij distY_ij, the squared distance in the rich regime up to a factor, smoothed
 * over neighbours by S_ij = exp(-A_ij).
 */
export const structurePrediction = ({ distX, distY }: PairDistances): number[][] => {
  const A = distX.map((row, i) => row.map((x, j) => x * distY[i][j]));
  const S = A.map(row => row.map(value => exp(-value)));
  return product(product(S, A), S);
};

const product = (a: Matrix, b: Matrix): number[][] =>
  a.map(row => {
    const out = new Array<number>(b[0].length).fill(0);
    row.forEach((factor, k) => {
      for (let j = 0; j < out.length; j++) out[j] += factor * b[k][j];
    });
    return out;
  });

/** Distances of every two rows. */
export const distancesOf = (rows: Matrix): number[][] =>
  rows.map(a =>
    rows.map(b => {
      let sum = 0;
      for (let i = 0; i < a.length; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
      return Math.sqrt(sum);
    }),
  );
