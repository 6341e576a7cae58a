import type { System } from "../../contracts/index.ts";
import { card } from "./card.ts";
import { superpositionClaims } from "./claims/index.ts";
import { populationObjective } from "./model/population.ts";
import { controls } from "./protocols/controls.ts";
import { superpositionProtocols } from "./protocols/index.ts";
import { superpositionReproductions } from "./reproductions.ts";
import { familyPoint } from "./theory/families.ts";
import { superpositionTheory } from "./theory/index.ts";
import { energyLevels } from "./theory/levels.ts";
import { superpositionVectors } from "./vectors.ts";

export const superposition: System = {
  ...card,
  theory: superpositionTheory,
  phases: ({ c }) =>
    energyLevels(c as number)
      .map(({ label, loss }) => ({ label, loss }))
      .sort((a, b) => b.loss - a.loss),
  points: {
    settings: {
      c: controls.c,
      n: { ...controls.n, summary: "samples that the population loss stands for", default: 10_000 },
      vestigialBias: { kind: "number", summary: "bias of negative vestigial features", default: -1, min: -10, max: 0 },
    },
    at: (family, settings) => {
      const { c, n, vestigialBias } = settings as { [name: string]: number };
      return { objective: populationObjective({ c, r: 2 }), w: familyPoint(c, family, vestigialBias), samples: n };
    },
  },
  protocols: superpositionProtocols,
  reproductions: superpositionReproductions,
  claims: superpositionClaims,
  vectors: superpositionVectors,
};
