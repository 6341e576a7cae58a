import { circleRow } from "../../../charts/circle-row.ts";
import type { Figure } from "../../../charts/exhibits.ts";
import { colours, series } from "../../../charts/theme.ts";
import { chartFigure, chartsFigure } from "../../../exhibits/chart-figure.ts";
import { groupBy } from "../../../numerics/group-by.ts";
import { noDecay, ring, someDecay, strongDecay, withDropout } from "../claims/transformer-studies.ts";

const times = { start: "start", memorised: "training 0.9", generalised: "test 0.9", end: "end" } as const;

/** The residues in the plane of the first two components, at four times of one run. */
export const ringFigure: Figure = {
  name: "transformer-ring",
  title: "A ring appears with generalisation",
  width: 860,
  height: 250,
  needs: [ring.has("plane")],
  caption(run) {
    const { modulus, width } = ring.settings(run);
    const planes = ring.of(run, "plane").filter(({ chain }) => chain === 0);
    const shares = planes.map(({ when, step, ringShare }) => `${times[when]} (step ${step}): ${ringShare.toFixed(2)}`);
    return (
      `Measured: embeddings, ${width} numbers each, of the ${modulus} residues in the plane of their first two principal components, in a transformer that learns to add modulo ${modulus}; one run. Residues that are neighbours at the ` +
      `frequency of the end are joined. Share of the strongest frequency in the plane: ${shares.join(", ")}. Theory: a ring, thin, where the network generalises.`
    );
  },
  draw(run, surface) {
    const planes = ring.of(run, "plane").filter(({ chain }) => chain === 0);
    const { frequency } = planes[planes.length - 1];
    return circleRow(
      planes.map(({ when, points }) => ({ frequency, points, label: times[when] })),
      surface,
    );
  },
};

const runsOf = <Each extends { readonly chain: number }>(records: readonly Each[]) => [
  ...groupBy(records, ({ chain }) => chain).values(),
];

/** Effective dimension over the steps, and the accuracies beside it. */
export const dimensionFigure = chartsFigure({
  name: "transformer-dimension",
  title: "The effective dimension rises, then falls with generalisation",
  description: "Effective dimension of the embeddings, and accuracies, over the steps.",
  height: 760,
  needs: [ring.has("checkpoint")],
  caption: run =>
    `Measured: exp of the entropy of the principal components' shares of variance, a line for each of ${ring.of(run, "final").length} runs, above; accuracies of the same runs, below. Theory: none gives numbers; the source says that the dimension rises until the network generalises and falls then.`,
  charts(run) {
    const runs = runsOf(ring.of(run, "checkpoint"));
    const x = { label: "step" };
    const curvesOf = (field: "effectiveDimension" | "trainAccuracy" | "testAccuracy", colour?: string) =>
      runs.map((checkpoints, i) => ({
        points: checkpoints.map(checkpoint => [checkpoint.step, checkpoint[field]] as const),
        colour: colour ?? series[i % series.length],
      }));
    return [
      {
        title: "Effective dimension",
        description: "Lines that rise a little and then fall.",
        x,
        y: { label: "effective dimension" },
        curves: curvesOf("effectiveDimension"),
      },
      {
        title: "Accuracies",
        description: "Training accuracy first, test accuracy later.",
        x,
        y: { label: "accuracy", domain: [-0.03, 1.05] },
        curves: [...curvesOf("trainAccuracy", colours.blue), ...curvesOf("testAccuracy", colours.vermillion)],
        key: [
          { sample: "line", text: "training pairs", colour: colours.blue },
          { sample: "line", text: "other pairs", colour: colours.vermillion },
        ],
      },
    ];
  },
});

const settings = [
  { study: noDecay, text: "no decay", colour: colours.grey },
  { study: someDecay, text: "decay 1", colour: colours.orange },
  { study: withDropout, text: "decay 1, dropout 0.2", colour: colours.purple },
  { study: strongDecay, text: "decay 3", colour: colours.green },
];

/** Test accuracy over the steps at several decays, and with dropout. */
export const delayFigure = chartFigure({
  name: "transformer-delays",
  title: "Decay and dropout bring generalisation forward",
  needs: settings.map(({ study }) => study.has("checkpoint")),
  caption(run) {
    const { modulus } = noDecay.settings(run);
    return `Measured: accuracy on other pairs of transformers that learn to add modulo ${modulus}, a line for each run until it passes 0.9 or its steps are over; training accuracy passes 0.9 within about a hundred steps in all. Theory: none gives numbers; the source says that weight decay of the decoder and dropout shorten the delay.`;
  },
  chart: run => ({
    description: "Stronger decay and dropout lead to 0.9 earlier.",
    x: { label: "step" },
    y: { label: "accuracy on other pairs", domain: [-0.03, 1.05] },
    curves: settings.flatMap(({ study, colour }) =>
      runsOf(study.of(run, "checkpoint")).map(checkpoints => ({
        points: checkpoints.map(({ step, testAccuracy }) => [step, testAccuracy] as const),
        colour,
      })),
    ),
    key: settings.map(({ text, colour }) => ({ sample: "line", text, colour }) as const),
  }),
});
