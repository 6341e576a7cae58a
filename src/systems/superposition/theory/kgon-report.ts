import { symmetricEigenvalues } from "../../../numerics/linear-algebra.ts";
import { norm } from "../../../numerics/norm.ts";
import { type Signature, signature } from "../../../numerics/signature.ts";
import { populationObjective } from "../model/population.ts";
import { halfSquaredNorm } from "./critical-size.ts";
import { type KgonPlacement, kgonPoint, type RegularPolygon, solveKgon } from "./kgon.ts";

export interface KgonReport extends Omit<RegularPolygon, "k">, PointReport, Partial<Signature> {
  /** |w*|^2 / 2, negative vestigial biases counted as zero. */
  readonly halfNormSq: number;
  /** Ascending eigenvalues of the Hessian. Absent, as the signature is, for k <= 4: the loss has no second derivatives there. */
  readonly hessEig?: readonly number[];
}

/** A k-gon among c features, solved and then evaluated on the population loss. */
export const kgonReport = (placement: KgonPlacement): KgonReport => {
  const { k, c, sigma } = placement;
  const w = kgonPoint(placement);
  const { l, bias, activeNeighbours, h } = solveKgon(k);
  const halfNormSq = halfSquaredNorm({ c, k, sigma });
  const report = { l, bias, activeNeighbours, h, ...pointReport(c, w), halfNormSq };
  if (k <= 4) return report;
  const hessEig = hessianEigenvalues(c, w);
  return { ...report, hessEig, ...signature(hessEig) };
};

export interface PointReport {
  readonly loss: number;
  readonly gradNorm: number;
}

/** The population loss for c features in the plane, and the norm of its gradient, at the flat parameters w. */
export const pointReport = (c: number, w: Float64Array): PointReport => {
  const gradient = new Float64Array(3 * c);
  const loss = populationObjective({ c, r: 2 }).lossAndGradient(w, gradient);
  return { loss, gradNorm: norm(gradient) };
};

/** Ascending eigenvalues of the Hessian of the population loss for c features in the plane, at the flat parameters w. */
export const hessianEigenvalues = (c: number, w: Float64Array): number[] => {
  const hessian = new Float64Array(9 * c * c);
  populationObjective({ c, r: 2 }).hessian(w, hessian);
  return [...symmetricEigenvalues(hessian, 3 * c)];
};
