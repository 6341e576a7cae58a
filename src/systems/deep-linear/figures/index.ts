import type { Exhibits } from "../../../charts/exhibits.ts";
import { binderFigure } from "./binder.ts";
import { collapseFigure } from "./collapse.ts";
import { bibtex, formulae } from "./formulae.ts";
import { phaseMap } from "./phase-map.ts";
import { potential } from "./potential.ts";
import { sweepFigures } from "./sweeps.ts";
import { criticalTable, verdictTable } from "./tables.ts";

export const deepLinearExhibits: Exhibits = {
  figures: [potential, ...sweepFigures, phaseMap, binderFigure, collapseFigure],
  tables: [criticalTable, verdictTable],
  formulae,
  bibtex,
};
