import type { SystemCard } from "../../contracts/system.ts";

export const card: SystemCard = {
  name: "emergence",
  title: "Emergence: is a jump with scale in what is learned, or in the metric?",
  summary:
    "An audit of capability over scale: artefacts of metrics, extrapolation from small scales, true jumps, and five criteria of emergence, with runs in which each answer is known.",
  source: {
    citation: "D. C. Krakauer, J. W. Krakauer and M. Mitchell, Large Language Models and Emergence (2025)",
    url: "https://arxiv.org/abs/2506.11135",
  },
};
