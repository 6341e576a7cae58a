/** Right-hand side of y' = f(t, y): writes f(t, y) into `dydt`. Must change neither `y` nor keep either array. */
export type Derivative = (t: number, y: Float64Array, dydt: Float64Array) => void;

/** What the driver of adaptive steps (adaptive.ts) knows of a one-step method. */
export interface Method {
  readonly size: number;
  /** Power of the step length with which the estimated error of one step falls. */
  readonly errorOrder: number;
  /**
   * Moves to (t, y) and returns the slope there, which lasts until the next call. `continued`: this is where the last attempt ended, so that
   * a method may use again what it knows of this point.
   */
  begin(t: number, y: Float64Array, continued: boolean): Float64Array;
  /**
   * Writes the state a signed time `h` after (t, y) into `next` and the estimate of its error into `error`. False when `h` is too long
   * to be tried.
   */
  attempt(t: number, y: Float64Array, h: number, next: Float64Array, error: Float64Array): boolean;
}
