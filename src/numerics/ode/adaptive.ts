import { LandauError } from "../../errors.ts";
import { exp, log } from "../elementary.ts";
import type { Method } from "./method.ts";

export interface AdaptiveSettings {
  /** Largest error of a step as a Euclidean norm, relative to the larger of `floor` and |y|. */
  readonly tolerance: number;
  /** Size below which |y| no longer sets the scale; 1 unless given. */
  readonly floor?: number;
  /** Length of the first step; chosen from the slope unless given. */
  readonly length?: number;
  /** What is integrated, as it stands in errors. */
  readonly name?: string;
  /** Steps of one call at most, refused ones included; a million unless given. */
  readonly most?: number;
}

export interface Adaptive {
  /**
   * Moves `y` in place from time `from` to `to`, forwards or backwards, and ends exactly there. The step length is carried from call to
   * call. Throws "diverged", with the time, when the slope at y is not finite, steps become too small, or too many are needed.
   */
  advance(y: Float64Array, from: number, to: number): void;
  /** Steps made so far, refused ones included. */
  steps(): number;
  /** Length of the next step, null before the first. With it and y a later driver continues with the same bits. */
  length(): number | null;
}

const MOST_STEPS = 1_000_000;
/** Shortest step, relative to the span. */
const SHORTEST = 1e-14;

/** Steps of their own choice for any method with an error estimate. The same bits in every engine, if the right-hand side has them. */
export const adaptive = (
  method: Method,
  { tolerance, floor = 1, name = "the solution", most: mostSteps = MOST_STEPS, ...given }: AdaptiveSettings,
): Adaptive => {
  const { size } = method;
  const [next, error] = [new Float64Array(size), new Float64Array(size)];
  const root = rootOf(method.errorOrder);
  let length = given.length ?? null;
  let count = 0;

  /** Error of a trial step in units of the tolerance; NaN when it is not known. */
  const relativeError = (y: Float64Array): number => {
    let [errors, sizes] = [0, 0];
    for (let i = 0; i < size; i++) {
      if (!Number.isFinite(next[i])) return Number.NaN;
      errors += error[i] * error[i];
      sizes += y[i] * y[i];
    }
    // Where the square of |y| overflows, its size says nothing: an infinite one would let every error pass.
    return sizes === Infinity ? Number.NaN : Math.sqrt(errors) / (tolerance * Math.max(floor, Math.sqrt(sizes)));
  };

  /** Moves y by a hundredth of its size along the slope, or over the whole span where that is shorter. */
  const firstLength = (y: Float64Array, slope: Float64Array, span: number): number => {
    const rate = norm(slope);
    const short = (0.01 * Math.max(floor, norm(y))) / rate;
    return rate > 0 && short < span ? Math.max(short, 100 * SHORTEST * span) : span;
  };

  return {
    advance(y, from, to) {
      const span = Math.abs(to - from);
      if (span === 0) return;
      const sign = to < from ? -1 : 1;
      let t = from;
      let left = span;
      const diverged = (reason: string) =>
        new LandauError("diverged", `${name} from t = ${from} to ${to} ended at t = ${t}: ${reason}`);
      const begin = (continued: boolean): Float64Array => {
        const slope = method.begin(t, y, continued);
        for (let i = 0; i < size; i++)
          if (!Number.isFinite(slope[i]))
            throw diverged(`dy[${i}]/dt is ${slope[i]}, needs a finite slope; end earlier`);
        return slope;
      };
      const slope = begin(false);
      length ??= firstLength(y, slope, span);
      const most = count + mostSteps;
      for (;;) {
        if (++count > most)
          throw diverged(
            `${mostSteps} steps were not enough, needs a shorter time, a larger tolerance or an implicit method`,
          );
        if (!(length > SHORTEST * span))
          throw diverged(`the step length fell to ${length}, needs an earlier end or a larger tolerance`);
        const last: boolean = length >= left;
        const h: number = last ? left : length;
        if (!method.attempt(t, y, sign * h, next, error)) {
          length = h / 2;
          continue;
        }
        const relative = relativeError(y);
        if (!(relative <= 1)) {
          length = h / (relative < 16 ? 2 : 4);
          continue;
        }
        y.set(next);
        // A last step cut short says nothing of the next.
        const growth = Math.min(4, 0.9 / root(Math.max(relative, 1e-6)));
        if (!last || growth < 1) length = h * growth;
        if (last) return;
        left -= h;
        t += sign * h;
        begin(true);
      }
    },
    steps: () => count,
    length: () => length,
  };
};

const norm = (values: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] * values[i];
  return Math.sqrt(sum);
};

/** The root by which an error tells the length of the next step. */
const rootOf = (order: number): ((x: number) => number) =>
  order === 4 ? x => Math.sqrt(Math.sqrt(x)) : x => exp(log(x) / order);
