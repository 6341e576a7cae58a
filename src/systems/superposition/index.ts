import type { System } from "../../contracts/index.ts";
import { superpositionClaims } from "./claims/index.ts";
import { superpositionProtocols } from "./protocols/index.ts";
import { superpositionReproductions } from "./reproductions.ts";
import { superpositionTheory } from "./theory/index.ts";
import { energyLevels } from "./theory/levels.ts";
import { superpositionVectors } from "./vectors.ts";

export const superposition: System = {
  name: "superposition",
  title: "Toy model of superposition",
  summary:
    "An autoencoder with more features than hidden dimensions; its phases are regular polygons of feature directions.",
  source: {
    citation:
      "Z. Chen, E. Lau, J. Mendel, S. Wei, D. Murfet, Dynamical versus Bayesian Phase Transitions in a Toy Model of Superposition (2023)",
    url: "https://arxiv.org/abs/2310.06301",
  },
  theory: superpositionTheory,
  phases: ({ c }) =>
    energyLevels(c as number)
      .map(({ label, loss }) => ({ label, loss }))
      .sort((a, b) => b.loss - a.loss),
  protocols: superpositionProtocols,
  reproductions: superpositionReproductions,
  claims: superpositionClaims,
  vectors: superpositionVectors,
};
