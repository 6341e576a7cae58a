import type { Objective } from "../../../contracts/objective.ts";
import { symmetricEigenvalues } from "../../../numerics/linear-algebra.ts";
import { type Dimensions, fromFlat, sizeOf } from "./layout.ts";

/** Loss, gradient, and the diagonal and ascending eigenvalues of the Hessian at flat parameters w. */
export const derivativesAt = (
  objective: Required<Pick<Objective, "lossAndGradient" | "hessian">>,
  w: Float64Array,
  dimensions: Dimensions,
) => {
  const size = sizeOf(dimensions);
  const gradient = new Float64Array(size);
  const hessian = new Float64Array(size * size);
  const loss = objective.lossAndGradient(w, gradient);
  objective.hessian(w, hessian);
  const { W: gradW, b: gradB } = fromFlat(gradient, dimensions);
  const hessDiag = w.map((_, i) => hessian[i * size + i]);
  return { loss, gradW, gradB, hessDiag, hessEig: symmetricEigenvalues(hessian, size) };
};
