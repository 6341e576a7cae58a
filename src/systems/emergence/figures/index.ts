import type { Exhibits } from "../../../charts/exhibits.ts";
import { varianceFigure, warningsFigure } from "./criticality.ts";
import { evidenceFigure } from "./evidence.ts";
import { mirageFigure } from "./mirage.ts";
import { sharpeningFigure } from "./sharpening.ts";
import { workedTable } from "./tables.ts";

export const figures: Exhibits = {
  figures: [mirageFigure, sharpeningFigure, evidenceFigure, varianceFigure, warningsFigure],
  tables: [workedTable],
  formulae: [
    {
      tex: String.raw`p(N) = e^{-(N/c)^{-a}}, \qquad A_L(N) = p^L = e^{-L (N/c)^{-a}}`,
      meaning: "A loss per token that is a power law, and the exact match of L tokens that it makes.",
      where: "section 2; arXiv 2304.15004, section 2",
    },
    {
      tex: String.raw`\ln N_q = \ln c + \frac{\ln L - \ln(-\ln q)}{a}, \qquad w_{10-90} = \frac{3.0844}{a}`,
      meaning: "Where exact match passes q, and how wide its rise is in ln N: at every length the same.",
      where: "section 2.1",
    },
    {
      tex: String.raw`\Pr(\text{stored}) = 2^{1-P} \sum_{i<M} \binom{P-1}{i}`,
      meaning: "A perceptron of M inputs and P random labels: a transition that sharpens, at P/M = 2.",
      where: "section 2.1; Cover 1965",
    },
    {
      tex: String.raw`\Delta_{\text{jump}} = \min_{\text{continuous}} \mathrm{BIC} - \min(\mathrm{BIC}_{\text{step}}, \mathrm{BIC}_{\text{two lines}})`,
      meaning:
        "Evidence for a jump of ln(-ln p) over ln N; a kink is continuous. From 10 on, with a jump of ln 2, it decides.",
      where: "sections 4.3 and 8",
    },
    {
      tex: String.raw`S = \frac{I(\text{macro}; \text{target})}{I(\text{micro}; \text{target})} \le 1`,
      meaning: "How much of what micro states tell of a target a coarse description keeps.",
      where: "section 7; arXiv 2506.11135",
    },
  ],
  bibtex: `@article{krakauer2025large,
  title   = {Large Language Models and Emergence: A Complex Systems Perspective},
  author  = {Krakauer, David C. and Krakauer, John W. and Mitchell, Melanie},
  journal = {arXiv:2506.11135},
  year    = {2025}
}`,
};
