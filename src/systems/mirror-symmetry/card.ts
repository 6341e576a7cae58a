import type { SystemCard } from "../../contracts/system.ts";

export const card: SystemCard = {
  name: "mirror-symmetry",
  title: "Symmetry-induced constraints",
  summary:
    "Where a loss has a mirror symmetry, weight decay beyond a threshold pulls training onto the mirror: sparse, low-rank or equal weights.",
  source: {
    citation: "L. Ziyin, Symmetry Induces Structure and Constraint of Learning, ICML (2024)",
    url: "https://arxiv.org/abs/2309.16932",
  },
};
