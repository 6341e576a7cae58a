import type { SystemCard } from "../../contracts/system.ts";

export const card: SystemCard = {
  name: "relations",
  title: "Relations learned from examples: information floor and interacting embeddings",
  summary:
    "A network learns an equivalence, an order or two sides from examples: how many it needs, and which learning rates bring embeddings together.",
  source: {
    citation:
      "D. D. Baek, Z. Liu, M. Tegmark, GenEFT: Understanding Statics and Dynamics of Model Generalization via Effective Theory (2024)",
    url: "https://arxiv.org/abs/2402.05916",
  },
};
