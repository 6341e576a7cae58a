import { log } from "../../../numerics/elementary.ts";
import type { Stream } from "../../../numerics/stream.ts";
import { slowRoll, slowRollSet } from "../theory/effective-theory.ts";
import type { IntervalFit } from "../theory/empirical.ts";

/** Which universes inflate, by u = ln x with x = (B/A) s^-(q-p): labels with noise, and intervals that learn them. */

export const [P, Q] = [0.9, 2];
/** Probability that a label is wrong. */
export const FLIPPED = 0.1;
/** ln(B/A) is uniform on [-3, 0], ln s on [-0.5, 2]. */
const [RATIO_LOW, RATIO_SPAN] = [-3, 3];
const [MODULUS_LOW, MODULUS_SPAN] = [-0.5, 2.5];

/** Ends of the true interval, by u. */
export const trueInterval = (): readonly [low: number, high: number] => {
  const set = slowRollSet(P, Q);
  if (!set) throw new Error("this potential inflates nowhere");
  return [log(set[0]), log(set[1])];
};

export interface SlowRollSample {
  readonly u: Float64Array;
  readonly y: Uint8Array;
}

export const slowRollSample = (N: number, random: Stream): SlowRollSample => {
  const [u, y] = [new Float64Array(N), new Uint8Array(N)];
  const uniforms = new Float64Array(3 * N);
  random.uniforms(uniforms);
  for (let i = 0; i < N; i++) {
    const lnRatio = RATIO_LOW + RATIO_SPAN * uniforms[3 * i];
    const lnModulus = MODULUS_LOW + MODULUS_SPAN * uniforms[3 * i + 1];
    u[i] = lnRatio - (Q - P) * lnModulus;
    y[i] = Number(isSlowRoll(u[i]) !== uniforms[3 * i + 2] < FLIPPED);
  }
  return { u, y };
};

const [LOW, HIGH] = trueInterval();

const isSlowRoll = (u: number): boolean => u > LOW && u < HIGH;

/** Whether a potential inflates, from its parameters at s = 1 with B/A = e^u. */
export const inflatesAt = (ratio: number): boolean => slowRoll(1, { A: 1, B: ratio, p: P, q: Q }).slowRoll;

const positiveSquare = (x: number): number => (x > 0 ? x * x : 0);

/** Probability of a value below u: of the sum of two uniform variables. */
export const distribution = (u: number): number => {
  const [a, b] = [RATIO_SPAN, (Q - P) * MODULUS_SPAN];
  const z = u - RATIO_LOW + (Q - P) * (MODULUS_LOW + MODULUS_SPAN);
  return (positiveSquare(z) - positiveSquare(z - a) - positiveSquare(z - b) + positiveSquare(z - a - b)) / (2 * a * b);
};

const probability = (low: number, high: number): number => (low < high ? distribution(high) - distribution(low) : 0);

/** Share of noisy labels that an interval gets wrong on the whole law of the data, exactly. */
export const trueError = ({ low, high }: Pick<IntervalFit, "low" | "high">): number => {
  const own = low === null || high === null ? 0 : probability(low, high);
  const shared = low === null || high === null ? 0 : probability(Math.max(low, LOW), Math.min(high, HIGH));
  const differing = own + probability(LOW, HIGH) - 2 * shared;
  return FLIPPED + (1 - 2 * FLIPPED) * differing;
};
