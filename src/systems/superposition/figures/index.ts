import type { Exhibits } from "../../../charts/exhibits.ts";
import { plateauTransitions, terminalPhases } from "./counts.ts";
import { bibtex, formulae } from "./formulae.ts";
import { lossCurves } from "./loss-curves.ts";
import { plateauPolygons } from "./plateau-polygons.ts";
import { criticalPoints, levelTable } from "./tables.ts";
import { energyLevelFigure, kgonGallery } from "./theory.ts";

/** Counts of earlier, longer, independent ensembles: 150 and 90 training runs, 300 descents. */
const schemeA = {
  size: 150,
  counts: [
    ["4", 45],
    ["4+", 39],
    ["4++", 32],
    ["5", 24],
    ["5+", 7],
    ["6", 0],
    ["in transit", 3],
  ],
} as const;
const schemeR = {
  size: 90,
  counts: [
    ["3", 3],
    ["4", 28],
    ["4+", 5],
    ["4++", 2],
    ["5", 29],
    ["5+", 14],
    ["6", 1],
    ["in transit", 8],
  ],
} as const;
const census = {
  size: 300,
  counts: [
    ["1", 18],
    ["2", 69],
    ["3", 100],
    ["4", 76],
    ["4+", 8],
    ["5", 23],
    ["5+", 4],
    ["6", 0],
    ["in transit", 2],
  ],
} as const;
const schemeB = {
  size: 90,
  counts: [
    ["3+ to 4", 10],
    ["3++ to 4++", 3],
    ["4+ to 5", 3],
    ["2+ to 3", 3],
    ["1+ to 2", 2],
    ["3++ to 4+", 1],
    ["3+ to 5", 1],
    ["3+ to 4+", 1],
  ],
} as const;

export const superpositionExhibits: Exhibits = {
  figures: [
    lossCurves("scheme-A", "from a perturbed 4-gon", "linear"),
    terminalPhases("scheme-A", "Where runs from a perturbed 4-gon end", "at the last epoch", schemeA),
    plateauPolygons(["scheme-A", "scheme-B"]),
    energyLevelFigure(6),
    kgonGallery,
    lossCurves("scheme-B", "from a 4-gon with random biases", "log"),
    plateauTransitions("scheme-B", "Transitions between plateaus, from random biases", schemeB),
    terminalPhases("scheme-R", "Where runs from a Gaussian start end", "at the last epoch", schemeR),
    terminalPhases("census-c6", "Where descent from random starts ends, c = 6", "reached by descent", census),
  ],
  tables: [criticalPoints, levelTable(["scheme-A", "scheme-B"])],
  formulae,
  bibtex,
};
