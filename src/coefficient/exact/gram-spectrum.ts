import { workspace } from "../../engine/kernels/workspace.ts";
import { spectrumArrays, symmetricSpectrum } from "../../numerics/symmetric-spectrum.ts";

/** Eigenvalues, ascending, of J^T J for a matrix J (rows x columns, row-major). */
export const gramSpectrum = (J: Float64Array, rows: number, columns: number): Float64Array => {
  const { arrays, multiply } = workspace({ ...spectrumArrays(columns), J: rows * columns });
  arrays.J.set(J);
  multiply({ m: columns, n: columns, k: rows, transposeA: true }, arrays.J, arrays.J, arrays.matrix);
  return symmetricSpectrum(columns, arrays, multiply);
};
