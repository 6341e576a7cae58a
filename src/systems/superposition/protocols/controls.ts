import type { Control } from "../../../contracts/field.ts";

/** The knobs that several protocols share, each defined once. */
export const controls = {
  c: { kind: "integer", summary: "features", default: 6, min: 3, max: 64 },
  r: { kind: "integer", summary: "hidden dimension, below c", default: 2, min: 1, max: 32 },
  n: { kind: "integer", summary: "samples drawn once per chain", default: 1000, min: 1, max: 10_000_000, scale: "log" },
  rate: {
    kind: "number",
    summary: "step size on the unhalved loss",
    default: 0.005,
    min: 1e-9,
    max: 100,
    scale: "log",
  },
  kappa: {
    kind: "number",
    summary: "weight of the unhalved loss in the log likelihood: 1/2 is unit observation noise",
    default: 1,
    min: 1e-6,
    max: 1e6,
    scale: "log",
  },
  gamma: { kind: "number", summary: "pull towards the critical point", default: 1, min: 0, max: 1e6 },
  momentum: { kind: "number", summary: "momentum of the heavy ball", default: 0.9, min: 0, max: 0.999 },
} as const satisfies { [name: string]: Control };
