import type { Exhibits } from "../../../charts/exhibits.ts";
import { embeddingFigure } from "../../../exhibits/ring-embedding.ts";
import { S0, S1 } from "../claims/studies.ts";
import { bibtex, formulae } from "./formulae.ts";
import { basinTable, formulaTable, recipeTable } from "./tables.ts";
import { trajectoryFigure } from "./trajectory.ts";

export const figures: Exhibits = {
  figures: [
    trajectoryFigure({
      study: S1,
      name: "grokking-S1",
      title: "From memorising to generalising, p = 23",
      p: 23,
      K: 128,
      N: 264,
    }),
    embeddingFigure(S1),
    trajectoryFigure({
      study: S0,
      name: "grokking-S0",
      title: "Coefficient and curvature part, p = 13",
      p: 13,
      K: 64,
      N: 118,
      spectrum: true,
    }),
    embeddingFigure(S0),
  ],
  tables: [basinTable, recipeTable, formulaTable],
  formulae,
  symbols: [
    { symbol: "memorised", meaning: "training pairs are answered, the others are not", occurs: /\bmemorised\b/ },
    { symbol: "generalised", meaning: "all pairs are answered", occurs: /\bgeneralised\b/ },
    { symbol: "constant", meaning: "every pair gets the same outputs", occurs: /\bconstant\b/ },
  ],
  bibtex,
};
