import { invalid } from "../errors.ts";
import { cos } from "./elementary.ts";

/** Nodes, ascending, and weights of a rule on [-1, 1]. */
export interface QuadratureRule {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

/**
 * The n-point Gauss-Legendre rule, exact for polynomials up to degree 2n - 1: the roots x of P_n by Newton's method, and
 * weights 2 / ((1 - x^2) P_n'(x)^2).
 */
export const gaussLegendre = (n: number): QuadratureRule => {
  if (!(Number.isInteger(n) && n >= 1 && n <= 1000)) throw invalid("n", n, "an integer from 1 to 1000");
  const nodes = new Float64Array(n);
  const weights = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let x = -cos((Math.PI * (i + 0.75)) / (n + 0.5));
    let slope = 0;
    for (let step = 0; step < 10; step++) {
      const [value, before] = legendre(n, x);
      slope = (n * (before - x * value)) / (1 - x * x);
      x -= value / slope;
    }
    nodes[i] = x;
    weights[i] = 2 / ((1 - x * x) * slope * slope);
  }
  return { nodes, weights };
};

/** P_n(x) and P_(n-1)(x). */
const legendre = (n: number, x: number): [number, number] => {
  let [value, before] = [x, 1];
  for (let k = 2; k <= n; k++) [value, before] = [((2 * k - 1) * x * value - (k - 1) * before) / k, value];
  return [value, before];
};

/** The rule repeated on each of the intervals between neighbouring `ends` (ascending). */
export const onPanels = ({ nodes, weights }: QuadratureRule, ends: ArrayLike<number>): QuadratureRule => {
  const n = nodes.length;
  const all = { nodes: new Float64Array(n * (ends.length - 1)), weights: new Float64Array(n * (ends.length - 1)) };
  for (let panel = 0; panel + 1 < ends.length; panel++) {
    const half = (ends[panel + 1] - ends[panel]) / 2;
    for (let i = 0; i < n; i++) {
      all.nodes[panel * n + i] = ends[panel] + half * (1 + nodes[i]);
      all.weights[panel * n + i] = half * weights[i];
    }
  }
  return all;
};

/** The rule repeated on `count` panels of equal length. */
export const onEvenPanels = (rule: QuadratureRule, low: number, high: number, count: number): QuadratureRule =>
  onPanels(
    rule,
    Array.from({ length: count + 1 }, (_, i) => low + ((high - low) * i) / count),
  );

/**
 * integral from -1 to x_i of the polynomial through the values at the nodes x of `rule`, as a matrix (row-major, row i for
 * x_i): sum_l (2l + 1)/2 P_l(x_k) w_k int P_l, with int_(-1)^x P_l = (P_(l+1)(x) - P_(l-1)(x)) / (2l + 1).
 */
export const cumulativeMatrix = ({ nodes, weights }: QuadratureRule): Float64Array => {
  const n = nodes.length;
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let k = 0; k < n; k++) {
      let sum = nodes[i] + 1;
      for (let l = 1; l < n; l++) {
        const [value] = legendre(l, nodes[k]);
        const [after] = legendre(l + 1, nodes[i]);
        const before = l === 1 ? 1 : legendre(l - 1, nodes[i])[0];
        sum += value * (after - before);
      }
      matrix[i * n + k] = 0.5 * weights[k] * sum;
    }
  return matrix;
};
