import type { Exhibits } from "../../charts/exhibits.ts";
import { sweepFigure } from "../../exhibits/sweep.ts";
import { mirrorSweeps } from "./claims.ts";
import { mirrorLearner } from "./learner.ts";

export const figures: Exhibits = {
  figures: mirrorSweeps.map(({ pair, sweep }) =>
    sweepFigure({
      study: sweep,
      learner: mirrorLearner,
      name: `mirror-${pair}`,
      title: `Onto the mirror: ${pair}`,
      x: "weight decay gamma",
      y: "|O^T theta|",
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
  symbols: [
    {
      symbol: "symmetric",
      meaning: "the parameters lie on the plane that the mirror leaves in place",
      occurs: /\bsymmetric\b/,
    },
    { symbol: "broken", meaning: "they lie off it", occurs: /\bbroken\b/ },
  ],
  bibtex: `@inproceedings{ziyin2024symmetry,
  title     = {Symmetry Induces Structure and Constraint of Learning},
  author    = {Ziyin, Liu},
  booktitle = {International Conference on Machine Learning},
  year      = {2024}
}`,
};
