import type { Exhibits } from "../../../charts/exhibits.ts";
import { schemes } from "../claims/studies.ts";
import { bibtex, formulae } from "./formulae.ts";
import { occupancyFigure } from "./occupancy.ts";
import { coefficientTable, criticalPoints, levelTable } from "./tables.ts";
import { energyLevelFigure, kgonGallery } from "./theory.ts";
import { descents, ends, losses, lossLambda, plateaus, staircases, transitions } from "./training.ts";

export const figures: Exhibits = {
  figures: [
    losses(schemes.A, "from a perturbed 4-gon"),
    ends("A", "perturbed 4-gon"),
    staircases,
    lossLambda,
    occupancyFigure(6),
    occupancyFigure(5),
    plateaus,
    energyLevelFigure(6),
    kgonGallery,
    losses(schemes.B, "from a 4-gon with random biases", 0.35),
    transitions,
    ends("R", "Gaussian start"),
    ...descents,
  ],
  tables: [criticalPoints, levelTable([schemes.A, schemes.B]), coefficientTable],
  formulae,
  bibtex,
};
