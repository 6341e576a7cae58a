import { type Estimate, healthFrom } from "../../contracts/health.ts";
import type { Objective } from "../../contracts/objective.ts";
import { invalid } from "../../errors.ts";
import { mean, standardDeviation } from "../../numerics/statistics.ts";
import { stream } from "../../numerics/stream.ts";

/** Its standard error is 0 where every direction was looked at. */
export interface HessianTrace extends Estimate<"probes"> {
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
    return estimated(value, 0, size);
  }
  const numbers = stream({ seed, purpose: "hessian trace" });
  const values = Float64Array.from({ length: probes }, (_, probe) => {
    numbers.at(probe);
    for (let i = 0; i < size; i++) z[i] = numbers.word() & 1 ? 1 : -1;
    return along(step / Math.sqrt(size));
  });
  return estimated(mean(values), standardDeviation(values) / Math.sqrt(probes), probes);
};

/** Standard error, as a share of the value, above which more probes are called for. */
const LARGEST_ERROR = 0.1;

const estimated = (value: number, standardError: number, probes: number): HessianTrace => {
  const isFine = standardError <= LARGEST_ERROR * Math.abs(value);
  const text =
    standardError === 0
      ? "every direction was looked at"
      : `the standard error of ${probes} probes is ${standardError.toPrecision(2)}`;
  return {
    value,
    standardError,
    health: healthFrom([
      {
        name: "probes",
        outcome: isFine ? "good" : "doubtful",
        value: probes,
        text: isFine ? text : `${text}: give more`,
      },
    ]),
  };
};
