import type { Exhibits, Table } from "../../../charts/exhibits.ts";

const ranks: Table = {
  name: "ranks",
  title: "Rank of trained encoders against the count of surviving directions",
  needs: [{ study: "ssl-random", kind: "final" }],
  columns: [
    { label: "problem", numeric: true },
    { label: "rank measured", numeric: true },
    { label: "rank predicted", numeric: true },
    { label: "loss measured", numeric: true },
    { label: "loss predicted", numeric: true },
  ],
  caption: () =>
    "Random data and augmentation covariances, alignment and decay; measured by gradient descent, predicted by the inertia of A - (alpha - 1) C - gamma.",
  rows: run =>
    run
      .records("ssl-random", "final")
      .map(({ chain, rank, predictedRank, loss, predictedLoss }) => [
        String(chain),
        String(rank),
        String(predictedRank),
        (loss as number).toFixed(8),
        (predictedLoss as number).toFixed(8),
      ]),
};

export const linearSslExhibits: Exhibits = {
  figures: [],
  tables: [ranks],
  formulae: [
    {
      tex: String.raw`\operatorname{rank}(W^{\top} W) = n_+\bigl(A - (\alpha - 1) C - \gamma\bigr)`,
      meaning: "Directions that survive: the positive eigenvalues, capped by the output width.",
      where: "derived from the exact minimum",
    },
  ],
  bibtex: `@inproceedings{ziyin2023shapes,
  title     = {What Shapes the Loss Landscape of Self-Supervised Learning?},
  author    = {Ziyin, Liu and Lubana, Ekdeep Singh and Ueda, Masahito and Tanaka, Hidenori},
  booktitle = {International Conference on Learning Representations},
  year      = {2023}
}`,
};
