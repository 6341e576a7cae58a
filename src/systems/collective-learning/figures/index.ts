import type { Exhibits } from "../../../charts/exhibits.ts";
import { networksFigure } from "./networks.ts";
import { orderFigure } from "./order.ts";
import { boundaryTable } from "./tables.ts";

export const figures: Exhibits = {
  figures: [orderFigure, networksFigure],
  tables: [boundaryTable],
  formulae: [
    {
      tex: String.raw`\dot m_i = \delta_i m_i^{D} - m_i^{2D+1} - \gamma m_i + \sigma (M - m_i), \qquad M = \tfrac1N \textstyle\sum_i m_i`,
      meaning: "Flow of one network among the others: private data, decay, and the pull of the mean.",
      where: "effective theory of the source",
    },
    {
      tex: String.raw`M^{2D} - \frac{D s^2}{\sigma} M^{2D-2} + \gamma = 0`,
      meaning: "Order at strong coupling, data of mean zero and variance s^2.",
      where: "derived: leading order in 1/sigma",
    },
    {
      tex: String.raw`\sigma_{c2} = \begin{cases} s^2/\gamma & D = 1 \\ (D-1)^{(D-1)/D}\, s^2\, \gamma^{-1/D} & D \ge 2 \end{cases}`,
      meaning: "Where order ends: continuously with one hidden layer, by a jump with more.",
      where: "derived",
    },
    {
      tex: String.raw`\frac{\sigma}{N} \sum_i \frac{1}{\gamma + \sigma - \delta_i} = 1`,
      meaning: "Where zero becomes marginal with one hidden layer, for any number of networks.",
      where: "derived, exact",
    },
    {
      tex: String.raw`\sigma |M| < 2 \Bigl(\frac{\delta_i - \gamma - \sigma}{3}\Bigr)^{3/2}`,
      meaning:
        "As long as this holds a network of the minority keeps its sign: what delays order at weak coupling, D = 1.",
      where: "derived",
    },
  ],
  symbols: [
    {
      symbol: "ordered",
      meaning: "most networks learn with the same sign: the common mean M is not zero",
      occurs: /\bordered\b/,
    },
    { symbol: "disordered", meaning: "the common mean M is zero", occurs: /\bdisordered\b/ },
  ],
  bibtex: `@article{arolafernandez2024effective,
  title         = {An effective theory of collective deep learning},
  author        = {Arola-Fern{\\'a}ndez, Llu{\\'i}s and Lacasa, Lucas},
  journal       = {Physical Review Research},
  volume        = {6},
  pages         = {L042040},
  year          = {2024},
  eprint        = {2310.12802},
  archivePrefix = {arXiv}
}`,
};
