import { exp, log } from "../../../numerics/elementary.ts";

/** p ~ exp(w), from logarithms of weights, the largest of which may be anything. */
export const normalised = (logWeights: ArrayLike<number>): Float64Array => {
  let most = -Infinity;
  for (let x = 0; x < logWeights.length; x++) most = Math.max(most, logWeights[x]);
  const p = Float64Array.from(logWeights, each => exp(each - most));
  const sum = p.reduce((total, each) => total + each, 0);
  return p.map(each => each / sum);
};

/** ln sum exp(w). */
export const logSum = (logWeights: ArrayLike<number>): number => {
  let most = -Infinity;
  for (let x = 0; x < logWeights.length; x++) most = Math.max(most, logWeights[x]);
  let sum = 0;
  for (let x = 0; x < logWeights.length; x++) sum += exp(logWeights[x] - most);
  return most + log(sum);
};

/** The distribution g exp(-E/T) / Z; all degeneracies are 1 when absent, and may be given by their logarithms. */
export const boltzmann = (energies: ArrayLike<number>, T: number, logDegeneracies?: ArrayLike<number>): Float64Array =>
  normalised(Float64Array.from(energies, (E, x) => (logDegeneracies ? logDegeneracies[x] : 0) - E / T));

export interface Moments {
  readonly mean: number;
  readonly variance: number;
}

/** Mean and variance of values under a distribution. */
export const momentsOf = (p: ArrayLike<number>, values: ArrayLike<number>): Moments => {
  let mean = 0;
  for (let x = 0; x < p.length; x++) mean += p[x] * values[x];
  let variance = 0;
  for (let x = 0; x < p.length; x++) variance += p[x] * (values[x] - mean) * (values[x] - mean);
  return { mean, variance };
};

/** Of a Boltzmann family: heat capacity Var(E)/T^2 and Fisher information about T, Var(E)/T^4. */
export const responses = (variance: number, T: number): { readonly C: number; readonly F: number } => ({
  C: variance / (T * T),
  F: variance / (T * T * T * T),
});
