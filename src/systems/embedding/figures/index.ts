import type { Exhibits } from "../../../charts/exhibits.ts";
import { collapseFigure, imageCurveFigure, imageMapFigure, imageSizeFigure } from "./images.ts";
import { mapFigures } from "./maps.ts";
import { regionsFigure } from "./regions.ts";
import { grokkingFigure, trajectoriesFigure } from "./runs.ts";
import { additionSetsFigure, groupSetsFigure } from "./sets.ts";
import { tables } from "./tables.ts";
import { delayFigure, dimensionFigure, ringFigure } from "./transformer.ts";

export const figures: Exhibits = {
  figures: [
    grokkingFigure,
    trajectoriesFigure,
    regionsFigure,
    ...mapFigures,
    additionSetsFigure,
    groupSetsFigure,
    ringFigure,
    dimensionFigure,
    delayFigure,
    imageCurveFigure,
    imageMapFigure,
    imageSizeFigure,
    collapseFigure,
  ],
  tables,
  formulae: [
    {
      tex: String.raw`\mathrm{RQI} = \frac{|P(R)|}{|P_0|},\quad P(R) = \{(i,j,m,n) : i + j = m + n,\ |E_i + E_j - E_m - E_n| \le \delta\}`,
      meaning: "Quality of a representation: the share of permissible parallelograms that it realises.",
      where: "section 3.1",
    },
    {
      tex: String.raw`\ell_{\mathrm{eff}} = \frac{\ell_0}{Z_0},\quad \ell_0 = \frac{1}{|P_0(D)|}\sum_{P_0(D)} |\tilde E_i + \tilde E_j - \tilde E_m - \tilde E_n|^2,\quad Z_0 = \sum_k |\tilde E_k|^2`,
      meaning: "Effective loss of the representation alone.",
      where: "equation 4",
    },
    {
      tex: String.raw`\frac{dR}{dt} = -H R,\quad H = \frac{2}{Z_0\,|P_0(D)|} A^{\top} A,\quad n_h = \frac{1}{\lambda_3\,\eta}`,
      meaning: "Its flow, and the steps that it predicts: the third eigenvalue is the grokking rate.",
      where: "section 3.2",
    },
    {
      tex: String.raw`d_{\mathrm{eff}} = \exp\Bigl(-\sum_i q_i \ln q_i\Bigr)`,
      meaning: "Effective dimension of embeddings, q_i the shares of variance along their principal components.",
      where: "section 4.2",
    },
  ],
  symbols: [
    { symbol: "comprehension", meaning: "test accuracy reaches 0.9 less than 1000 steps after training accuracy" },
    { symbol: "grokking", meaning: "test accuracy reaches 0.9, but 1000 steps later or more" },
    { symbol: "memorization", meaning: "training accuracy reaches 0.9 within the budget, test accuracy does not" },
    { symbol: "confusion", meaning: "training accuracy does not reach 0.9 within the budget" },
    { symbol: "generalised", meaning: "a state with both accuracies at 0.9 or more" },
    { symbol: "memorised", meaning: "a state with only the training accuracy at 0.9 or more" },
    { symbol: "confused", meaning: "a state with neither" },
  ].map(entry => ({ ...entry, occurs: new RegExp(`\\b${entry.symbol}\\b`) })),
  bibtex: `@inproceedings{liu2022grokking,
  title     = {Towards Understanding Grokking: An Effective Theory of Representation Learning},
  author    = {Liu, Ziming and Kitouni, Ouail and Nolte, Niklas and Michaud, Eric J. and Tegmark, Max and Williams, Mike},
  booktitle = {Advances in Neural Information Processing Systems},
  year      = {2022}
}`,
};
