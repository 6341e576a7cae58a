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
  symbols: [
    {
      symbol: "4, 5, 6",
      meaning: "features that are reconstructed: the vertices of a regular polygon of feature directions",
      occurs: /\b[3-8]\b/,
    },
    {
      symbol: "+",
      meaning:
        "one for each feature outside the polygon with a positive bias, 1/(2c): 5+ is a pentagon and one such feature",
      occurs: /\b\d\+/,
    },
    {
      symbol: "-",
      meaning:
        "one for each dead vertex of a 4-gon, a direction that nothing answers to: 4++- has two features with positive biases and a dead vertex, and lies on the level 3++",
      occurs: /\b4\+*[-–—]/,
    },
  ],
  bibtex,
};
