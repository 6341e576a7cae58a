import { type Controls, choice, integer, namesOf, number, type ValuesOf } from "../../contracts/field.ts";
import { activations } from "../../numerics/activations.ts";

/** What a network and its data are. */
export const networkControls = {
  D: integer("hidden layers", { default: 2, min: 0, max: 16 }),
  weightDecay: number("weight decay: the coefficient of the plain squared norm", {
    default: 0.3,
    min: 0,
    max: 1e3,
    formerly: ["gamma"],
  }),
  strength: number("N = |E[x y]|, the strength of the target", { default: 1, min: 0, max: 1e3 }),
  variance: number("variance of the inputs (linear networks)", { default: 1, min: 1e-6, max: 1e6, scale: "log" }),
  sigma2: number("variance of the multiplicative noise (linear networks)", { default: 0, min: 0, max: 100 }),
  width: integer("neurons of each hidden layer", { default: 8, min: 1, max: 256 }),
  dx: integer("input dimensions", { default: 3, min: 1, max: 64 }),
  activation: choice("nonlinearity of the hidden layers", namesOf(activations), { default: "linear" }),
  skew: number("x^2 - 1 in the target (nonlinear networks)", { default: 0, min: -10, max: 10 }),
  cubic: number("x^3 - 3 x in the target (nonlinear networks)", { default: 0, min: -10, max: 10 }),
  samples: integer("pairs of inputs of a nonlinear network with dx > 1", { default: 64, min: 2, max: 100_000 }),
} as const satisfies Controls;

export type NetworkSettings = ValuesOf<typeof networkControls>;

/** Two more that several protocols share. */
export const sharedControls = {
  spread: number("standard deviation of each starting parameter", { default: 0.5, min: 0, max: 10 }),
  stepSize: number("step size of gradient descent", { default: 0.05, min: 1e-9, max: 100, scale: "log" }),
} as const satisfies Controls;

/** The widths of the hidden layers. */
export const widthsOf = ({ D, width }: Pick<NetworkSettings, "D" | "width">): number[] =>
  new Array<number>(D).fill(width);
