import type { Exhibits, Figure, Table } from "../../../charts/exhibits.ts";
import { lineChart, type Point } from "../../../charts/line-chart.ts";
import { stacked } from "../../../charts/stacked.ts";
import { colours } from "../../../charts/theme.ts";
import { AUGMENTATION_SWEEPS, collapseStrengths, problemAt } from "../protocols.ts";
import { sslMinimum } from "../theory.ts";

const ALPHA = 1.5;
const [LEAST, MOST] = [0.2, 9];
const STRENGTHS = Array.from({ length: 441 }, (_, i) => LEAST + ((MOST - LEAST) * i) / 440);
const TONES = [colours.blue, colours.vermillion, colours.green];

const minimumAt = (augmentation: number, gamma: number) =>
  sslMinimum(problemAt({ alpha: ALPHA, gamma, augmentation, width: 3 }));

/** The rank on both sides of each collapse. */
const stairs = (gamma: number): Point[] =>
  [LEAST, ...collapseStrengths(ALPHA, gamma).flatMap(at => [at - 1e-9, at + 1e-9]), MOST]
    .sort((a, b) => a - b)
    .map((strength): Point => [strength, minimumAt(strength, gamma).rank]);

/** Rank of W^T W and its eigenvalues over the strength of the augmentation, at two weight decays. */
const rankFigure: Figure = {
  name: "ssl-rank",
  title: "Augmentation takes directions away one by one",
  width: 780,
  height: 860,
  needs: Object.keys(AUGMENTATION_SWEEPS).map(study => ({ study, kind: "sweep" })),
  caption: run =>
    `Measured: rank (eigenvalues above 0.001) and eigenvalues of W^T W in slow sweeps of the augmentation upward, alpha = ${ALPHA}, weight decay ${Object.values(AUGMENTATION_SWEEPS).join(" and ")}, ` +
    `${run.records("ssl-augmentation", "sweep").filter(({ direction }) => direction === "up").length} values each (rings). Theory: the number of positive eigenvalues of A - (alpha - 1) C - gamma and the ` +
    "closed-form minimum (lines); a direction is collapsed from (a_i - gamma)/((alpha - 1) c_i) on (dotted). The rank jumps, each eigenvalue vanishes continuously.",
  draw: (run, surface) =>
    stacked(
      { title: "Rank and spectrum", description: "Stairs and eigenvalues at two weight decays." },
      [
        {
          share: 1,
          draw: own =>
            lineChart(
              {
                title: "Rank",
                description: "Stairs that fall from three to zero.",
                x: { label: "strength of the augmentation", domain: [0, MOST * 1.02] },
                y: { label: "rank of W^T W", domain: [-0.15, 3.15], whole: true },
                curves: Object.values(AUGMENTATION_SWEEPS).map((gamma, i) => ({
                  points: stairs(gamma),
                  colour: [colours.grey, colours.orange][i]!,
                })),
                scatters: Object.keys(AUGMENTATION_SWEEPS).map((study, i) => ({
                  points: run
                    .records(study, "sweep")
                    .filter(({ direction }) => direction === "up")
                    .map(({ control, rank }): Point => [control as number, rank as number]),
                  colour: [colours.grey, colours.orange][i]!,
                })),
                key: Object.values(AUGMENTATION_SWEEPS).map((gamma, i) => ({
                  sample: "line" as const,
                  text: `gamma = ${gamma}`,
                  colour: [colours.grey, colours.orange][i]!,
                })),
              },
              own,
            ),
        },
        ...Object.entries(AUGMENTATION_SWEEPS).map(([study, gamma]) => ({
          share: 1,
          draw: (own: Parameters<Figure["draw"]>[1]) =>
            lineChart(
              {
                title: `Eigenvalues, gamma = ${gamma}`,
                description: "Each vanishes at its own strength.",
                x: { label: `strength of the augmentation, gamma = ${gamma}`, domain: [0, MOST * 1.02] },
                y: { label: "eigenvalues of W^T W", domain: [0, 2] },
                curves: spectrumCurves(gamma),
                scatters: [0, 1, 2].map(i => ({
                  points: run
                    .records(study, "sweep")
                    .filter(({ direction }) => direction === "up")
                    .map(({ control, spectrum }): Point => [control as number, (spectrum as readonly number[])[i]!])
                    .filter(([, value]) => value <= 2),
                  colour: TONES[i]!,
                })),
                places: collapseStrengths(ALPHA, gamma).map(value => ({ label: value.toFixed(2), value })),
              },
              own,
            ),
        })),
      ],
      surface,
    ),
};

/** Eigenvalues of the minimum in falling order: A and C commute, so they are the diagonal of W^T W. */
const spectrumCurves = (gamma: number) => {
  const spectra = STRENGTHS.map(strength =>
    minimumAt(strength, gamma)
      .WtW!.map((row, i) => row[i]!)
      .sort((a, b) => b - a),
  );
  return [0, 1, 2].map(i => ({
    points: STRENGTHS.map((strength, at): Point => [strength, spectra[at]![i]!]).filter(([, value]) => value <= 2),
    colour: TONES[i]!,
  }));
};

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

export const figures: Exhibits = {
  figures: [rankFigure],
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
