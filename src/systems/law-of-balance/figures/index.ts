import type { Exhibits } from "../../../charts/exhibits.ts";
import { gammaFigure } from "./gamma.ts";
import { imbalanceFigure } from "./imbalance.ts";
import { regimesFigure } from "./regimes.ts";
import { spreadFigure } from "./spread.ts";

export const figures: Exhibits = {
  figures: [gammaFigure, spreadFigure, regimesFigure, imbalanceFigure],
  tables: [],
  formulae: [
    {
      tex: String.raw`(u^2 - w^2)_{t+1} = (u^2 - w^2)_t \bigl[(1 - 2\eta\gamma)^2 - \eta^2 G_t^2\bigr]`,
      meaning: "What one step of SGD does to the imbalance of two layers, exactly.",
      where: "Theorem 3.1 in discrete time",
    },
  ],
  symbols: [
    { symbol: "sparse", meaning: "most walkers are at v = 0", occurs: /\bsparse\b/ },
    { symbol: "learned", meaning: "most walkers are away from v = 0", occurs: /\blearned\b/ },
  ],
  bibtex: `@article{ziyin2023balance,
  title         = {Law of Balance and Stationary Distribution of Stochastic Gradient Descent},
  author        = {Ziyin, Liu and Li, Hongchao and Ueda, Masahito},
  year          = {2023},
  eprint        = {2308.06671},
  archivePrefix = {arXiv}
}`,
};
