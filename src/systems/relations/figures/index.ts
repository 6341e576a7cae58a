import type { Exhibits } from "../../../charts/exhibits.ts";
import { curvesFigure, modesFigure, powerFigure } from "./accuracy.ts";
import { decayFigure, ratesFigure } from "./map.ts";
import { collisionFigure, embeddingsFigure, hyperbolasFigure } from "./repons.ts";
import { tables } from "./tables.ts";

export const figures: Exhibits = {
  figures: [
    curvesFigure,
    ratesFigure,
    modesFigure,
    powerFigure,
    decayFigure,
    embeddingsFigure,
    hyperbolasFigure,
    collisionFigure,
  ],
  tables,
  formulae: [
    {
      tex: String.raw`b = \log_2 \frac{n!}{|\mathrm{Aut}|},\quad f(m) = 1 - \left(1 - \frac{1}{b}\right)^m,\quad p_c = \frac{1}{N}\,\frac{\ln(1-\alpha)}{\ln(1 - 1/b)}`,
      meaning:
        "Bits that single out a relation, the share of them known from m pairs, and the share of all N pairs at which alpha are known.",
      where: "section III",
    },
    {
      tex: String.raw`f_{\mathrm{UB}} = f + \max(p, 1 - p)\,(1 - f)`,
      meaning: "Accuracy when the rest is guessed; p is the probability that an undetermined pair is related.",
      where: "equation 5",
    },
    {
      tex: String.raw`\frac{da}{dt} = -2\eta_A c^2 a,\quad \frac{dc}{dt} = -\eta_x a^2 c,\quad C = \frac{a^2}{2\eta_A} - \frac{c^2}{\eta_x}`,
      meaning:
        "Two embeddings of one class at half distance c before a decoder of slope a: they meet where the conserved C is above 0.",
      where: "equations 8 to 11",
    },
    {
      tex: String.raw`p_r = \frac{2}{\pi}\arctan\!\left(\frac{\sigma_a}{\sigma_c}\sqrt{\frac{\eta_x}{2\eta_A}}\right)`,
      meaning: "Probability of that from normal starts: only the ratio of the learning rates counts.",
      where: "theorem 3",
    },
  ],
  symbols: [
    { symbol: "generalization", meaning: "test accuracy exceeds 0.9 less than 1000 steps after training accuracy" },
    { symbol: "grokking", meaning: "test accuracy exceeds 0.9, but 1000 steps later or more" },
    { symbol: "memorization", meaning: "training accuracy exceeds 0.9 within the budget, test accuracy does not" },
    { symbol: "confusion", meaning: "training accuracy does not exceed 0.9 within the budget" },
    { symbol: "generalised", meaning: "a state with both accuracies above 0.9" },
    { symbol: "memorised", meaning: "a state with only the training accuracy above 0.9" },
    { symbol: "confused", meaning: "a state with neither" },
  ].map(entry => ({ ...entry, occurs: new RegExp(`\\b${entry.symbol}\\b`) })),
  bibtex: `@article{baek2024geneft,
  title   = {GenEFT: Understanding Statics and Dynamics of Model Generalization via Effective Theory},
  author  = {Baek, David D. and Liu, Ziming and Tegmark, Max},
  journal = {arXiv preprint arXiv:2402.05916},
  year    = {2024}
}`,
};
