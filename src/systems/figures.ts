import type { Exhibits } from "../charts/exhibits.ts";
import { collectiveLearningExhibits } from "./collective-learning/figures/index.ts";
import { deepLinearExhibits } from "./deep-linear/figures/index.ts";
import { lawOfBalanceExhibits } from "./law-of-balance/figures/index.ts";
import { linearSslExhibits } from "./linear-ssl/figures/index.ts";
import { linearVaeExhibits } from "./linear-vae/figures/index.ts";
import { mirrorSymmetryExhibits } from "./mirror-symmetry/figures/index.ts";
import { modularExhibits } from "./modular/figures/index.ts";
import { superpositionExhibits } from "./superposition/figures/index.ts";

/** What the report shows of each system, by the system's name. Apart from `systems`, so that the core draws nothing. */
export const exhibits: { readonly [name: string]: Exhibits } = {
  superposition: superpositionExhibits,
  modular: modularExhibits,
  "deep-linear": deepLinearExhibits,
  "linear-vae": linearVaeExhibits,
  "linear-ssl": linearSslExhibits,
  "law-of-balance": lawOfBalanceExhibits,
  "mirror-symmetry": mirrorSymmetryExhibits,
  "collective-learning": collectiveLearningExhibits,
};
