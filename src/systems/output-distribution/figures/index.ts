import type { Exhibits } from "../../../charts/exhibits.ts";
import { decayFigure } from "./decay.ts";
import { alarmsFigure, shapesFigure } from "./estimates.ts";
import { sampledIsingFigure, sampledMagnetFigure } from "./sampled.ts";
import { isingFigure, magnetFigure } from "./scans.ts";
import { magnetTable } from "./tables.ts";

export const figures: Exhibits = {
  figures: [
    sampledMagnetFigure,
    sampledIsingFigure,
    decayFigure,
    alarmsFigure,
    magnetFigure,
    isingFigure,
    shapesFigure,
  ],
  tables: [magnetTable],
  formulae: [
    {
      tex: String.raw`D_g[p, q] = \tfrac12 \sum_x \left[ p\, g\!\left(\tfrac{p}{p+q}\right) + q\, g\!\left(\tfrac{q}{p+q}\right) \right]`,
      meaning:
        "Dissimilarities of two distributions: g(r) = 2r - 1 is lin, 1 - 2 min(r, 1-r) total variation, log2 r + 1 Jensen-Shannon in bits.",
      where: "section 2 of the source",
    },
    {
      tex: String.raw`D_{\mathrm{lin}} \to \tfrac14 F\, \delta T^2, \qquad F = \sum_x P \left(\tfrac{d \ln P}{dT}\right)^2`,
      meaning: "For a small step every smooth dissimilarity is the Fisher information.",
      where: "section 1; derived",
    },
    {
      tex: String.raw`F = \frac{\operatorname{Var}(E)}{T^4} = \frac{C}{T^2}`,
      meaning: "Of a Boltzmann family, with its heat capacity C.",
      where: "section 3; derived",
    },
    {
      tex: String.raw`\hat D = \frac{1}{2L} \sum_a \frac{1}{n_a} \sum_i \left[ r g(r) + (1-r) g(1-r) \right]`,
      meaning:
        "The estimate from samples with log-probabilities; r is the posterior of the side that a sample came from.",
      where: "section 2.1; the form with less variance is derived",
    },
    {
      tex: String.raw`D^0_{\mathrm{lin}} = \frac{h}{4} (K - 1), \qquad h = \frac{1}{n_{\mathrm{left}}} + \frac{1}{n_{\mathrm{right}}}`,
      meaning: "What plain frequencies of K outcomes say where nothing changes.",
      where: "section 2.1; derived",
    },
  ],
  bibtex: `@article{arnold2024phase,
  title   = {Phase Transitions in the Output Distribution of Large Language Models},
  author  = {Arnold, Julian and Holtorf, Flemming and Sch{\\"a}fer, Frank and L{\\"o}rch, Niels},
  journal = {arXiv:2405.17088},
  year    = {2024}
}`,
};
