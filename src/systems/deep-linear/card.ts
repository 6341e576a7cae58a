import type { SystemCard } from "../../contracts/system.ts";

export const card: SystemCard = {
  name: "deep-linear",
  title: "Phase transitions of regularised deep linear networks",
  summary: "Weight decay switches a deep linear network off: not at all, continuously or at a jump, by its depth.",
  source: {
    citation:
      "L. Ziyin, M. Ueda, Exact Phase Transitions in Deep Learning (2022); Phys. Rev. Research 5, 043243 (2023)",
    url: "https://arxiv.org/abs/2205.12510",
  },
};
