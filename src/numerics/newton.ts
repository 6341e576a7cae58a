import { LandauError } from "../errors.ts";
import { solveLinear } from "./linear-algebra.ts";

/** n equations in n unknowns; both functions overwrite `out`. */
export interface Equations {
  /** Writes the n values that should vanish. */
  residual(x: Float64Array, out: Float64Array): void;
  /** Writes d residual[i] / d x[j] at out[i n + j]. */
  jacobian(x: Float64Array, out: Float64Array): void;
}

const MAX_STEPS = 100;
const MAX_HALVINGS = 40;

/**
 * A root of a small system by Newton's method from `start`, to the last bits: it ends when a step changes no entry by more than
 * 2^-50 (1 + |x|), or when the residual, at the level of rounding, can't be lowered any more. A step that does not lower the largest residual
 * is halved. The same bits in every engine, if the equations are.
 *
 * Throws "diverged" when it does not arrive, and "input" when the Jacobian is singular on the way.
 */
export const newton = ({ residual, jacobian }: Equations, start: ArrayLike<number>): Float64Array => {
  const n = start.length;
  const x = Float64Array.from(start);
  const trial = new Float64Array(n);
  const value = new Float64Array(n);
  const slope = new Float64Array(n * n);
  const sizeAt = (point: Float64Array): number => {
    residual(point, value);
    return largest(value);
  };
  let size = sizeAt(x);
  for (let step = 0; step < MAX_STEPS && Number.isFinite(size); step++) {
    if (size === 0) return x;
    residual(x, value);
    jacobian(x, slope);
    const move = solveLinear(slope, n, value);
    const scale = 1 + largest(x);
    const settled = largest(move) <= 8.881784197001252e-16 * scale;
    let fraction = 1;
    let lower = false;
    for (let halving = 0; halving < MAX_HALVINGS && !lower; halving++, fraction *= 0.5) {
      for (let i = 0; i < n; i++) trial[i] = x[i] - fraction * move[i];
      const trialSize = sizeAt(trial);
      lower = trialSize < size;
      if (lower) {
        size = trialSize;
        x.set(trial);
      }
    }
    // Within rounding of the root no step lowers the residual; far from it, that is a failure.
    if (settled || (!lower && largest(move) <= 1e-10 * scale)) return x;
    if (!lower) break;
  }
  throw new LandauError(
    "diverged",
    `newton stopped at [${x.join(", ")}] with residual ${size}: needs a start nearer to a root`,
  );
};

const largest = (values: Float64Array): number => {
  let size = 0;
  // Not Math.max alone: a NaN must not be lost.
  for (let i = 0; i < values.length; i++) size = Number.isNaN(values[i]) ? NaN : Math.max(size, Math.abs(values[i]));
  return size;
};
