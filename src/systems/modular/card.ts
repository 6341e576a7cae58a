import type { SystemCard } from "../../contracts/system.ts";

export const card: SystemCard = {
  name: "modular",
  title: "Grokking in quadratic networks on modular tables",
  summary:
    "Two-layer quadratic networks on tables of modular arithmetic; they memorise first and generalise later, and both basins have coefficients in closed form.",
  source: {
    citation:
      "B. Cullen, S. Estan-Ruiz, R. Danait, J. Li, Grokking as a Phase Transition between Competing Basins: a Singular Learning Theory Approach (2026)",
    url: "https://arxiv.org/abs/2603.01192",
  },
};
