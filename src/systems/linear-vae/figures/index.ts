import type { Exhibits, Figure, RunView } from "../../../charts/exhibits.ts";
import { lineChart, type Point } from "../../../charts/line-chart.ts";
import { stacked } from "../../../charts/stacked.ts";
import { colours } from "../../../charts/theme.ts";
import type { RunRecord } from "../../../contracts/protocol.ts";
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

const upward = (run: RunView, study: string): readonly RunRecord[] =>
  run.records(study, "sweep").filter(({ direction }) => direction === "up");

const at = (beta: number) => theoryAt({ beta, d1: 5, etaEnc: 1, etaDec: 1, sigma: "learned" });
const collapses = ZETA.map(zeta => ({ label: (zeta * zeta).toFixed(2), value: zeta * zeta }));

/** Each active mode adds -1/(2 beta) to d2L/dbeta2: what -2 beta times it counts. */
const staircase: Point[] = [0.02, ...[...ZETA].reverse().map(zeta => zeta * zeta), 4.4].flatMap(
  (beta, i, ends): Point[] =>
    i === 0
      ? []
      : [
          [ends[i - 1]!, ZETA.length + 1 - i],
          [beta, ZETA.length + 1 - i],
        ],
);

/** Loss, its curvature and the widths of the encoder over beta: a step of curvature and a kink of a width at each collapse. */
const widths: Figure = {
  name: "vae-loss-and-widths",
  title: "Loss and encoder widths: a kink wherever a mode collapses",
  width: 780,
  height: 860,
  needs: ["vae-learned", "vae-fixed"].map(study => ({ study, kind: "sweep" })),
  caption: run =>
    "Measured: the loss that gradient descent reaches in a slow sweep of beta upward, with encoder widths sigma learned and fixed at that of the prior; its second " +
    `differences; the learned widths, narrowest first; ${upward(run, "vae-learned").length} values (rings). Theory: Corollary 2; its second derivative, which counts ` +
    "the modes that are active; sigma_i = sqrt(beta) eta_dec eta_enc/zeta_i up to beta = zeta_i^2/eta_dec^2 and eta_enc = 1 beyond (lines). Dotted: the collapses.",
  draw: (run, surface) => {
    const learned = upward(run, "vae-learned");
    const curvature = learned.slice(1, -1).map((record, i): Point => {
      const [before, after] = [learned[i]!, learned[i + 2]!];
      const beta = record.control as number;
      const step = ((after.control as number) - (before.control as number)) / 2;
      const second = (before.loss as number) - 2 * (record.loss as number) + (after.loss as number);
      return [beta, (-2 * beta * second) / (step * step)];
    });
    const share = 1;
    const x = { label: "weight beta of the prior", domain: [0, 4.45] as const };
    const marginRight = 92;
    return stacked(
      { title: "Loss and encoder widths", description: "Loss, curvature of the loss and widths over beta." },
      [
        {
          share,
          draw: own =>
            lineChart(
              {
                title: "Loss",
                description: "Two smooth rising curves.",
                x,
                y: { label: "lowest loss" },
                curves: [
                  {
                    points: BETAS.map((beta): Point => [beta, at(beta).learnSigma.minLoss]),
                    colour: colours.blue,
                    label: "learned",
                  },
                  {
                    points: BETAS.map((beta): Point => [beta, at(beta).fixedSigma.minLoss]),
                    colour: colours.orange,
                    label: "fixed sigma",
                  },
                ],
                scatters: [
                  {
                    points: learned.map(({ control, loss }): Point => [control as number, loss as number]),
                    colour: colours.blue,
                  },
                  {
                    points: upward(run, "vae-fixed").map(
                      ({ control, loss }): Point => [control as number, loss as number],
                    ),
                    colour: colours.orange,
                  },
                ],
                places: collapses,
                marginRight,
              },
              own,
            ),
        },
        {
          share,
          draw: own =>
            lineChart(
              {
                title: "Curvature of the loss, sigma learned",
                description: "A staircase that loses a step at each collapse.",
                x,
                y: { label: "-2 beta d2L/dbeta2, sigma learned", domain: [-0.3, 5.5] },
                curves: [{ points: staircase, colour: colours.blue }],
                scatters: [{ points: curvature, colour: colours.blue }],
                places: collapses,
                marginRight,
              },
              own,
            ),
        },
        {
          share,
          draw: own =>
            lineChart(
              {
                title: "Widths of the encoder",
                description: "Square roots that end at the width of the prior.",
                x,
                y: { label: "sigma_i / eta_enc", domain: [0, 1.08] },
                curves: ZETA.map((_, i) => ({
                  points: BETAS.map((beta): Point => [beta, at(beta).learnSigma.modes[i]!.sigma]),
                  colour: TONES[i]!,
                })),
                scatters: ZETA.map((_, i) => ({
                  points: learned.map(
                    ({ control, sigmas }): Point => [control as number, (sigmas as readonly number[])[i]!],
                  ),
                  colour: TONES[i]!,
                })),
                key: ZETA.map((zeta, i) => ({ sample: "line" as const, text: `zeta ${zeta}`, colour: TONES[i]! })),
                places: [],
                marginRight,
              },
              own,
            ),
        },
      ],
      surface,
    );
  },
};

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
  bibtex: `@inproceedings{wang2022posterior,
  title     = {Posterior Collapse of a Linear Latent Variable Model},
  author    = {Wang, Zihao and Ziyin, Liu},
  booktitle = {Advances in Neural Information Processing Systems},
  year      = {2022}
}`,
};
