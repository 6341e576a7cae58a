import type { SystemCard } from "../../contracts/system.ts";

export const card: SystemCard = {
  name: "embedding",
  title: "Grokking as representation learning: embeddings that form parallelograms",
  summary:
    "Symbols are embedded, joined and decoded: a network generalises once its embeddings stand in parallelograms, which an effective theory predicts.",
  source: {
    citation:
      "Z. Liu, O. Kitouni, N. Nolte, E. J. Michaud, M. Tegmark, M. Williams, Towards Understanding Grokking: An Effective Theory of Representation Learning, NeurIPS (2022)",
    url: "https://arxiv.org/abs/2205.10343",
  },
};
