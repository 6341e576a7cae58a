import type { SystemCard } from "../../contracts/system.ts";

export const card: SystemCard = {
  name: "collective-learning",
  title: "Collective learning: networks that share their parameters",
  summary:
    "Linear networks with private data pull each other together: as the coupling grows they go from disorder to order and back.",
  source: {
    citation:
      "L. Arola-Fernandez, L. Lacasa, An effective theory of collective deep learning, Phys. Rev. Research 6, L042040 (2024)",
    url: "https://arxiv.org/abs/2310.12802",
  },
};
