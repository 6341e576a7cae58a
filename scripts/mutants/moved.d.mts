import type { Comparison } from "../../src/contracts/claim.ts";

export const moved: (comparison: Comparison, sign: number) => Comparison;
export const reasonOf: (comparison: Comparison) => string;
export const percent: (share: number) => string;
