import { invalid } from "../../errors.ts";
import { mean, variance } from "../../numerics/statistics/moments.ts";
import { checkControl } from "./grid.ts";

export interface CompanionPoint {
  readonly T: number;
  /** d<E>/dT */
  readonly value: number;
  readonly se: number;
}

/**
 * Central differences C = d<E>/dT of an energy such as -ln P(x | T = 1), at the inner values of the control. C is negative where text becomes likelier: only of a Boltzmann family
 * is it Var(E)/T^2. [arXiv 2405.17088, section 2]
 *
 * @param energies Means at the values of the control
 * @param errors Their standard errors, 0 when absent
 */
export const heatCapacity = (
  T: ArrayLike<number>,
  energies: ArrayLike<number>,
  errors?: ArrayLike<number>,
): CompanionPoint[] => {
  checkControl(T);
  if (energies.length !== T.length)
    throw invalid("the length of energies", energies.length, `${T.length}, as there are values`);
  return Array.from({ length: Math.max(0, T.length - 2) }, (_, i) => {
    const step = T[i + 2] - T[i];
    const [before, after] = errors ? [errors[i], errors[i + 2]] : [0, 0];
    return {
      T: T[i + 1],
      value: (energies[i + 2] - energies[i]) / step,
      se: Math.sqrt(before * before + after * after) / step,
    };
  });
};

/** The same from the energies of samples at each value. */
export const heatCapacityOf = (T: ArrayLike<number>, samples: readonly ArrayLike<number>[]): CompanionPoint[] =>
  heatCapacity(
    T,
    samples.map(values => mean(values)),
    samples.map(values => (values.length < 2 ? Infinity : Math.sqrt(variance(values) / values.length))),
  );
