import type { Reproduction } from "../../contracts/index.ts";
import { pointStudies, rankStudies } from "./claims/coefficients.ts";
import { grokkingStudies } from "./claims/grokking.ts";

export const modularReproductions: { readonly quick: Reproduction; readonly full: Reproduction } = {
  quick: {
    summary: "grokking at p = 23 with its coefficient, exact coefficients against measured ones: about a minute",
    studies: [...grokkingStudies.quick, ...pointStudies("quick"), ...rankStudies],
  },
  full: {
    summary: "every claim: all recipes, spectra along training, data thresholds",
    studies: [...grokkingStudies.full, ...pointStudies("full"), ...rankStudies],
  },
};
