import { log } from "../../../numerics/elementary.ts";
import { memoised } from "../../../numerics/memoised.ts";
import { minimumByThirds } from "../../../numerics/minimum.ts";
import { momentsOf, normalised, responses } from "./boltzmann.ts";

/** |M| of N spins: N mod 2, ..., N. */
export const absoluteMagnetisations = (N: number): Float64Array =>
  Float64Array.from({ length: Math.floor(N / 2) + 1 }, (_, i) => (N % 2) + 2 * i);

/** ln of how many states of N spins have each |M|. */
const logStates = (N: number): Float64Array => {
  // ln C(N, k) from the middle outwards, one ratio at a time.
  const out = new Float64Array(Math.floor(N / 2) + 1);
  let up = Math.ceil(N / 2);
  let value = 0;
  out[0] = N % 2 === 0 ? 0 : Math.LN2;
  for (let i = 1; i < out.length; i++) {
    value += log((N - up) / (up + 1));
    up++;
    out[i] = value + Math.LN2;
  }
  return out;
};

/**
 * The law of |M|, which is all that T can be told from, of the Curie-Weiss magnet H = -M^2/(2N): binom(N, (N+M)/2) exp(M^2/(2NT)). Its critical
 * temperature is 1.
 */
export const magnetLaws = (N: number): ((T: number) => Float64Array) => {
  const [M, states] = [absoluteMagnetisations(N), logStates(N)];
  return T => normalised(M.map((each, i) => states[i] + (each * each) / (2 * N * T)));
};

export interface MagnetStatistics {
  readonly T: number;
  /** Heat capacity per spin. */
  readonly C: number;
  /** Fisher information about T of the whole magnet. */
  readonly F: number;
  /** Binder's cumulant 1 - <m^4> / (3 <m^2>^2). */
  readonly U4: number;
  readonly absm: number;
  readonly m2: number;
}

export const magnetStatistics = (N: number, T: number, law = magnetLaws(N)): MagnetStatistics => {
  const p = law(T);
  const M = absoluteMagnetisations(N);
  const m = M.map(each => each / N);
  const { C, F } = responses(
    momentsOf(
      p,
      M.map(each => (each * each) / (2 * N)),
    ).variance,
    T,
  );
  const power = (k: number): number =>
    momentsOf(
      p,
      m.map(each => (k === 4 ? each * each * each * each : each * each)),
    ).mean;
  const m2 = power(2);
  return { T, C: C / N, F, U4: 1 - power(4) / (3 * m2 * m2), absm: momentsOf(p, m).mean, m2 };
};

/** Steps in which the largest hump is looked for: below the transition large magnets have another one. */
const COARSE = 0.005;

/** Temperature of the largest Fisher information, and how large it is. */
export const magnetFisherPeak = memoised((N: number): { readonly T: number; readonly F: number } => {
  const law = magnetLaws(N);
  const fisher = (T: number): number => magnetStatistics(N, T, law).F;
  let best = 0.3;
  for (let T = 0.3; T < 1.3; T += COARSE) if (fisher(T) > fisher(best)) best = T;
  const T = minimumByThirds(each => -fisher(each), best - COARSE, best + COARSE, 30);
  return { T, F: fisher(T) };
});
