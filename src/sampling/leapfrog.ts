import type { Potential } from "./target.ts";

/**
 * Leapfrog steps of the Hamiltonian H(w, p) = U(w) + |p|^2 / 2 (unit mass):
 * p <- p - (stepSize/2) grad U(w);  w <- w + stepSize p;  p <- p - (stepSize/2) grad U(w).  [Neal 2011, section 2.3]
 */
export interface LeapfrogSettings {
  /** Time per step. */
  readonly stepSize: number;
  readonly steps: number;
}

/** Moves position `w` and momentum `p` in place; returns H at the end minus H at the start. */
export const leapfrog = (
  potential: Potential,
  w: Float64Array,
  p: Float64Array,
  { stepSize, steps }: LeapfrogSettings,
  gradient: Float64Array,
): number => {
  let value = potential.valueAndGradient(w, gradient);
  const start = value + kineticEnergy(p);
  for (let step = 0; step < steps; step++) {
    for (let i = 0; i < w.length; i++) {
      p[i] -= 0.5 * stepSize * gradient[i];
      w[i] += stepSize * p[i];
    }
    value = potential.valueAndGradient(w, gradient);
    for (let i = 0; i < w.length; i++) p[i] -= 0.5 * stepSize * gradient[i];
  }
  return value + kineticEnergy(p) - start;
};

const kineticEnergy = (p: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < p.length; i++) sum += p[i] * p[i];
  return 0.5 * sum;
};
