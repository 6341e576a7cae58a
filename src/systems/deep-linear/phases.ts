import { layoutOf, squaresOf } from "../../learning/networks/layout.ts";
import { realPower } from "../../numerics/power.ts";

/** Norms below this are those of the trivial phase: on its way there they fall without end. */
export const ALIVE = 0.02;

/** What a state of a network shows. */
export type NetworkState = {
  /** Root of the mean squared norm of a layer: s of the balanced form. At D = 0 the length of the predictor. */
  readonly order: number;
  /** |U|^2 */
  readonly QU: number;
  /** Squared norm of all layers. */
  readonly Q: number;
  /** Largest over smallest squared norm of a layer; 1 when balanced or dead. */
  readonly imbalance: number;
  readonly label: "learned" | "trivial" | "no transition";
};

export const networkState = (w: Float64Array, dx: number, widths: readonly number[]): NetworkState => {
  const squares = squaresOf(layoutOf(dx, widths), w);
  const Q = squares.reduce((a, b) => a + b, 0);
  const order = Math.sqrt(Q / squares.length);
  const [least, most] = [Math.min(...squares), Math.max(...squares)];
  return {
    order,
    QU: squares[squares.length - 1],
    Q,
    imbalance: most > ALIVE * ALIVE ? most / least : 1,
    label: widths.length === 0 ? "no transition" : order > ALIVE ? "learned" : "trivial",
  };
};

/** Norm of a layer in the scaled units in which all isotropic problems of a depth are one: s / (N/kappa)^(1/(D+1)). */
export const scaledNorm = (s: number, D: number, N: number, kappa: number): number =>
  s / realPower(N / kappa, 1 / (D + 1));

/** Weight decay in these units: gamma / (N (N/kappa)^((D-1)/(D+1))). */
export const scaledDecay = (gamma: number, D: number, N: number, kappa: number): number =>
  gamma / (N * (D === 1 ? 1 : realPower(N / kappa, (D - 1) / (D + 1))));
