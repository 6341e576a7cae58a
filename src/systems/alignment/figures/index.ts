import type { Exhibits } from "../../../charts/exhibits.ts";
import { alteredFigure } from "./altered.ts";
import { collapseFigure, finalDistancesFigure, gainsFigure } from "./final-distances.ts";
import { layersFigure } from "./layers.ts";
import { contextFigure, xorFigure } from "./structure.ts";
import { tables } from "./tables.ts";
import { trajectoriesFigure } from "./trajectories.ts";

export const figures: Exhibits = {
  figures: [
    trajectoriesFigure,
    finalDistancesFigure,
    gainsFigure,
    collapseFigure,
    layersFigure,
    xorFigure,
    contextFigure,
    alteredFigure,
  ],
  tables,
  formulae: [
    {
      tex: String.raw`\dot h = -\eta_h |dx|^2 w,\quad \dot y = -w\left(\eta_y h + \eta_h |dx|^2 \frac{y}{h}\right),\quad \dot w = -\tfrac12 \eta_y h\,(3w - y + |dy|^2) - \tfrac12 \eta_h |dx|^2 (y + w)\frac{w}{h}`,
      meaning:
        "Two points: squared distance of the representations, of the outputs, and the output difference times its error.",
      where: "section 2",
    },
    {
      tex: String.raw`h_\infty = \tfrac12 A + \sqrt{\tfrac14 A^2 + \frac{\eta_h}{\eta_y}|dx|^2|dy|^2},\quad A = h_0 - \frac{\eta_h}{\eta_y}|dx|^2\frac{y_0}{h_0}`,
      meaning: "Where the distance ends; A does not move.",
      where: "section 3",
    },
    {
      tex: String.raw`\frac{h_\infty}{a} = e^{\operatorname{asinh}\rho},\quad \rho = \frac{A}{2a},\quad a = \sqrt{\eta_h/\eta_y}\,|dx||dy|`,
      meaning: "The same as one curve, from rich at 0 to lazy.",
      where: "derived",
    },
  ],
  symbols: [
    { symbol: "plateau", meaning: "a loss above half that of the best constant output" },
    { symbol: "learned", meaning: "a loss below it" },
  ].map(entry => ({ ...entry, occurs: new RegExp(`\\b${entry.symbol}\\b`) })),
  bibtex: `@inproceedings{vanrossem2024representations,
  title     = {When Representations Align: Universality in Representation Learning Dynamics},
  author    = {van Rossem, Loek and Saxe, Andrew M.},
  booktitle = {International Conference on Machine Learning},
  year      = {2024}
}`,
};
