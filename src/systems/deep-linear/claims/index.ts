import type { Claim } from "../../../contracts/claim.ts";
import { closedFormClaims } from "./closed-forms.ts";
import { nonlinearClaims } from "./nonlinear.ts";
import { orderClaims } from "./order.ts";
import { trainingClaims } from "./training.ts";

export const deepLinearClaims: readonly Claim[] = [
  ...closedFormClaims,
  ...trainingClaims,
  ...nonlinearClaims,
  ...orderClaims,
];
