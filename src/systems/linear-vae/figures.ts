import { curve } from "../../charts/curve.ts";
import type { Exhibits } from "../../charts/exhibits.ts";
import type { Point } from "../../charts/line-chart.ts";
import { colours } from "../../charts/theme.ts";
import { defaultsOf } from "../../contracts/field.ts";
import type { RunView } from "../../contracts/run-view.ts";
import { chartFigure, chartsFigure } from "../../exhibits/chart-figure.ts";
import { branchOf } from "../../protocols/study.ts";
import { fixed, learned } from "./claims.ts";
import { vaeControls, ZETA } from "./model.ts";
import { type VaeMinimum, vaeMinimum } from "./theory.ts";

const TONES = [colours.blue, colours.green, colours.orange, colours.vermillion, colours.purple];
const BETAS = [0.02, 4.4] as const;
const collapses = ZETA.map(zeta => ({ label: (zeta * zeta).toFixed(2), value: zeta * zeta }));

/** A quantity of the minimum over beta. */
const over = (
  value: (minimum: VaeMinimum) => number,
  { sigma = "learned", ...look }: { sigma?: "learned" | "fixed"; colour: string; label?: string },
) => curve(beta => value(vaeMinimum({ ...defaultsOf(vaeControls), sigma, beta })), BETAS, look, 221);

/** A quantity of each mode in a sweep, in the colours of the modes. */
const byMode = (run: RunView, field: "gains" | "sigmas") =>
  TONES.map((colour, i) => ({
    points: branchOf(run, learned, "up").map((seen): Point => [seen.control, seen[field][i]]),
    colour,
  }));

/** Gains of all modes over beta: each falls on a straight line and stays at zero. */
const spectrum = chartFigure({
  name: "vae-spectrum",
  title: "Posterior collapse, mode by mode",
  width: 780,
  height: 440,
  needs: [learned.has("sweep")],
  caption: run =>
    "Measured: singular values of the map from end to end, gradient descent on the whole loss in a slow sweep of beta upward, " +
    `${branchOf(run, learned, "up").length} values (rings). ` +
    "Theory: (zeta_i^2 - beta eta_dec^2)/zeta_i, zero from beta = zeta_i^2/eta_dec^2 on (lines).",
  chart: run => ({
    description: "Five straight lines that end at zeta squared.",
    x: { label: "weight beta of the prior" },
    y: { label: "gain of a mode" },
    curves: ZETA.map((zeta, i) => over(({ modes }) => modes[i].gain, { colour: TONES[i], label: `zeta ${zeta}` })),
    scatters: byMode(run, "gains"),
    places: collapses,
  }),
});

/** Each active mode adds -1/(2 beta) to d2L/dbeta2: what -2 beta times it counts. */
const staircase = [0.02, ...[...ZETA].reverse().map(zeta => zeta * zeta), 4.4].flatMap((beta, i, ends): Point[] => {
  const active = ZETA.length + 1 - i;
  return i === 0 ? [] : [ends[i - 1], beta].map(at => [at, active]);
});

/** -2 beta times the second difference of the loss between neighbours of a sweep. */
const curvatureOf = (sweep: readonly { readonly control: number; readonly loss: number }[]): Point[] =>
  sweep.slice(1, -1).map(({ control, loss }, i) => {
    const [before, after] = [sweep[i], sweep[i + 2]];
    const step = (after.control - before.control) / 2;
    return [control, (-2 * control * (before.loss - 2 * loss + after.loss)) / (step * step)];
  });

/** Loss, its curvature and the widths of the encoder over beta: a step of curvature and a kink of a width at each collapse. */
const widths = chartsFigure({
  name: "vae-loss-and-widths",
  title: "Loss and encoder widths: a kink wherever a mode collapses",
  description: "Loss, curvature of the loss and widths over beta.",
  width: 780,
  height: 860,
  needs: [learned.has("sweep"), fixed.has("sweep")],
  caption: run =>
    "Measured: the loss that gradient descent reaches in a slow sweep of beta upward, with encoder widths sigma learned and fixed at that of the prior; its second " +
    `differences; the learned widths, narrowest first; ${branchOf(run, learned, "up").length} values (rings). Theory: Corollary 2; its second derivative, which counts ` +
    "the modes that are active; sigma_i = sqrt(beta) eta_dec eta_enc/zeta_i up to beta = zeta_i^2/eta_dec^2 and eta_enc = 1 beyond (lines). Dotted: the collapses.",
  charts(run) {
    const frame = { x: { label: "weight beta of the prior", domain: [0, 4.45] as const } };
    return [
      {
        ...frame,
        title: "Loss",
        description: "Two smooth rising curves.",
        y: { label: "lowest loss" },
        curves: [
          over(({ minLoss }) => minLoss, { colour: colours.blue, label: "learned" }),
          over(({ minLoss }) => minLoss, { sigma: "fixed", colour: colours.orange, label: "fixed sigma" }),
        ],
        scatters: [learned, fixed].map((sweep, i) => ({
          points: branchOf(run, sweep, "up").map(({ control, loss }) => [control, loss]),
          colour: [colours.blue, colours.orange][i],
        })),
        places: collapses,
      },
      {
        ...frame,
        title: "Curvature of the loss, sigma learned",
        description: "A staircase that loses a step at each collapse.",
        y: { label: "-2 beta d2L/dbeta2, sigma learned", domain: [-0.3, 5.5] },
        curves: [{ points: staircase, colour: colours.blue }],
        scatters: [{ points: curvatureOf(branchOf(run, learned, "up")), colour: colours.blue }],
        places: collapses,
      },
      {
        ...frame,
        title: "Widths of the encoder",
        description: "Square roots that end at the width of the prior.",
        y: { label: "sigma_i / eta_enc", domain: [0, 1.08] },
        curves: TONES.map((colour, i) => over(({ modes }) => modes[i].sigma, { colour })),
        scatters: byMode(run, "sigmas"),
        key: ZETA.map((zeta, i) => ({ sample: "line", text: `zeta ${zeta}`, colour: TONES[i] })),
      },
    ];
  },
});

export const figures: Exhibits = {
  figures: [spectrum, widths],
  tables: [],
  formulae: [
    {
      tex: String.raw`\beta_{c,i} = \zeta_i^2 / \eta_{dec}^2`,
      meaning:
        "Mode i collapses from here on, with learned and with fixed encoder widths; the prior's width does not matter.",
      where: "Theorems 1 and 2",
    },
  ],
  symbols: [
    {
      symbol: "3 active",
      meaning: "three modes have a gain that is not zero, the others have collapsed",
      occurs: /\b\d active\b/,
    },
  ],
  bibtex: `@inproceedings{wang2022posterior,
  title     = {Posterior Collapse of a Linear Latent Variable Model},
  author    = {Wang, Zihao and Ziyin, Liu},
  booktitle = {Advances in Neural Information Processing Systems},
  year      = {2022}
}`,
};
