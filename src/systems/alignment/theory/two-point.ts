import { invalid } from "../../../errors.ts";
import { exp } from "../../../numerics/elementary.ts";
import type { Derivative } from "../../../numerics/ode/method.ts";
import { twoPointSlope } from "../loops/two-point.ts";

/**
 * The effective theory of two training points. Encoder and decoder are linearised around the midpoint and trained freely, all
 * architecture in two rates:
 *
 *     dh/dt = - etaH dx2 w
 *     dy/dt = - w ( etaY h + etaH dx2 y / h )
 *     dw/dt = - 1/2 etaY h (3w - y + dy2)  -  1/2 etaH dx2 (y + w) w / h
 *
 * Time is counted in steps of gradient descent on half the mean squared error.
 */
export interface TwoPointState {
  /** Squared distance of the two hidden representations. */
  readonly h: number;
  /** Squared distance of the two outputs. */
  readonly y: number;
  /** Scalar product of the output difference and its error, y - dyhat . dy: 0 once it is learned, negative before. */
  readonly w: number;
}

/** Squared distances of the two inputs and of the two targets. */
export interface PointPair {
  readonly dx2: number;
  readonly dy2: number;
}

/** Effective learning rates of the representation and of the outputs, per step. */
export interface Rates {
  readonly etaH: number;
  readonly etaY: number;
}

/** Factors of the terms: all 1 in the theory, another number in an altered equation. */
export interface Coefficients {
  /** Of the whole of dh/dt. */
  readonly dh: number;
  /** Of the whole of dy/dt. */
  readonly dy: number;
  /** Of the last term of dw/dt. */
  readonly lastTermOfDw: number;
  /** Of the term of dy/dt with y / h. */
  readonly yOverH: number;
}

/** The theory, and the four altered equations of the source's code. */
export const variants = {
  theory: { dh: 1, dy: 1, lastTermOfDw: 1, yOverH: 1 },
  twiceDy: { dh: 1, dy: 2, lastTermOfDw: 1, yOverH: 1 },
  twiceDh: { dh: 2, dy: 1, lastTermOfDw: 1, yOverH: 1 },
  signFlip: { dh: 1, dy: 1, lastTermOfDw: -1, yOverH: 1 },
  dropped: { dh: 1, dy: 1, lastTermOfDw: 1, yOverH: 0 },
} as const satisfies { readonly [name: string]: Coefficients };

export type Variant = keyof typeof variants;

export const slopes = (
  { h, y, w }: TwoPointState,
  { dx2, dy2 }: PointPair,
  { etaH, etaY }: Rates,
  factors: Coefficients = variants.theory,
): readonly [dh: number, dy: number, dw: number] => {
  const out = new Float64Array(3);
  derivativeOf({ dx2, dy2 }, { etaH, etaY }, factors)(0, Float64Array.of(h, y, w), out);
  return [out[0], out[1], out[2]];
};

/** The same as a derivative of the vector (h, y, w). */
export const derivativeOf = (pair: PointPair, rates: Rates, factors?: Coefficients): Derivative => {
  const constants = constantsOf(pair, rates, factors);
  return (_, state, out) => {
    twoPointSlope(state, out, 0, 0, constants);
  };
};

/** The constants of the equations, as `twoPointSlope` and `followTwoPoint` take them. */
export const constantsOf = (
  { dx2, dy2 }: PointPair,
  { etaH, etaY }: Rates,
  { dh, dy, lastTermOfDw, yOverH }: Coefficients = variants.theory,
) => Float64Array.of(dx2, dy2, etaH, etaY, dh, dy, lastTermOfDw, yOverH);

/** C = h - (etaH / etaY) dx2 y / h, which the equations keep. */
export const conserved = ({ h, y }: TwoPointState, dx2: number, { etaH, etaY }: Rates): number =>
  h - ((etaH / etaY) * dx2 * y) / h;

/** Squared length of the error of the output difference, |dyhat - dy|^2: never negative on a real trajectory. */
export const squaredError = ({ y, w }: TwoPointState, dy2: number): number => 2 * w - y + dy2;

/** (y - w)^2 - y dy2: 0 where outputs are single numbers. */
export const scalarDefect = ({ y, w }: TwoPointState, dy2: number): number => (y - w) * (y - w) - y * dy2;

/**
 * Half the mean squared error of both points: the difference's share, and that of the mean error, whose square was `m0` and which decays at a rate
 * of its own.
 */
export const lossOf = (
  { y, w }: Pick<TwoPointState, "y" | "w">,
  { dy2, m0, etaMean, t }: { readonly dy2: number; readonly m0: number; readonly etaMean: number; readonly t: number },
): number => 0.25 * (2 * m0 * exp(-2 * etaMean * t) + w + (dy2 - y) / 2);

/**
 * Refuses starts from which h passes through 0, where the three variables do not say how to go on: then a solution by numbers leaves the
 * branch. Outputs of one number have a closed form that does not.
 */
export const checkRegular = (start: TwoPointState, { dx2 }: PointPair, rates: Rates): void => {
  if (isSingular(start, dx2, rates))
    throw invalid(
      "w0",
      start.w,
      "at most y0 where y0 dx2 etaH / etaY exceeds h0^2: h passes through 0 there, and only scalarSolution goes on",
    );
};

export const isSingular = (start: TwoPointState, dx2: number, rates: Rates): boolean =>
  start.w > start.y && conserved(start, dx2, rates) < 0;
