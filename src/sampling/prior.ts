import type { JsonObject } from "../contracts/json.ts";
import { invalid } from "../errors.ts";
import { checkNotNegative, checkPositive } from "./checks.ts";

/** What is believed of the parameters before the data. */
export interface Prior {
  /** For the record of a run. */
  readonly settings: JsonObject;
  /** Minus the log density up to a constant; Infinity where it is 0. */
  energy(w: Float64Array): number;
  /** Adds the gradient of the energy to `gradient`. */
  addGradient(w: Float64Array, gradient: Float64Array): void;
  /** Set when the prior is the Gaussian exp(-(precision / 2) |w - centre|^2) and nothing else. */
  readonly gaussian?: { readonly precision: number; readonly centre: Float64Array };
  /** Set when the density is 0 outside of a box; samplers are reflected at its walls. */
  readonly box?: Box;
}

/** low[i] <= w[i] <= high[i]; ends may be infinite. */
export interface Box {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** No preference. What is sampled must then have a finite integral by itself. */
export const flatPrior = (): Prior => ({ settings: { kind: "flat" }, energy: () => 0, addGradient() {} });

export interface Localisation {
  /** Strength of the pull, in inverse squared parameter units. 0 for none. */
  readonly gamma: number;
  readonly centre: Float64Array;
}

/** exp(-(gamma / 2) |w - centre|^2). */
export const localised = ({ gamma, centre }: Localisation): Prior => {
  checkNotNegative("gamma", gamma);
  const middle = centre.slice();
  return gaussian({ kind: "localised", gamma, centre: [...middle] }, gamma, middle);
};

/** Independent normals around the origin: exp(-|w|^2 / (2 priorStd^2)). */
export const normalPrior = ({ priorStd, size }: { readonly priorStd: number; readonly size: number }): Prior => {
  checkPositive("priorStd", priorStd);
  return gaussian({ kind: "normal", priorStd }, 1 / (priorStd * priorStd), new Float64Array(size));
};

const gaussian = (settings: JsonObject, precision: number, centre: Float64Array): Prior => ({
  settings,
  gaussian: { precision, centre },
  energy(w) {
    let sum = 0;
    for (let i = 0; i < w.length; i++) sum += (w[i] - centre[i]) * (w[i] - centre[i]);
    return 0.5 * precision * sum;
  },
  addGradient(w, gradient) {
    for (let i = 0; i < w.length; i++) gradient[i] += precision * (w[i] - centre[i]);
  },
});

/** A prior of one's own; `settings` names it in the record of a run. */
export const customPrior = (
  settings: JsonObject,
  { energy, addGradient }: Pick<Prior, "energy" | "addGradient">,
): Prior => ({ settings: { kind: "custom", ...settings }, energy, addGradient });

/** A prior inside a box: uniform unless another is given. */
export const boxed = (box: { low: ArrayLike<number>; high: ArrayLike<number> }, inner: Prior = flatPrior()): Prior => {
  const low = Float64Array.from(box.low);
  const high = Float64Array.from(box.high);
  if (low.length !== high.length) throw invalid("the length of high", high.length, `${low.length}, the length of low`);
  for (let i = 0; i < low.length; i++)
    if (!(low[i] < high[i])) throw invalid(`high[${i}]`, high[i], `a number above low[${i}] = ${low[i]}`);
  // JSON knows no infinities.
  const walls = (side: Float64Array) => Array.from(side, wall => (Number.isFinite(wall) ? wall : null));
  return {
    settings: { kind: "boxed", low: walls(low), high: walls(high), inner: inner.settings },
    box: { low, high },
    energy(w) {
      for (let i = 0; i < w.length; i++) if (w[i] < low[i] || w[i] > high[i]) return Infinity;
      return inner.energy(w);
    },
    addGradient: (w, gradient) => inner.addGradient(w, gradient),
  };
};
