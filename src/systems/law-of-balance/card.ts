import type { SystemCard } from "../../contracts/system.ts";

export const card: SystemCard = {
  name: "law-of-balance",
  title: "The law of balance: what the noise of SGD does to symmetric layers",
  summary: "SGD noise balances the layers of a linear network and, above a critical temperature, collapses it.",
  source: {
    citation:
      "L. Ziyin, H. Li, M. Ueda, Law of Balance and Stationary Distribution of Stochastic Gradient Descent (2023)",
    url: "https://arxiv.org/abs/2308.06671",
  },
};
