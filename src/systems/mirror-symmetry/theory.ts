import { matrix, number, numbers } from "../../contracts/field.ts";
import { theory } from "../../contracts/system.ts";
import { invalid } from "../../errors.ts";
import { log } from "../../numerics/elementary.ts";
import { symmetricEigenvalues } from "../../numerics/linear-algebra.ts";
import { lossAt, mirrorControls } from "./model.ts";

/** A point on the plane O^T theta = 0 of a mirror symmetry; O (rows) has orthonormal columns, H is the Hessian of the loss there. */
export interface MirrorPoint {
  readonly O: readonly (readonly number[])[];
  readonly H: readonly (readonly number[])[];
}

/** Least eigenvalue of O^T H O, the curvature away from the plane. */
export const leastCurvature = ({ O, H }: MirrorPoint): number => {
  const d = H.length;
  if (O.length !== d) throw invalid("O", O, `${d} rows, as H has`);
  const m = O[0].length;
  const block = new Float64Array(m * m);
  for (let a = 0; a < m; a++)
    for (let b = 0; b < m; b++) {
      let [sum, overlap] = [0, 0];
      for (let i = 0; i < d; i++) {
        overlap += O[i][a] * O[i][b];
        for (let j = 0; j < d; j++) sum += O[i][a] * H[i][j] * O[j][b];
      }
      if (Math.abs(overlap - (a === b ? 1 : 0)) > 1e-8) throw invalid("O", O, "orthonormal columns");
      block[a * m + b] = sum;
    }
  return symmetricEigenvalues(block, m)[0];
};

/** Weight decay above which the plane attracts: max(0, -lambda_min / 2). [Ziyin, arXiv 2309.16932] */
export const attractingDecay = (lambdaMin: number): number => Math.max(0, -lambdaMin / 2);

/** Growth of ln |O^T theta| in a step of SGD near the plane: mean of ln |1 - eta (h + 2 gamma)|. Negative: collapse. */
export const mirrorLyapunov = (h: ArrayLike<number>, eta: number, gamma: number): number => {
  if (h.length === 0) throw invalid("hSamples", [], "at least one number");
  let sum = 0;
  for (let i = 0; i < h.length; i++) sum += log(Math.abs(1 - eta * (h[i] + 2 * gamma)));
  return sum / h.length;
};

export const mirrorTheory = {
  threshold: theory({
    summary: "weight decay above which the symmetric plane attracts",
    where: "gamma_c = max(0, -lambda_min / 2)",
    inputs: { pair: mirrorControls.pair, strength: mirrorControls.strength },
    evaluate: ({ pair, strength }) => ({ gammaCritical: lossAt(pair).critical(strength) }),
  }),
  symmetry: theory({
    summary: "curvature away from a symmetric plane, the decay above which it attracts, and the growth of SGD near it",
    where: "gamma_c = max(0, -lambda_min / 2); mean of ln |1 - eta (h + 2 gamma)|",
    inputs: {
      O: matrix("orthonormal columns that span what the mirror turns round, by rows"),
      H: matrix("Hessian of the loss at a point of the plane", { square: true }),
      hSamples: numbers("curvatures away from the plane, one for each sample", { least: 1 }),
      eta: number("step size of SGD", { above: 0 }),
      gamma: number("weight decay"),
    },
    evaluate: ({ O, H, hSamples, eta, gamma }) => {
      const lambdaMin = leastCurvature({ O, H });
      return { lambdaMin, gammaCritical: attractingDecay(lambdaMin), lyapunov: mirrorLyapunov(hSamples, eta, gamma) };
    },
  }),
};
