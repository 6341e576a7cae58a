import { cos } from "../../../numerics/elementary.ts";
import { principalComponents } from "../../../numerics/principal-components.ts";
import { representationOf } from "./ring.ts";

/** cos(pi m (k + 1/2) / p) over k = 0, ..., p - 1. */
const wave = (m: number, p: number): Float64Array =>
  Float64Array.from({ length: p }, (_, k) => cos((Math.PI * m * (k + 0.5)) / p));

/**
 * How much of a smooth arrangement embeddings of p symbols in a plane are, whose two axes are scaled to variance 1: on a row of symbols the share of their variance along the
 * two slowest waves of the row, half a wave and a whole one, of which straight lines and arcs are made; on a ring (p odd) the share along the strongest of its waves.
 * Random arrangements have about 2/(p - 1) on a row.
 */
export const smoothness = (E: ArrayLike<number>, p: number, kind: "row" | "ring"): number => {
  if (kind === "ring") return representationOf(E, p, 2).ringShare;
  const components = principalComponents(E, p, 2);
  const shareOf = (axis: Float64Array): number => {
    const whole = axis.reduce((sum, x) => sum + x * x, 0);
    const along = [1, 2].map(m => {
      const slow = wave(m, p);
      const product = axis.reduce((sum, x, k) => sum + x * slow[k], 0);
      return (product * product) / (p / 2);
    });
    return whole > 0 ? (along[0] + along[1]) / whole : 0;
  };
  return (shareOf(components.scores(0)) + shareOf(components.scores(1))) / 2;
};
