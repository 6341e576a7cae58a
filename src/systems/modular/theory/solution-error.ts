import { accuracy } from "../../../learning/accuracy.ts";
import { centreColumns } from "../../../numerics/centre-columns.ts";
import type { Dimensions } from "../model/layout.ts";
import { network } from "../model/network.ts";
import type { Pairs } from "../model/pairs.ts";

export interface SolutionError {
  /** Squared error per pair, summed over the outputs. */
  readonly raw: number;
  readonly centred: number;
  readonly accuracy: number;
  /** Least lead of the answer's output over the largest of the others. */
  readonly margin: number;
}

/** How well a network answers a set of pairs. */
export const solutionError = (w: Float64Array, { p, K }: Dimensions, pairs: Pairs): SolutionError => {
  const count = pairs.index.length;
  const F = network({ p, K }, pairs).outputs(w);
  const right = accuracy(F, pairs.c, p);
  let margin = Infinity;
  const E = F.slice();
  for (let n = 0; n < count; n++) {
    let other = -Infinity;
    for (let c = 0; c < p; c++) if (c !== pairs.c[n]) other = Math.max(other, F[n * p + c]);
    margin = Math.min(margin, F[n * p + pairs.c[n]] - other);
    E[n * p + pairs.c[n]] -= 1;
  }
  const squares = (): number => E.reduce((sum, e) => sum + e * e, 0) / count;
  const raw = squares();
  centreColumns(E, count, p);
  return { raw, centred: squares(), accuracy: right, margin };
};
