import type { Exhibits } from "../../../charts/exhibits.ts";
import type { Point } from "../../../charts/line-chart.ts";
import { colours } from "../../../charts/theme.ts";
import { sweepFigure } from "../../sweep-figures.ts";
import { PAIRS } from "../claims.ts";
import { mirrorLosses } from "../model.ts";

/** Distance from the plane at the minimum, N = 1. */
const theory = (pair: (typeof PAIRS)[number]) =>
  Array.from({ length: 200 }, (_, i): Point => {
    const gamma = 0.4 + (0.6 * i) / 199;
    return [gamma, mirrorLosses[pair].broken(1, gamma).distance];
  });

export const mirrorSymmetryExhibits: Exhibits = {
  figures: PAIRS.map(pair =>
    sweepFigure({
      name: `mirror-${pair}`,
      title: `Onto the mirror: ${pair}`,
      study: `mirror-${pair}`,
      x: "weight decay gamma",
      y: "|O^T theta|",
      value: record => record.order as number,
      theory: [{ points: theory(pair), colour: colours.vermillion, dashed: true }],
      places: [{ label: "gamma_c", value: 1 }],
      remark: "The distance from the symmetric plane vanishes as a square root at gamma_c = -lambda_min/2.",
    }),
  ),
  tables: [],
  formulae: [
    {
      tex: String.raw`\gamma_c = \max\bigl(0, -\tfrac{1}{2}\lambda_{\min}(O^{\top} H O)\bigr)`,
      meaning: "Weight decay above which the plane of a mirror symmetry attracts.",
      where: "thresholds",
    },
  ],
  bibtex: `@inproceedings{ziyin2024symmetry,
  title     = {Symmetry Induces Structure and Constraint of Learning},
  author    = {Ziyin, Liu},
  booktitle = {International Conference on Machine Learning},
  year      = {2024}
}`,
};
