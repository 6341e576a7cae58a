import { exp, log } from "../../numerics/elementary.ts";
import { toNumber } from "../../numerics/fraction.ts";
import { type CanonicalAverage, checkTemperature } from "./canonical-average.ts";
import { readFraction } from "./checks.ts";

export interface LocalisedPower {
  /** p > 0: K = |w|^p, w real. */
  readonly power: number | string;
  /** gamma >= 0: the measure is exp(-gamma w^2 / 2) dw. */
  readonly localisation: number;
}

/** Beyond these, exp underflows; and what is left out of a tail of the integral, e^-42, does not count. */
const UNDERFLOW = 750;
const TAIL = 42;
const STEP = 1 / 32;

/**
 * K = |w|^p under a Gaussian localiser. In y = log(t |w|^p),
 *
 *     Z(t) = (2/p) t^(-1/p) int exp(y/p - e^y - (g/2) e^(2y/p)) dy,     g = gamma t^(-2/p),
 *
 * by the trapezoidal rule, which converges faster than any power here; to about 1e-13. Without the localiser t <K> is
 * exactly 1/p at every t.
 */
export const localisedPower = ({ power, localisation }: LocalisedPower, t: number): CanonicalAverage => {
  checkTemperature("t", t);
  const gamma = toNumber(readFraction("localisation", localisation, { limit: 0 }));
  const p = toNumber(readFraction("power", power, { limit: 0, open: true }));
  const logG = gamma > 0 ? log(gamma) - (2 / p) * log(t) : Number.NEGATIVE_INFINITY;
  const strength = exp(logG) / 2;
  // Where the Gaussian takes over, in y.
  const turn = gamma > 0 ? (p / 2) * (log(2) - logG) : Number.POSITIVE_INFINITY;
  const high = Math.min(log(UNDERFLOW), turn + (p / 2) * log(UNDERFLOW));
  const low = Math.min(0, turn) - TAIL * Math.max(1, p);
  const steps = Math.ceil((high - low) / STEP);
  let z = 0;
  let energy = 0;
  for (let i = 0; i <= steps; i++) {
    const y = low + i * STEP;
    const tK = exp(y);
    const mass = exp((y - Math.min(0, turn)) / p - tK - strength * exp((2 * y) / p));
    z += mass;
    energy += mass * tK;
  }
  return {
    tMeanK: gamma > 0 ? energy / z : 1 / p,
    logZ: log((2 / p) * STEP * z) + (Math.min(0, turn) - log(t)) / p,
  };
};
