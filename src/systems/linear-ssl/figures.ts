import type { Exhibits, Table } from "../../charts/exhibits.ts";
import type { Point } from "../../charts/line-chart.ts";
import { colours } from "../../charts/theme.ts";
import { defaultsOf } from "../../contracts/field.ts";
import { chartsFigure } from "../../exhibits/chart-figure.ts";
import { sweepValues } from "../../numerics/sweep-values.ts";
import { branchOf } from "../../protocols/study.ts";
import { augmentationSweeps, randomProblems } from "./claims.ts";
import { problemAt, sslControls } from "./model.ts";
import { collapses, sslMinimum } from "./theory.ts";

const DEFAULTS = defaultsOf(sslControls);
const [LEAST, MOST] = [0.2, 9];
const STRENGTHS = [...sweepValues(LEAST, MOST, 441)];
const TONES = [colours.blue, colours.vermillion, colours.green];

const minimumAt = (augmentation: number, weightDecay: number) =>
  sslMinimum(problemAt({ ...DEFAULTS, augmentation, weightDecay }));

const collapsesAt = (weightDecay: number) => collapses({ ...DEFAULTS, weightDecay }).augmentation;

/** The rank on both sides of each collapse. */
const stairs = (weightDecay: number): Point[] =>
  [LEAST, ...collapsesAt(weightDecay).flatMap(at => [at - 1e-9, at + 1e-9]), MOST]
    .sort((a, b) => a - b)
    .map((strength): Point => [strength, minimumAt(strength, weightDecay).rank]);

/** Eigenvalues above this are left out. */
const TOP = 2;

/** Eigenvalues of the minimum in falling order: A and C commute, so they are the diagonal of W^T W. */
const spectrumCurves = (weightDecay: number) => {
  const spectra = STRENGTHS.map(strength =>
    minimumAt(strength, weightDecay)
      .WtW!.map((row, i) => row[i])
      .sort((a, b) => b - a),
  );
  return TONES.map((colour, i) => ({
    points: STRENGTHS.map((strength, at): Point => [strength, spectra[at][i]]).filter(([, value]) => value <= TOP),
    colour,
  }));
};

/** Rank of W^T W and its eigenvalues over the strength of the augmentation, at two weight decays. */
const rankFigure = chartsFigure({
  name: "ssl-rank",
  title: "Augmentation takes directions away one by one",
  description: "Stairs and eigenvalues at two weight decays.",
  width: 780,
  height: 860,
  needs: augmentationSweeps.map(({ sweep }) => sweep.has("sweep")),
  caption: run =>
    `Measured: rank (eigenvalues above 0.001) and eigenvalues of W^T W in slow sweeps of the augmentation upward, alpha = ${DEFAULTS.alpha}, weight decay ${augmentationSweeps.map(({ weightDecay }) => weightDecay).join(" and ")}, ` +
    `${branchOf(run, augmentationSweeps[0].sweep, "up").length} values each (rings). Theory: the number of positive eigenvalues of A - (alpha - 1) C - gamma and the ` +
    "closed-form minimum (lines); a direction is collapsed from (a_i - gamma)/((alpha - 1) c_i) on (dotted). The rank jumps, each eigenvalue vanishes continuously.",
  charts(run) {
    const sweeps = augmentationSweeps.map((each, i) => ({ ...each, colour: [colours.grey, colours.orange][i] }));
    const domain = [0, MOST * 1.02] as const;
    return [
      {
        title: "Rank",
        description: "Stairs that fall from three to zero.",
        x: { label: "strength of the augmentation", domain },
        y: { label: "rank of W^T W", domain: [-0.15, 3.15], whole: true },
        curves: sweeps.map(({ weightDecay, colour }) => ({ points: stairs(weightDecay), colour })),
        scatters: sweeps.map(({ sweep, colour }) => ({
          points: branchOf(run, sweep, "up").map(({ control, rank }) => [control, rank]),
          colour,
        })),
        key: sweeps.map(({ weightDecay, colour }) => ({ sample: "line", text: `gamma = ${weightDecay}`, colour })),
      },
      ...sweeps.map(({ weightDecay, sweep }) => ({
        title: `Eigenvalues, gamma = ${weightDecay}`,
        description: "Each vanishes at its own strength.",
        x: { label: `strength of the augmentation, gamma = ${weightDecay}`, domain },
        y: { label: "eigenvalues of W^T W", domain: [0, TOP] as const },
        curves: spectrumCurves(weightDecay),
        scatters: TONES.map((colour, i) => ({
          points: branchOf(run, sweep, "up")
            .map(({ control, spectrum }): Point => [control, spectrum[i]])
            .filter(([, value]) => value <= TOP),
          colour,
        })),
        places: collapsesAt(weightDecay).map(value => ({ label: value.toFixed(2), value })),
      })),
    ];
  },
});

const ranks: Table = {
  name: "ranks",
  title: "Rank of trained encoders against the count of surviving directions",
  needs: [randomProblems.has("final")],
  columns: ["problem", "rank measured", "rank predicted", "loss measured", "loss predicted"].map(label => ({
    label,
    numeric: true,
  })),
  caption: () =>
    "Random data and augmentation covariances, alignment and decay; measured by gradient descent, predicted by the inertia of A - (alpha - 1) C - gamma.",
  rows: run =>
    randomProblems
      .of(run, "final")
      .map(({ chain, rank, predictedRank, loss, predictedLoss }) => [
        String(chain),
        String(rank),
        String(predictedRank),
        loss.toFixed(8),
        predictedLoss?.toFixed(8) ?? "–",
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
  symbols: [{ symbol: "rank r", meaning: "the encoder keeps r directions of the data", occurs: /\brank \d/ }],
  bibtex: `@inproceedings{ziyin2023shapes,
  title     = {What Shapes the Loss Landscape of Self-Supervised Learning?},
  author    = {Ziyin, Liu and Lubana, Ekdeep Singh and Ueda, Masahito and Tanaka, Hidenori},
  booktitle = {International Conference on Learning Representations},
  year      = {2023}
}`,
};
