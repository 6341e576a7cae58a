import { symmetricEigen } from "../../src/numerics/linear-algebra.ts";
import type { Stream } from "../../src/numerics/stream.ts";

/**
 * A sampler without step-size error for exp(-t ||B A - T||_F^2 - (gamma/2) |w - w0|^2): given B, the columns of A are
 * normal, and given A, the rows of B. A is hidden x inputs, B is outputs x hidden; w holds A, then B.
 */
export interface TwoLayerTarget {
  readonly inputs: number;
  readonly hidden: number;
  readonly outputs: number;
  /** outputs x inputs. */
  readonly truth: Float64Array;
  readonly centre: Float64Array;
  readonly gamma: number;
  readonly t: number;
}

/** t K after each of `draws` sweeps, from the centre. */
export const gibbs = (target: TwoLayerTarget, draws: number, random: Stream): Float64Array => {
  const { inputs, hidden, outputs, truth, centre, gamma, t } = target;
  const w = centre.slice();
  const A = w.subarray(0, hidden * inputs);
  const B = w.subarray(hidden * inputs);
  const series = new Float64Array(draws);
  for (let draw = 0; draw < draws; draw++) {
    const ofB = normals(hidden, (i, j) => {
      let sum = 0;
      for (let n = 0; n < outputs; n++) sum += B[n * hidden + i] * B[n * hidden + j];
      return 2 * t * sum + (i === j ? gamma : 0);
    });
    for (let column = 0; column < inputs; column++) {
      const pull = Float64Array.from({ length: hidden }, (_, i) => {
        let sum = gamma * centre[i * inputs + column];
        for (let n = 0; n < outputs; n++) sum += 2 * t * B[n * hidden + i] * truth[n * inputs + column];
        return sum;
      });
      ofB(pull, random).forEach((value, i) => {
        A[i * inputs + column] = value;
      });
    }
    const ofA = normals(hidden, (i, j) => {
      let sum = 0;
      for (let m = 0; m < inputs; m++) sum += A[i * inputs + m] * A[j * inputs + m];
      return 2 * t * sum + (i === j ? gamma : 0);
    });
    for (let row = 0; row < outputs; row++) {
      const pull = Float64Array.from({ length: hidden }, (_, i) => {
        let sum = gamma * centre[hidden * inputs + row * hidden + i];
        for (let m = 0; m < inputs; m++) sum += 2 * t * A[i * inputs + m] * truth[row * inputs + m];
        return sum;
      });
      B.set(ofA(pull, random), row * hidden);
    }
    let K = 0;
    for (let n = 0; n < outputs; n++)
      for (let m = 0; m < inputs; m++) {
        let sum = -truth[n * inputs + m];
        for (let i = 0; i < hidden; i++) sum += B[n * hidden + i] * A[i * inputs + m];
        K += sum * sum;
      }
    series[draw] = t * K;
  }
  return series;
};

/** Draws from the normal law with this precision P and mean P^-1 pull, through the eigenvectors of P. */
const normals = (size: number, precision: (i: number, j: number) => number) => {
  const matrix = Float64Array.from({ length: size * size }, (_, k) => precision(Math.floor(k / size), k % size));
  const { values, vectors } = symmetricEigen(matrix, size);
  return (pull: Float64Array, random: Stream): Float64Array => {
    const result = new Float64Array(size);
    for (let k = 0; k < size; k++) {
      let along = 0;
      for (let i = 0; i < size; i++) along += vectors[k * size + i] * pull[i];
      const share = along / values[k] + random.normal() / Math.sqrt(values[k]);
      for (let i = 0; i < size; i++) result[i] += share * vectors[k * size + i];
    }
    return result;
  };
};
