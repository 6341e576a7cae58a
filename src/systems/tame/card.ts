import type { SystemCard } from "../../contracts/system.ts";

export const card: SystemCard = {
  name: "tame",
  title: "Tame learning: sample sizes that are bounded in advance",
  summary:
    "Couplings of effective theories are definable in an o-minimal structure, so that families of them have finite dimensions and can be learned from a bounded number of samples: bounds beside measured gaps, the useless ones marked.",
  source: {
    citation: "S. Lanza, Neural Network Learning and Quantum Gravity (2024)",
    url: "https://arxiv.org/abs/2403.03245",
  },
};
