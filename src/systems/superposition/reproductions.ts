import type { Reproduction, Study } from "../../contracts/index.ts";
import { heldFamilies } from "./claims/descent.ts";

/** Ensemble sizes: the smallest that decide every claim, or those of the earlier ensembles the claims compare with. */
const studies = (runs: { A: number; B: number; R: number; census: number }): Study[] => [
  { name: "scheme-A", protocol: "train", chains: runs.A, settings: { scheme: "A" } },
  // Saddles are passed within a few hundred epochs: checkpoints lie closer here.
  { name: "scheme-B", protocol: "train", chains: runs.B, settings: { scheme: "B", every: 10 } },
  { name: "scheme-R", protocol: "train", chains: runs.R, settings: { scheme: "R" } },
  { name: "census-c5", protocol: "census", chains: runs.census, chunk: 50, settings: { c: 5 } },
  { name: "census-c6", protocol: "census", chains: runs.census, chunk: 50, settings: { c: 6 } },
  { name: "escape-4ppm", protocol: "escape", chains: 40, chunk: 40, settings: { family: "4++-", noise: 1e-3 } },
  ...Object.entries(heldFamilies).map(
    ([name, family]): Study => ({ name, protocol: "escape", chains: 40, chunk: 40, settings: { family, noise: 0.02 } }),
  ),
];

export const superpositionReproductions: { readonly quick: Reproduction; readonly full: Reproduction } = {
  quick: {
    summary: "every claim, with ensembles for under a minute",
    studies: studies({ A: 60, B: 30, R: 30, census: 100 }),
  },
  full: {
    summary: "every claim, with the ensembles of the source",
    studies: studies({ A: 150, B: 90, R: 90, census: 300 }),
  },
};
