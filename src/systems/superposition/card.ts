import type { SystemCard } from "../../contracts/system.ts";

export const card: SystemCard = {
  name: "superposition",
  title: "Toy model of superposition",
  summary:
    "An autoencoder with more features than hidden dimensions; its phases are regular polygons of feature directions.",
  source: {
    citation:
      "Z. Chen, E. Lau, J. Mendel, S. Wei, D. Murfet, Dynamical versus Bayesian Phase Transitions in a Toy Model of Superposition (2023)",
    url: "https://arxiv.org/abs/2310.06301",
  },
};
