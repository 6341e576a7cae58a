import { curveModels } from "./curves.ts";
import type { ExactModel } from "./exact-model.ts";
import { linearNetworkModels } from "./linear-networks.ts";
import { monomialModels } from "./monomials.ts";
import { nonlinearModels } from "./nonlinear.ts";
import { quadraticModels } from "./quadratic.ts";

export type { ExactModel } from "./exact-model.ts";

/** Every objective whose local learning coefficient and multiplicity at a stated point are known exactly. */
export const exactModels: readonly ExactModel[] = [
  ...quadraticModels,
  ...monomialModels,
  ...linearNetworkModels,
  ...curveModels,
  ...nonlinearModels,
];
