import { invalid } from "../errors.ts";
import { symmetricEigen } from "../numerics/linear-algebra.ts";
import type { Conditional, GibbsSettings } from "./gibbs.ts";
import type { Target } from "./target.ts";

export interface DeepLinearLoss {
  /** The product that the network should make, outputs x inputs, row-major. */
  readonly product: ArrayLike<number>;
  /** L(w) = factor |W_L ... W_1 - product|^2, squared Frobenius norm. 1 when absent. */
  readonly factor?: number;
}

/**
 * The conditionals of a deep linear network whose target's parameters are W_1, ..., W_L in this order. Given the others a layer W enters
 * as L W R, and with L^T L = U diag(l) U^T, R R^T = V diag(r) V^T the entries of U^T W V are independent normals of precision
 * gamma + 2 nBeta factor l_i r_j around
 *
 *     [gamma U^T C V + 2 nBeta factor U^T L^T T R^T V]_ij / precision,
 *
 * T the product to be made, C the centre of a Gaussian prior of precision gamma.
 *
 *     gibbs({ conditionals: deepLinearConditionals({ product: [1, 0, 0, 0] }) })
 */
export const deepLinearConditionals =
  ({ product, factor = 1 }: DeepLinearLoss): GibbsSettings["conditionals"] =>
  target => {
    const layers = layersOf(target);
    const [inputs, outputs] = [layers[0].columns, layers[layers.length - 1].rows];
    if (product.length !== outputs * inputs)
      throw invalid(
        "the length of product",
        product.length,
        `${outputs * inputs}, for ${outputs} outputs and ${inputs} inputs`,
      );
    const { gaussian } = target.prior;
    if (!gaussian || gaussian.precision === 0)
      throw invalid("the prior", target.prior.settings, "a Gaussian: localised with gamma > 0, or normal");
    const { precision, centre } = gaussian;
    const goal: Matrix = { rows: outputs, columns: inputs, data: Float64Array.from(product) };

    return layers.map(
      (layer, place): Conditional => ({
        draw(w, random) {
          const matrix = (l: Layer): Matrix => ({ ...l, data: w.subarray(l.offset, l.offset + l.rows * l.columns) });
          const left = layers.slice(place + 1).reduce<Matrix>((m, l) => times(matrix(l), m), identity(layer.rows));
          const right = layers
            .slice(0, place)
            .reduceRight<Matrix>((m, l) => times(m, matrix(l)), identity(layer.columns));
          const pull = 2 * target.nBeta * factor;
          const rows = symmetricEigen(times(transpose(left), left).data, layer.rows);
          const columns = symmetricEigen(times(right, transpose(right)).data, layer.columns);
          // Rows of `vectors` are eigenvectors: U^T and V^T.
          const u: Matrix = { rows: layer.rows, columns: layer.rows, data: rows.vectors };
          const v: Matrix = { rows: layer.columns, columns: layer.columns, data: columns.vectors };
          const along = times(times(transpose(left), goal), transpose(right));
          const own = centre.subarray(layer.offset, layer.offset + layer.rows * layer.columns);
          for (let i = 0; i < along.data.length; i++) along.data[i] = pull * along.data[i] + precision * own[i];
          const turned = times(times(u, along), transpose(v));
          for (let i = 0; i < layer.rows; i++)
            for (let j = 0; j < layer.columns; j++) {
              // Rounding may leave an eigenvalue of a Gram matrix a last bit below 0.
              const p = precision + pull * Math.max(rows.values[i], 0) * Math.max(columns.values[j], 0);
              const entry = i * layer.columns + j;
              turned.data[entry] = turned.data[entry] / p + random.normal() / Math.sqrt(p);
            }
          w.set(times(times(transpose(u), turned), v).data, layer.offset);
        },
      }),
    );
  };

interface Layer {
  readonly rows: number;
  readonly columns: number;
  readonly offset: number;
}

const layersOf = ({ parameters }: Target): Layer[] =>
  parameters.map(({ name, shape, offset }, i) => {
    const before = parameters[i - 1]?.shape[0];
    if (shape.length !== 2 || (before !== undefined && shape[1] !== before))
      throw invalid(
        `the shape of ${name}`,
        [...shape],
        before === undefined ? "a matrix" : `a matrix of ${before} columns, the rows of the layer below`,
      );
    return { rows: shape[0], columns: shape[1], offset };
  });

/** Row-major. */
interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
}

const identity = (n: number): Matrix => {
  const data = new Float64Array(n * n);
  for (let i = 0; i < n; i++) data[i * n + i] = 1;
  return { rows: n, columns: n, data };
};

const transpose = ({ rows, columns, data }: Matrix): Matrix => {
  const turned = new Float64Array(data.length);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) turned[j * rows + i] = data[i * columns + j];
  return { rows: columns, columns: rows, data: turned };
};

const times = (a: Matrix, b: Matrix): Matrix => {
  const data = new Float64Array(a.rows * b.columns);
  for (let i = 0; i < a.rows; i++)
    for (let k = 0; k < a.columns; k++) {
      const factor = a.data[i * a.columns + k];
      for (let j = 0; j < b.columns; j++) data[i * b.columns + j] += factor * b.data[k * b.columns + j];
    }
  return { rows: a.rows, columns: b.columns, data };
};
