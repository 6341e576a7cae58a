import type { SampledObjective } from "../../../contracts/objective.ts";
import { amplitudeTable } from "./amplitude-table.ts";
import { assembleHessian, assembleHessianDiagonal, gradientByColumns, overlaps, pairDerivatives } from "./assembly.ts";
import type { Dataset } from "./dataset.ts";
import { checkDimensions, parameterArrays, sizeOf } from "./layout.ts";

export interface EmpiricalObjective extends SampledObjective {
  hessian(w: Float64Array, hessian: Float64Array): void;
  hessianDiagonal(w: Float64Array, out: Float64Array): void;
}

export const empiricalObjective = (dataset: Dataset, r: number): EmpiricalObjective => {
  const { c } = dataset;
  checkDimensions(c, r);
  const table = amplitudeTable(dataset);
  const { squares } = table;
  const n = dataset.feature.length;
  const dimensions = { c, r };
  const size = sizeOf(dimensions);
  const bias = r * c;
  const unused = new Float64Array(size);
  const pairs = pairDerivatives(c);
  const scale = 2 / n;
  const a = new Float64Array(c * c);
  const slopes = new Float64Array(c * c);
  const allSquares = squares.reduce((sum, value) => sum + value, 0);
  const sums = new Float64Array(3 * c * c);

  const lossAndGradient = (w: Float64Array, gradient: Float64Array): number => {
    overlaps(w, dimensions, a);
    table.activeSums(a, w, bias, sums);
    let loss = allSquares;
    let pair = 0;
    for (let i = 0; i < c; i++) {
      const b = w[bias + i];
      let slope = 0;
      for (let j = 0; j < c; j++, pair++) {
        const s0 = sums[3 * pair];
        if (s0 === 0) {
          slopes[pair] = 0;
          continue;
        }
        const s1 = sums[3 * pair + 1];
        const s2 = sums[3 * pair + 2];
        const e = i === j ? a[pair] - 1 : a[pair];
        const byA = e * s2 + b * s1;
        const byB = e * s1 + b * s0;
        slopes[pair] = byA;
        slope += byB;
        loss += e * byA + b * byB;
        if (i === j) loss -= s2;
      }
      gradient[bias + i] = scale * slope;
    }
    gradientByColumns(w, slopes, dimensions, scale, gradient);
    return loss / n;
  };

  return {
    parameters: parameterArrays(dimensions),
    size,
    samples: n,
    loss: w => lossAndGradient(w, unused),
    lossAndGradient,
  } as any;
};
