import type { SystemCard } from "../../contracts/system.ts";

export const card: SystemCard = {
  name: "alignment",
  title: "When representations align: an effective theory of two points",
  summary:
    "How far apart a network comes to represent two inputs: three equations with two effective rates, whatever the architecture, fitted to networks and tried where they break.",
  source: {
    citation:
      "L. van Rossem, A. M. Saxe, When Representations Align: Universality in Representation Learning Dynamics, ICML (2024)",
    url: "https://arxiv.org/abs/2402.09142",
  },
};
