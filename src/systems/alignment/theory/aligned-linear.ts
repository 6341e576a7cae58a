import { scalarSolution } from "./scalar-solution.ts";
import type { TwoPointState } from "./two-point.ts";

/** W1 = alpha u, W2 = beta u^T without biases, on inputs -+dx/2 with targets -+dy/2. */
export interface AlignedNet {
  readonly alpha: number;
  readonly beta: number;
  readonly dx: number;
  readonly dy: number;
  readonly lr: number;
}

/** The effective rates of a linear network of two aligned layers: exact as lr -> 0. */
export const alignedRates = (lr: number) => ({ etaH: lr / 2, etaY: lr / 2 });

/** Gradient descent on half the mean squared error, which moves alpha and beta alone: the state after so many steps each. */
export const alignedNetStates = (net: AlignedNet, steps: readonly number[]): readonly TwoPointState[] => {
  const { dx, dy, lr } = net;
  const seen = new Map<number, TwoPointState>();
  const wanted = new Set(steps);
  let [a, b] = [net.alpha, net.beta];
  for (let step = 0; step <= Math.max(...steps); step++) {
    const difference = a * b * dx;
    if (wanted.has(step))
      seen.set(step, { h: a * a * dx * dx, y: difference * difference, w: difference * (difference - dy) });
    const pull = (lr / 4) * (difference - dy) * dx;
    [a, b] = [a - pull * b, b - pull * a];
  }
  return steps.map(step => seen.get(step)!);
};

/** The theory from the same start, at times equal to the steps. */
export const alignedTheoryStates = ({ alpha, beta, dx, dy, lr }: AlignedNet, steps: readonly number[]) => {
  // The sign of s is relative to the target's.
  const s0 = alpha * beta * dx * (dy < 0 ? -1 : 1);
  const start = { h0: alpha * alpha * dx * dx, s0 };
  const solution = scalarSolution(start, { dx2: dx * dx, dy2: dy * dy }, alignedRates(lr));
  return steps.map(step => solution.at(step));
};
