import type { SystemCard } from "../../contracts/system.ts";

export const card: SystemCard = {
  name: "linear-vae",
  title: "Posterior collapse of a linear variational autoencoder",
  summary:
    "Latent directions switch off one by one as the weight of the prior grows: second-order transitions in closed form.",
  source: {
    citation: "Z. Wang and L. Ziyin, Posterior Collapse of a Linear Latent Variable Model, NeurIPS (2022)",
    url: "https://arxiv.org/abs/2205.04009",
  },
};
