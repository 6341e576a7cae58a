import type { Exhibits } from "../../../charts/exhibits.ts";
import { censuses, schemes } from "../claims/studies.ts";
import { earlierSchemes, earlierTransitions } from "../earlier-ensembles.ts";
import { plateauTransitions, terminalPhases } from "./counts.ts";
import { bibtex, formulae } from "./formulae.ts";
import { lossCurves } from "./loss-curves.ts";
import { occupancyFigure } from "./occupancy.ts";
import { plateauPolygons } from "./plateau-polygons.ts";
import { lossAgainstCoefficient, staircases } from "./staircases.ts";
import { coefficientTable, criticalPoints, levelTable } from "./tables.ts";
import { energyLevelFigure, kgonGallery } from "./theory.ts";

const LAST = "at the last epoch";

export const figures: Exhibits = {
  figures: [
    lossCurves(schemes.A, "from a perturbed 4-gon"),
    terminalPhases(schemes.A, "Where runs from a perturbed 4-gon end", LAST, earlierSchemes.A),
    staircases,
    lossAgainstCoefficient,
    occupancyFigure(6),
    occupancyFigure(5),
    plateauPolygons([schemes.A, schemes.B]),
    energyLevelFigure(6),
    kgonGallery,
    lossCurves(schemes.B, "from a 4-gon with random biases", 0.35),
    plateauTransitions(schemes.B, "Transitions between plateaus, from random biases", earlierTransitions),
    terminalPhases(schemes.R, "Where runs from a Gaussian start end", LAST, earlierSchemes.R),
    ...censuses.map(({ c, study, earlier }) =>
      terminalPhases(study, `Where descent from random starts ends, c = ${c}`, "reached by descent", earlier),
    ),
  ],
  tables: [criticalPoints, levelTable([schemes.A, schemes.B]), coefficientTable],
  formulae,
  bibtex,
};
