import type { Objective, ParameterArray, SampledObjective } from "../contracts/objective.ts";
import { invalid } from "../errors.ts";
import { checkNotNegative } from "./checks.ts";
import { flatPrior, type Prior } from "./prior.ts";

/** Minus the log density of what is sampled, up to a constant. Overwrites `gradient` and returns the value. */
export interface Potential {
  readonly size: number;
  valueAndGradient(w: Float64Array, gradient: Float64Array): number;
}

/** What is sampled: the density exp(-U(w)), U(w) = nBeta L(w) + energy of the prior. */
export interface Target extends Potential {
  readonly parameters: readonly ParameterArray[];
  readonly objective: Objective;
  readonly nBeta: number;
  readonly prior: Prior;
  /** Overwrites `gradient` with that of U and, when given, loss[0] with L(w); returns U(w). Infinity outside of the support. */
  valueAndGradient(w: Float64Array, gradient: Float64Array, loss?: Float64Array): number;
  /** The same for one batch: `order[from..to-1]` instead of all samples, for an objective that has samples. */
  batchValueAndGradient(
    w: Float64Array,
    gradient: Float64Array,
    loss: Float64Array,
    batch: { readonly order: Int32Array; readonly from: number; readonly to: number },
  ): number;
}

export interface Posterior {
  readonly objective: Objective;
  /** Data size times inverse temperature; the loss is a mean. */
  readonly nBeta: number;
  /** Flat when absent. */
  readonly prior?: Prior;
}

/**
 * The tempered posterior of an objective. Evaluations allocate nothing. Throws a LandauError when nBeta is negative or not finite,
 * or when the prior is of another size.
 */
export const posterior = ({ objective, nBeta, prior = flatPrior() }: Posterior): Target => {
  checkNotNegative("nBeta", nBeta);
  const { size, parameters } = objective;
  for (const [what, length] of [
    ["centre of the prior", prior.gaussian?.centre.length],
    ["box of the prior", prior.box?.low.length],
  ] as const)
    if (length !== undefined && length !== size)
      throw invalid(`the length of the ${what}`, length, `${size}, the number of parameters`);

  const { gaussian } = prior;
  /** The energy of a Gaussian comes with its gradient, in one pass; that of any other prior is `priorEnergy`. */
  const total = (w: Float64Array, gradient: Float64Array, loss: number, priorEnergy: number): number => {
    const factor = target.nBeta;
    // Not 0 times infinity at nBeta 0.
    if (loss === Infinity) return Infinity;
    if (!gaussian) {
      for (let i = 0; i < size; i++) gradient[i] *= factor;
      prior.addGradient(w, gradient);
      return factor * loss + priorEnergy;
    }
    const { precision, centre } = gaussian;
    let squares = 0;
    for (let i = 0; i < size; i++) {
      const off = w[i] - centre[i];
      squares += off * off;
      gradient[i] = factor * gradient[i] + precision * off;
    }
    return factor * loss + 0.5 * precision * squares;
  };
  const energyBesides = (w: Float64Array): number => (gaussian ? 0 : prior.energy(w));

  // Read anew at each evaluation, so that a ladder of temperatures can move.
  const target: Target = {
    size,
    parameters,
    objective,
    nBeta,
    prior,
    valueAndGradient(w, gradient, out) {
      const priorEnergy = energyBesides(w);
      // Where the prior says no, the loss need not be defined.
      if (priorEnergy === Infinity) return Infinity;
      const loss = objective.lossAndGradient(w, gradient);
      if (out) out[0] = loss;
      return total(w, gradient, loss, priorEnergy);
    },
    batchValueAndGradient(w, gradient, out, { order, from, to }) {
      if (!("batchLossAndGradient" in objective)) throw invalid("batch", to - from, "an objective that has samples");
      const loss = (objective as SampledObjective).batchLossAndGradient(w, gradient, order, from, to);
      out[0] = loss;
      return total(w, gradient, loss, energyBesides(w));
    },
  };
  return target;
};
