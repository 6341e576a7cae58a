import type { Control } from "../../contracts/field.ts";

/** The knobs that several protocols share, each defined once. */
export const controls = {
  eta: { kind: "number", summary: "step size of SGD, batch size 1", default: 0.02, min: 1e-6, max: 10, scale: "log" },
  gamma: { kind: "number", summary: "weight decay", default: 0, min: 0, max: 100 },
  k: { kind: "number", summary: "slope of y = k x + noise, x = +-1", default: 0.1, min: -100, max: 100 },
  noiseVar: { kind: "number", summary: "variance of the noise", default: 1, min: 0, max: 100 },
} as const satisfies { readonly [name: string]: Control };
