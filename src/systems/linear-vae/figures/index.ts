import type { Exhibits, Figure } from "../../../charts/exhibits.ts";
import { lineChart, type Point } from "../../../charts/line-chart.ts";
import { colours } from "../../../charts/theme.ts";
import { theoryAt, ZETA } from "../protocols.ts";

const TONES = [colours.blue, colours.green, colours.orange, colours.vermillion, colours.purple];
const BETAS = Array.from({ length: 221 }, (_, i) => 0.02 + (4.38 * i) / 220);

/** Gains of all modes over beta: each falls on a straight line and stays at zero. */
const spectrum: Figure = {
  name: "vae-spectrum",
  title: "Posterior collapse, mode by mode",
  width: 780,
  height: 440,
  needs: [{ study: "vae-learned", kind: "sweep" }],
  caption: run =>
    "Measured: singular values of the map from end to end, gradient descent on the whole loss in a slow sweep of beta upward, " +
    `${run.records("vae-learned", "sweep").filter(({ direction }) => direction === "up").length} values (rings). ` +
    "Theory: (zeta_i^2 - beta eta_dec^2)/zeta_i, zero from beta = zeta_i^2/eta_dec^2 on (lines).",
  draw: (run, surface) => {
    const up = run.records("vae-learned", "sweep").filter(({ direction }) => direction === "up");
    return lineChart(
      {
        title: "Gains of the modes of a linear variational autoencoder",
        description: "Five straight lines that end at zeta squared.",
        x: { label: "weight beta of the prior" },
        y: { label: "gain of a mode" },
        curves: ZETA.map((zeta, i) => ({
          points: BETAS.map(
            (beta): Point => [
              beta,
              theoryAt({ beta, d1: 5, etaEnc: 1, etaDec: 1, sigma: "learned" }).learnSigma.modes[i]!.gain,
            ],
          ),
          colour: TONES[i]!,
          label: `zeta ${zeta}`,
        })),
        scatters: ZETA.map((_, i) => ({
          points: up.map(({ control, gains }): Point => [control as number, (gains as readonly number[])[i]!]),
          colour: TONES[i]!,
        })),
        places: ZETA.map(zeta => ({ label: (zeta * zeta).toFixed(2), value: zeta * zeta })),
      },
      surface,
    );
  },
};

export const linearVaeExhibits: Exhibits = {
  figures: [spectrum],
  tables: [],
  formulae: [
    {
      tex: String.raw`\beta_{c,i} = \zeta_i^2 / \eta_{dec}^2`,
      meaning:
        "Mode i collapses from here on, with learned and with fixed encoder widths; the prior's width does not matter.",
      where: "Theorems 1 and 2",
    },
  ],
  bibtex: `@inproceedings{wang2022posterior,
  title     = {Posterior Collapse of a Linear Latent Variable Model},
  author    = {Wang, Zihao and Ziyin, Liu},
  booktitle = {Advances in Neural Information Processing Systems},
  year      = {2022}
}`,
};
