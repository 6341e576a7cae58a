import type { Objective } from "../../contracts/objective.ts";
import { invalid } from "../../errors.ts";
import { mean, standardDeviation } from "../../numerics/statistics.ts";
import { stream } from "../../numerics/stream.ts";

export interface HessianTrace {
  readonly value: number;
  /** 0 where every direction was looked at. */
  readonly standardError: number;
}

export interface HessianTraceOptions {
  /** Random directions; as many as there are parameters, or more, means each parameter once, which is exact. 64 when absent. */
  readonly probes?: number;
  /** 0 when absent. */
  readonly seed?: number;
}

/**
 * The trace of the Hessian at a point, from differences of gradients along random signs: E z^T H z = tr H. Two gradients a probe.
 * [Hutchinson 1990]
 */
export const hessianTrace = (
  objective: Objective,
  at: Float64Array,
  { probes = 64, seed = 0 }: HessianTraceOptions = {},
): HessianTrace => {
  const { size } = objective;
  if (at.length !== size) throw invalid("the length of the point", at.length, `${size}, the number of parameters`);
  if (!(Number.isSafeInteger(probes) && probes >= 2)) throw invalid("probes", probes, "a whole number from 2");
  const [up, down, w, z] = Array.from({ length: 4 }, () => new Float64Array(size));
  const along = (step: number): number => {
    for (let i = 0; i < size; i++) w[i] = at[i] + step * z[i];
    objective.lossAndGradient(w, up);
    for (let i = 0; i < size; i++) w[i] = at[i] - step * z[i];
    objective.lossAndGradient(w, down);
    let sum = 0;
    for (let i = 0; i < size; i++) sum += z[i] * (up[i] - down[i]);
    return sum / (2 * step);
  };
  const largest = at.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const step = 2e-5 * (1 + largest);
  if (probes >= size) {
    let value = 0;
    for (let i = 0; i < size; i++) {
      z.fill(0);
      z[i] = 1;
      value += along(step);
    }
    return { value, standardError: 0 };
  }
  const numbers = stream({ seed, purpose: "hessian trace" });
  const values = Float64Array.from({ length: probes }, (_, probe) => {
    numbers.at(probe);
    for (let i = 0; i < size; i++) z[i] = numbers.word() & 1 ? 1 : -1;
    return along(step / Math.sqrt(size));
  });
  return { value: mean(values), standardError: standardDeviation(values) / Math.sqrt(probes) };
};
