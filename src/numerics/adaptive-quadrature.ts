import { gaussLegendre } from "./gauss-legendre.ts";
import { memoised } from "./memoised.ts";

/** Integrals of several functions over the same interval. */
export interface Integrals {
  readonly values: Float64Array;
  /** An upper estimate of the error of each, whether or not the tolerance was met. */
  readonly errors: Float64Array;
  /** The largest of these as a share of the integral of the absolute value. */
  readonly error: number;
}

export interface QuadratureOptions {
  /** Error as a share of the integral of the absolute value; 1e-12 when absent. */
  readonly tolerance?: number;
  /** Panels that are halved at most; 4000 when absent. */
  readonly refinements?: number;
  /** Nodes in each half of a panel; 10 when absent. */
  readonly order?: number;
}

/** Nested integrals ask for the same rule for each value of an outer one. */
const ruleOf = memoised(gaussLegendre);

interface Panel {
  readonly low: number;
  readonly high: number;
  /** By the rule on each half. */
  readonly halves: readonly [Float64Array, Float64Array];
  readonly errors: Float64Array;
}

/**
 * Integrals of `count` functions, which `f` writes into `out` all at once, between the first and the last of `ends`, adaptively: the panel whose
 * halves differ most from the whole is halved until the sum of these differences is below the tolerance for each function. Kinks, and peaks much
 * narrower than a panel, belong among the `ends` (ascending): what no node sees can't be found.
 */
export const integrals = (
  f: (x: number, out: Float64Array) => void,
  count: number,
  ends: ArrayLike<number>,
  { tolerance = 1e-12, refinements = 4000, order = 10 }: QuadratureOptions = {},
): Integrals => {
  const { nodes, weights } = ruleOf(order);
  const out = new Float64Array(count);
  const absolute = new Float64Array(count);

  const rule = (low: number, high: number): Float64Array => {
    const sums = new Float64Array(count);
    const half = (high - low) / 2;
    for (let i = 0; i < order; i++) {
      f(low + half * (1 + nodes[i]), out);
      for (let k = 0; k < count; k++) sums[k] += half * weights[i] * out[k];
    }
    return sums;
  };
  const panelOn = (low: number, high: number, whole: Float64Array): Panel => {
    const middle = low + (high - low) / 2;
    const halves = [rule(low, middle), rule(middle, high)] as const;
    return { low, high, halves, errors: whole.map((value, k) => Math.abs(value - halves[0][k] - halves[1][k])) };
  };

  const panels: Panel[] = [];
  for (let i = 0; i + 1 < ends.length; i++)
    if (ends[i] < ends[i + 1]) panels.push(panelOn(ends[i], ends[i + 1], rule(ends[i], ends[i + 1])));
  for (const { halves } of panels)
    for (const half of halves) for (let k = 0; k < count; k++) absolute[k] += Math.abs(half[k]);

  const share = ({ errors }: Panel): number => {
    let largest = 0;
    for (let k = 0; k < count; k++) if (errors[k] > 0) largest = Math.max(largest, errors[k] / absolute[k]);
    return largest;
  };
  const worst = { at: 0, share: 0 };
  for (let refinement = 0; refinement < refinements; refinement++) {
    let total = 0;
    worst.share = 0;
    panels.forEach((panel, at) => {
      const own = share(panel);
      total += own;
      if (own > worst.share) Object.assign(worst, { at, share: own });
    });
    if (!(total > tolerance)) break;
    const { low, high, halves } = panels[worst.at];
    const middle = low + (high - low) / 2;
    if (!(low < middle && middle < high)) break;
    const left = panelOn(low, middle, halves[0]);
    const right = panelOn(middle, high, halves[1]);
    panels[worst.at] = left;
    panels.push(right);
    for (let k = 0; k < count; k++) {
      absolute[k] -= Math.abs(halves[0][k]) + Math.abs(halves[1][k]);
      for (const panel of [left, right]) for (const half of panel.halves) absolute[k] += Math.abs(half[k]);
    }
  }

  const values = new Float64Array(count);
  const errors = new Float64Array(count);
  panels.sort((a, b) => a.low - b.low);
  for (const panel of panels)
    for (let k = 0; k < count; k++) {
      values[k] += panel.halves[0][k] + panel.halves[1][k];
      errors[k] += panel.errors[k];
    }
  const error = errors.reduce((largest, each, k) => (each > 0 ? Math.max(largest, each / absolute[k]) : largest), 0);
  return { values, errors, error };
};

/** The integral of one function, and an upper estimate of its error. */
export const integral = (
  f: (x: number) => number,
  ends: ArrayLike<number>,
  options: QuadratureOptions = {},
): { readonly value: number; readonly error: number } => {
  const { values, errors } = integrals(
    (x, out) => {
      out[0] = f(x);
    },
    1,
    ends,
    options,
  );
  return { value: values[0], error: errors[0] };
};
