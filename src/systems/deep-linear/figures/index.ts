import type { Exhibits } from "../../../charts/exhibits.ts";
import { basins } from "./basins.ts";
import { binderFigure } from "./binder.ts";
import { collapseFigure } from "./collapse.ts";
import { derivatives } from "./derivatives.ts";
import { flowers } from "./flowers.ts";
import { bibtex, formulae } from "./formulae.ts";
import { noise } from "./noise.ts";
import { nonlinearSweeps } from "./nonlinear.ts";
import { phaseMap } from "./phase-map.ts";
import { potential } from "./potential.ts";
import { sweepFigures } from "./sweeps.ts";
import { criticalTable, verdictTable } from "./tables.ts";

export const figures: Exhibits = {
  figures: [
    potential,
    ...sweepFigures,
    nonlinearSweeps,
    flowers,
    derivatives,
    phaseMap,
    basins,
    noise,
    binderFigure,
    collapseFigure,
  ],
  tables: [criticalTable, verdictTable],
  formulae,
  symbols: [
    { symbol: "trivial", meaning: "all weights are zero: the network is switched off", occurs: /\btrivial\b/ },
    { symbol: "learned", meaning: "the weights are not zero", occurs: /\blearned\b/ },
  ],
  bibtex,
};
