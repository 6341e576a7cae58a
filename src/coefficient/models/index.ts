import { curveModels } from "./curves.ts";
import type { ExactModel } from "./exact-model.ts";
import { linearNetworkModels } from "./linear-networks.ts";
import { monomialModels } from "./monomials.ts";
import { nonlinearModels } from "./nonlinear.ts";
import { quadraticModels } from "./quadratic.ts";

export type { ExactModel } from "./exact-model.ts";
export { curveModels, linearNetworkModels, monomialModels, nonlinearModels, quadraticModels };

/**
 * Objectives whose local learning coefficient and multiplicity at a stated minimum are known exactly, with 1 to 200 parameters: quadratic
 * forms, monomials and diagonal networks, linear networks, plane curves, tanh networks and mixtures. Each call makes new ones, in the same
 * order; an estimator is held against them by
 *
 *     for (const { name, lambda, objective, point } of allModels()) learningCoefficient(objective(), point());
 */
export const allModels = (): readonly ExactModel[] => [
  ...quadraticModels(),
  ...monomialModels(),
  ...linearNetworkModels(),
  ...curveModels(),
  ...nonlinearModels(),
];
