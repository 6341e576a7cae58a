import { type Controls, integer, number } from "../contracts/field.ts";

/** Controls of chains around a point that estimate its learning coefficient. */
export const chainControls = {
  nBeta: number("data size times inverse temperature", { default: 1000, min: 1e-3, max: 1e12, scale: "log" }),
  gamma: number("pull towards the point", { default: 100, min: 1e-6, max: 1e9, scale: "log" }),
  /** Squared length scale of a Langevin step. */
  langevinStep: number("step size of the Langevin chains, a squared length scale", {
    default: 2e-4,
    min: 1e-12,
    max: 1,
    scale: "log",
  }),
  burnIn: integer("steps left out", { default: 300, min: 0, max: 100_000_000 }),
  draws: integer("steps averaged", { default: 400, min: 4, max: 100_000_000, scale: "log" }),
} as const satisfies Controls;
