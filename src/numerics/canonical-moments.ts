import { invalid } from "../errors.ts";
import { exp, log } from "./elementary.ts";
import { gaussLegendre, onEvenPanels } from "./gauss-legendre.ts";

export interface CanonicalMoments {
  readonly m1: number;
  readonly m2: number;
  readonly m3: number;
  readonly m4: number;
  /** Binder's cumulant, 1 - m4 / (3 m2^2). */
  readonly U4: number;
  /** Logarithm of the integral of exp(-n L). */
  readonly logZ: number;
  /** Mean of L. */
  readonly Lmean: number;
}

const rule = gaussLegendre(16);
const PANELS = 400;

/** Raw moments of x under exp(-n L(x)) on the interval [lo, hi], by quadrature. */
export const canonicalMoments = (
  L: (x: number) => number,
  { n, lo, hi }: { readonly n: number; readonly lo: number; readonly hi: number },
): CanonicalMoments => {
  if (!(lo < hi)) throw invalid("lo", lo, `less than hi = ${hi}`);
  const { nodes, weights } = onEvenPanels(rule, lo, hi, PANELS);
  const losses = nodes.map(L);
  const lowest = losses.reduce((a, b) => Math.min(a, b));
  const sums = new Float64Array(6);
  nodes.forEach((x, i) => {
    const mass = weights[i] * exp(-n * (losses[i] - lowest));
    for (let k = 0, term = mass; k <= 4; k++, term *= x) sums[k] += term;
    sums[5] += mass * losses[i];
  });
  const [m1, m2, m3, m4, Lmean] = Array.from(sums.subarray(1), sum => sum / sums[0]);
  return { m1, m2, m3, m4, U4: 1 - m4 / (3 * m2 * m2), logZ: log(sums[0]) - n * lowest, Lmean };
};
