import type { Exhibits } from "../charts/exhibits.ts";
import { modularExhibits } from "./modular/figures/index.ts";
import { superpositionExhibits } from "./superposition/figures/index.ts";

/** What the report shows of each system, by the system's name. Apart from `systems`, so that the core draws nothing. */
export const exhibits: { readonly [name: string]: Exhibits } = {
  superposition: superpositionExhibits,
  modular: modularExhibits,
};
