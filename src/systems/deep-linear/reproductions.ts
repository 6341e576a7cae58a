import type { Reproduction } from "../../contracts/system.ts";
import { deepLinearStudies } from "./claims/studies.ts";

export const deepLinearReproductions: { readonly quick: Reproduction; readonly full: Reproduction } = {
  quick: {
    summary: "every claim that ensembles for less than a minute can decide",
    studies: deepLinearStudies({ steps: 500, pace: 60, seeds: 5, problems: 20, descent: 6000, draws: 4000 }),
  },
  full: {
    summary: "every claim, slower sweeps and longer runs",
    studies: deepLinearStudies({ steps: 4000, pace: 400, seeds: 10, problems: 60, descent: 40_000, draws: 40_000 }),
  },
};
