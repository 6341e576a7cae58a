import { log } from "../../numerics/elementary.ts";
import { leastSquares } from "../../numerics/least-squares.ts";
import { type BestFit, costOf } from "./curve-fit.ts";
import { type Curve, groundColumns, termColumns } from "./law-fit.ts";
import { columnsOf, type MeanChange } from "./mean-change.ts";
import { independent } from "./orthonormal.ts";
import { whitened } from "./whitened.ts";

/**
 * So many of a fit's changes, those first without which its criterion is least while its law, shapes and noise stay: what the sum of squares grows by when columns
 * are left out is b^T C^-1 b for their coefficients b and C, their part of the inverse of the matrix of products.
 */
export const leastMissed = (curve: Curve, fit: BestFit, count: number): MeanChange[] => {
  const n = curve.values.length;
  const { changes, noise } = fit;
  if (changes.length <= count) return [...changes];
  const own = changes.map(change => columnsOf(change, n));
  const smooth = [...groundColumns(curve, []), ...termColumns(curve, fit)];
  const white = [...own.flat(), ...smooth].map(column => whitened(column, noise));
  const columns = independent(white);
  const [rows, size] = [n - 1, columns.length];
  const matrix = new Float64Array(rows * size);
  for (let c = 0; c < size; c++) for (let t = 0; t < rows; t++) matrix[t * size + c] = columns[c][t];
  const solved = leastSquares(matrix, whitened(curve.values, noise), rows, size);
  // Changes that depend on each other can't be told apart: each is tried.
  if (!solved || own.flat().some((_, c) => columns[c] !== white[c])) return [...changes];
  const covariance = solved.covariance();
  let first = 0;
  const missed = changes.map((change, i) => {
    const at = first;
    first += own[i].length;
    const [p, a] = [solved.solution[at], covariance[at * size + at]];
    let more = (p * p) / a;
    if (own[i].length === 2) {
      const [q, b, d] = [solved.solution[at + 1], covariance[at * size + at + 1], covariance[(at + 1) * size + at + 1]];
      const rest = q - (b * p) / a;
      more += (rest * rest) / (d - (b * b) / a);
    }
    const cost = costOf(curve, { law: fit.law, changes: changes.filter(other => other !== change), phi: noise.phi });
    return { change, criterion: rows * log(1 + more / solved.squares) + cost };
  });
  return missed
    .sort((a, b) => a.criterion - b.criterion)
    .slice(0, count)
    .map(({ change }) => change);
};
