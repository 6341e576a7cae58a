import type { SystemCard } from "../../contracts/system.ts";

export const card: SystemCard = {
  name: "output-distribution",
  title: "Transitions in output distributions",
  summary:
    "Where the distribution of outputs changes along a control parameter, found without an order parameter: the detector beside magnets, two-level systems and collective learning, whose transitions are known exactly.",
  source: {
    citation:
      "J. Arnold, F. Holtorf, F. Schäfer and N. Lörch, Phase Transitions in the Output Distribution of Large Language Models (2024)",
    url: "https://arxiv.org/abs/2405.17088",
  },
};
