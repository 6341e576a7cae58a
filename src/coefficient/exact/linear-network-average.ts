import { invalid } from "../../errors.ts";
import { exp, log } from "../../numerics/elementary.ts";
import { cumulativeMatrix, gaussLegendre, onEvenPanels } from "../../numerics/gauss-legendre.ts";
import { solveLinear } from "../../numerics/linear-algebra.ts";
import { checkTemperature } from "./canonical-average.ts";
import { checkCount } from "./checks.ts";

export interface LinearNetwork {
  /** M, H and N: A is H x M, B is N x H. */
  readonly inputs: number;
  readonly hidden: number;
  readonly outputs: number;
}

/** The work grows with the square of their number. */
const MOST_EIGENVALUES = 40;
/** Beyond, products of eigenvalues underflow. */
const HIGHEST_T = 1e100;
const RULE = gaussLegendre(16);
const CUMULATIVE = cumulativeMatrix(RULE);

/**
 * t <K>_t for K = ||B A||_F^2 with all entries of A and B standard normal; to about 1e-12.
 *
 * B integrates out row by row: Z(t) = E_A det(I + 2t A A^T)^(-N/2). With q = min(H, M) and p = max(H, M) the eigenvalues
 * x of A A^T that are not zero have density prod_i w(x_i) prod_(i<j) |x_i - x_j|, w(x) = x^((p-q-1)/2) e^(-x/2) (Wishart
 * 1928), so that with W = w (1 + 2t x)^(-N/2) de Bruijn's formula gives Z as a Pfaffian:
 *
 *     Z ~ Pf a,   a_ij = int int sgn(y - x) f_i(x) f_j(y) W(x) W(y) dx dy,
 *
 * f_i any polynomials of degree i, with a last row and column int f_i W when q is odd. As -t dW/dt = v W with
 * v = (N/2) 2tx/(1 + 2tx), t <K> = (1/2) tr(a^-1 a'), where a' is a with a factor v(x) + v(y) (v in the last row) under the
 * integral. The integrals run over y = log x on Gauss-Legendre panels.  [de Bruijn 1955; Watanabe 2009, section 7.2]
 *
 * A and B may change places (transpose the product): the one that leaves fewer eigenvalues is integrated over them.
 */
export const linearNetworkAverage = ({ inputs, hidden, outputs }: LinearNetwork, t: number): { tMeanK: number } => {
  for (const [name, width] of Object.entries({ inputs, hidden, outputs })) checkCount(name, width, 1);
  checkTemperature("t", t);
  if (t > HIGHEST_T) throw invalid("t", t, `at most ${HIGHEST_T}`);
  const kept = Math.min(inputs, outputs);
  const q = Math.min(hidden, kept);
  const other = Math.max(inputs, outputs);
  checkCount("the smallest width", q, 1, MOST_EIGENVALUES);
  return { tMeanK: pfaffianAverage({ q, p: Math.max(hidden, kept), exponent: other / 2 }, t) };
};

interface Ensemble {
  /** Number of eigenvalues. */
  readonly q: number;
  readonly p: number;
  /** W = w (1 + 2t x)^-exponent. */
  readonly exponent: number;
}

/** The ensemble's average for any choice of which matrix was integrated out. */
export const pfaffianAverage = ({ q, p, exponent }: Ensemble, t: number): number => {
  const rise = (p - q + 1) / 2;
  const lowest = -log(1 + 2 * t) - 80 / rise;
  // Above the largest eigenvalue, about (sqrt p + sqrt q)^2, by enough for e^(-x/2) to have underflowed.
  const highest = log(1600 + 4 * p + 16 * q);
  // An eigenvalue of a wide matrix is known to 1/sqrt p of itself.
  const panels = Math.ceil((2 + 0.5 * Math.sqrt(p)) * (highest - lowest));
  const { nodes, weights } = onEvenPanels(RULE, lowest, highest, panels);
  const x = nodes.map(exp);
  // W dx = W x dy, in logarithms: both ends are far below the range of float64 otherwise.
  const logs = x.map((value, i) => rise * nodes[i] - value / 2 - exponent * log(1 + 2 * t * value));
  const top = logs.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const mass = logs.map(value => exp(value - top));
  const energy = x.map(value => (exponent * 2 * t * value) / (1 + 2 * t * value));
  const halfWidth = (highest - lowest) / panels / 2;
  const plain = weightedPolynomials(x, mass, weights, q);
  const heated = plain.map(f => f.map((value, i) => value * energy[i]));

  const size = q + (q % 2);
  const a = new Float64Array(size * size);
  const slope = new Float64Array(size * size);
  const signed = (f: Float64Array, g: Float64Array) => signedIntegral(f, g, weights, halfWidth);
  const put = (matrix: Float64Array, i: number, j: number, value: number): void => {
    matrix[i * size + j] = value;
    matrix[j * size + i] = -value;
  };
  for (let i = 0; i < q; i++) {
    for (let j = i + 1; j < q; j++) {
      put(a, i, j, signed(plain[i], plain[j]));
      put(slope, i, j, signed(heated[i], plain[j]) + signed(plain[i], heated[j]));
    }
    if (size > q) {
      put(a, i, q, integral(plain[i], weights));
      put(slope, i, q, integral(heated[i], weights));
    }
  }
  return 0.5 * traceOfQuotient(a, slope, size);
};

const integral = (f: Float64Array, weights: Float64Array): number =>
  f.reduce((sum, value, i) => sum + value * weights[i], 0);

/** int int sgn(y - x) f(x) g(y) dx dy = int f(x) (G - 2 int^x g) dx, with G the whole integral of g. */
const signedIntegral = (f: Float64Array, g: Float64Array, weights: Float64Array, halfWidth: number): number => {
  const n = RULE.nodes.length;
  const whole = integral(g, weights);
  let below = 0;
  let sum = 0;
  for (let panel = 0; panel < f.length; panel += n) {
    for (let i = 0; i < n; i++) {
      let inside = 0;
      for (let k = 0; k < n; k++) inside += CUMULATIVE[i * n + k] * g[panel + k];
      sum += weights[panel + i] * f[panel + i] * (whole - 2 * (below + halfWidth * inside));
    }
    for (let k = 0; k < n; k++) below += weights[panel + k] * g[panel + k];
  }
  return sum;
};

/**
 * The values f_i(x) W(x) for polynomials f_i of degree 0 to count - 1 that make these functions orthonormal in y: any such
 * polynomials would do, and these keep the matrix far from singular (Stieltjes 1884).
 */
const weightedPolynomials = (
  x: Float64Array,
  mass: Float64Array,
  weights: Float64Array,
  count: number,
): Float64Array[] => {
  const inner = (f: Float64Array, g: Float64Array): number =>
    f.reduce((sum, value, i) => sum + value * g[i] * weights[i], 0);
  const basis: Float64Array[] = [];
  for (let degree = 0; degree < count; degree++) {
    const next = degree === 0 ? mass.slice() : basis[degree - 1].map((value, i) => value * x[i]);
    // Twice: once leaves rounding errors of the size of what was taken away.
    for (let pass = 0; pass < 2; pass++)
      for (const earlier of basis) {
        const overlap = inner(next, earlier);
        for (let i = 0; i < next.length; i++) next[i] -= overlap * earlier[i];
      }
    const norm = Math.sqrt(inner(next, next));
    basis.push(next.map(value => value / norm));
  }
  return basis;
};

/** tr(a^-1 b). */
const traceOfQuotient = (a: Float64Array, b: Float64Array, n: number): number => {
  let trace = 0;
  for (let j = 0; j < n; j++) {
    const column = Float64Array.from({ length: n }, (_, i) => b[i * n + j]);
    trace += solveLinear(a, n, column)[j];
  }
  return trace;
};
