import { adaptive } from "../../../numerics/ode/adaptive.ts";
import { explicit } from "../../../numerics/ode/explicit.ts";
import type { Derivative } from "../../../numerics/ode/method.ts";
import { dormandPrince } from "../../../numerics/ode/tableau.ts";

/** Embeddings of one class in one dimension in front of a decoder a x + b whose target is 0; none is put at one place with others beforehand. */
export interface Repons {
  readonly a: number;
  readonly b: number;
  readonly x: readonly number[];
  /** Learning rates of the slope, of the bias and of the embeddings. */
  readonly etaA: number;
  readonly etaB: number;
  readonly etaX: number;
}

/** Gradient flow of the squared loss (1/2) sum (a x_i + b)^2, each part at its own rate. The state is a, b, then the embeddings. */
export const reponSlope =
  ({ etaA, etaB, etaX }: Pick<Repons, "etaA" | "etaB" | "etaX">): Derivative =>
  (_, y, dydt) => {
    const [a, b] = y;
    dydt[0] = 0;
    dydt[1] = 0;
    for (let i = 2; i < y.length; i++) {
      const error = a * y[i] + b;
      dydt[0] -= etaA * error * y[i];
      dydt[1] -= etaB * error;
      dydt[i] = -etaX * error * a;
    }
  };

/** Follows all embeddings until they are within `near` of each other or the slope is below it; which of both, or null when neither came about. */
export const followRepons = (
  repons: Repons,
  { near, most, tolerance = 1e-8 }: { readonly near: number; readonly most: number; readonly tolerance?: number },
): "collision" | "no collision" | null => {
  const y = Float64Array.from([repons.a, repons.b, ...repons.x]);
  const steps = adaptive(explicit(dormandPrince, reponSlope(repons), y.length), { tolerance });
  for (let t = 0, apart = 1; t < most; t += apart, apart *= 1.25) {
    steps.advance(y, t, t + apart);
    const x = y.subarray(2);
    const spread = x.reduce((a, b) => Math.max(a, b)) - x.reduce((a, b) => Math.min(a, b));
    if (spread < near) return "collision";
    if (Math.abs(y[0]) < near) return "no collision";
  }
  return null;
};
