import type { SystemCard } from "../../contracts/system.ts";

export const card: SystemCard = {
  name: "linear-ssl",
  title: "Dimensional collapse in linear self-supervised learning",
  summary:
    "A linear encoder under a contrastive loss loses directions one by one as augmentation or weight decay grows.",
  source: {
    citation:
      "L. Ziyin, E. S. Lubana, M. Ueda, H. Tanaka, What Shapes the Loss Landscape of Self-Supervised Learning?, ICLR (2023)",
    url: "https://arxiv.org/abs/2210.00638",
  },
};
