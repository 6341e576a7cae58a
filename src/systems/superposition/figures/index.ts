import type { Exhibits } from "../../../charts/exhibits.ts";
import { earlierEnsembles, earlierTransitions } from "../earlier-ensembles.ts";
import { plateauTransitions, terminalPhases } from "./counts.ts";
import { bibtex, formulae } from "./formulae.ts";
import { lossCurves } from "./loss-curves.ts";
import { occupancyFigure } from "./occupancy.ts";
import { plateauPolygons } from "./plateau-polygons.ts";
import { lossAgainstCoefficient, staircases } from "./staircases.ts";
import { coefficientTable, criticalPoints, levelTable } from "./tables.ts";
import { energyLevelFigure, kgonGallery } from "./theory.ts";

export const figures: Exhibits = {
  figures: [
    lossCurves("scheme-A", "from a perturbed 4-gon"),
    terminalPhases(
      "scheme-A",
      "Where runs from a perturbed 4-gon end",
      "at the last epoch",
      earlierEnsembles["scheme-A"],
    ),
    staircases,
    lossAgainstCoefficient,
    occupancyFigure(6),
    occupancyFigure(5),
    plateauPolygons(["scheme-A", "scheme-B"]),
    energyLevelFigure(6),
    kgonGallery,
    lossCurves("scheme-B", "from a 4-gon with random biases", 0.35),
    plateauTransitions("scheme-B", "Transitions between plateaus, from random biases", earlierTransitions),
    terminalPhases(
      "scheme-R",
      "Where runs from a Gaussian start end",
      "at the last epoch",
      earlierEnsembles["scheme-R"],
    ),
    terminalPhases(
      "census-c5",
      "Where descent from random starts ends, c = 5",
      "reached by descent",
      earlierEnsembles["census-c5"],
    ),
    terminalPhases(
      "census-c6",
      "Where descent from random starts ends, c = 6",
      "reached by descent",
      earlierEnsembles["census-c6"],
    ),
  ],
  tables: [criticalPoints, levelTable(["scheme-A", "scheme-B"]), coefficientTable],
  formulae,
  bibtex,
};
