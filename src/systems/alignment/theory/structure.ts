import { symmetricEigen } from "../../../numerics/linear-algebra.ts";
import { correlation } from "../../../numerics/statistics.ts";
import { structurePrediction } from "./pairwise.ts";

type Matrix = readonly (readonly number[])[];

/** Pairs of points of one group, by whether their targets are the same: mean distance of the first kind over that of the second. */
export const mergingRatio = (distances: Matrix, targets: Matrix, groups: readonly number[]): number => {
  const sums = { same: 0, other: 0 };
  const counts = { same: 0, other: 0 };
  for (let i = 0; i < distances.length; i++)
    for (let j = 0; j < i; j++) {
      if (groups[i] !== groups[j]) continue;
      const kind = targets[i].every((value, k) => value === targets[j][k]) ? "same" : "other";
      sums[kind] += distances[i][j];
      counts[kind]++;
    }
  return sums.same / counts.same / (sums.other / counts.other);
};

/** Correlation of the predicted pattern with measured squared distances, every two points once. */
export const structureCorrelation = (distX: Matrix, distY: Matrix, distH: Matrix): number => {
  const prediction = structurePrediction({ distX, distY });
  const above = (rows: Matrix) => rows.flatMap((row, i) => row.slice(i + 1));
  const squares = above(distH).map(value => value * value);
  return correlation(above(prediction), squares);
};

/** Coordinates along the main axes, largest first: classical scaling of a matrix of distances. */
export const mainCoordinates = (distances: Matrix, count: number): number[][] => {
  const n = distances.length;
  const squares = distances.map(row => row.map(value => value * value));
  const rows = squares.map(row => row.reduce((sum, value) => sum + value, 0) / n);
  const whole = rows.reduce((sum, value) => sum + value, 0) / n;
  const gram = Float64Array.from(
    squares.flatMap((row, i) => row.map((value, j) => -0.5 * (value - rows[i] - rows[j] + whole))),
  );
  const { values, vectors } = symmetricEigen(gram, n);
  return distances.map((_, point) =>
    Array.from({ length: count }, (_, axis) => {
      const k = n - 1 - axis;
      return Math.sqrt(Math.max(0, values[k])) * vectors[k * n + point];
    }),
  );
};
