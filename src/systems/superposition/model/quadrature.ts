import { denseNetwork } from "./dense.ts";
import { type Dimensions, fromFlat } from "./layout.ts";

/** Three-point Gauss-Legendre on [-1, 1]: exact for polynomials up to degree 5. */
const NODE = Math.sqrt(0.6);
const RULE = [
  [-NODE, 5 / 18],
  [0, 8 / 18],
  [NODE, 5 / 18],
] as const;

/**
 * Population loss straight from its definition, (1/c) sum_j int_0^1 |t e_j - f(t e_j, w)|^2 dt, by quadrature with the
 * network evaluated at every node; overwrites `gradient`. Between the kinks of the c outputs, t = -b_i / A_ij, the
 * integrand is a quadratic in t, so the rule is exact to rounding. It shares nothing with the closed form.
 */
export const sampledLossAndGradient = (w: Float64Array, dimensions: Dimensions, gradient: Float64Array): number => {
  const { c } = dimensions;
  const { W, b } = fromFlat(w, dimensions);
  const network = denseNetwork(w, dimensions);
  const x = new Float64Array(c);
  gradient.fill(0);
  let loss = 0;
  for (let j = 0; j < c; j++) {
    const kinks = b
      .map((bias, i) => -bias / W.reduce((sum, row) => sum + row[i] * row[j], 0))
      .filter(t => t > 0 && t < 1)
      .sort((s, t) => s - t);
    const ends = [0, ...kinks, 1];
    for (let k = 1; k < ends.length; k++) {
      const length = ends[k] - ends[k - 1];
      for (const [node, weight] of RULE) {
        x[j] = (ends[k] + ends[k - 1] + node * length) / 2;
        loss += network.add(x, (weight * length) / c, gradient);
      }
    }
    x[j] = 0;
  }
  return loss;
};

/** The loss alone. */
export const sampledLoss = (w: Float64Array, dimensions: Dimensions): number =>
  sampledLossAndGradient(w, dimensions, new Float64Array(w.length));
