import type { Curve } from "../../../charts/line-chart.ts";
import { colours, series } from "../../../charts/theme.ts";
import type { RunView } from "../../../contracts/run-view.ts";
import { chartFigure, chartsFigure } from "../../../exhibits/chart-figure.ts";
import { wilson } from "../../../numerics/statistics.ts";
import { figureRatios, gaussianStarts, hasMet } from "../claims/dynamics.ts";
import { equalRates, ratioHundred, type TrainStudy } from "../claims/studies.ts";
import { collisionProbability } from "../theory/collision.ts";
import { conserved, type TwoRepons, twoReponsAt } from "../theory/two-repons.ts";

/** Starts of trajectories, at equal rates. */
const rates = { etaA: 0.1, etaX: 0.1 } as const;
const starts: readonly TwoRepons[] = [
  ...[0.15, 0.4, 0.6, 0.8, 1, 1.2].map(c0 => ({ a0: 1, c0, ...rates })),
  ...[0.2, 0.5, 0.8].map(a0 => ({ a0, c0: 1.2, ...rates })),
];

const trajectory = (start: TwoRepons): Curve => ({
  points: Array.from({ length: 121 }, (_, i) => {
    const { a, c } = twoReponsAt(start, (200 * i * i) / (120 * 120));
    return [a, c] as const;
  }),
  colour: conserved(start) > 0 ? colours.green : colours.purple,
});

/** Slope of the separatrix |c| = |a| sqrt(eta_x / (2 eta_A)). */
const SEPARATRIX = Math.sqrt(rates.etaX / (2 * rates.etaA));

export const hyperbolasFigure = chartFigure({
  name: "repon-trajectories",
  title: "Two embeddings of one class: they meet, or the decoder forgets them",
  height: 460,
  caption: () =>
    "Measured: nothing; trajectories of two embeddings at +-c in front of a decoder of slope a, at equal rates. Theory: each stays on its hyperbola C = const, in closed form; green ones end together (c = 0), purple ones with a decoder that no longer sees the difference (a = 0). Broken: C = 0.",
  chart: () => ({
    description: "Hyperbolas on both sides of a straight separatrix.",
    x: { label: "slope of the decoder, a", domain: [0, 1.1] },
    y: { label: "half distance of the embeddings, c", domain: [0, 1.3] },
    curves: [
      ...starts.map(trajectory),
      { points: [[0, 0], [1.1, 1.1 * SEPARATRIX]], colour: colours.grey, dashed: true }, // biome-ignore format: two points
    ],
    scatters: [{ points: starts.map(({ a0, c0 }) => [a0, c0] as const), colour: colours.blue }],
    key: [
      { sample: "line", text: "meet", colour: colours.green },
      { sample: "line", text: "do not", colour: colours.purple },
      { sample: "dashed", text: "C = 0", colour: colours.grey },
      { sample: "ring", text: "start", colour: colours.blue },
    ],
  }),
});

/** Starts for each ratio of the picture. */
const DRAWS = 4000;

const shares = (of: (start: TwoRepons) => boolean) =>
  figureRatios.map(ratio => {
    const hits = gaussianStarts(ratio, DRAWS).filter(of).length;
    const { low, high } = wilson(hits, DRAWS);
    return { ratio, share: hits / DRAWS, range: [low, high] as const };
  });

export const collisionFigure = chartFigure({
  name: "collision-probability",
  title: "How often two embeddings of one class meet",
  caption: () =>
    `Measured: share of ${DRAWS} pairs of normal starts at each ratio with C > 0 (blue), and of those that have met by time 400 (orange), with 95 % Wilson intervals. Theory: p_r = (2/pi) arctan of the ratio; runs of finite length lie below it, as pairs near the separatrix are late.`,
  chart() {
    const [signs, met] = [shares(start => conserved(start) > 0), shares(hasMet)];
    const scatter = (points: typeof signs, colour: string) => ({
      points: points.map(({ ratio, share }) => [ratio, share] as const),
      ranges: points.map(({ range }) => range),
      colour,
    });
    return {
      description: "Points of the sign of C lie on the arctan, finite runs below.",
      x: { label: "ratio sqrt(eta_x / (2 eta_A))", scale: "log", domain: [0.2, 5] },
      y: { label: "probability of meeting", domain: [0, 1] },
      curves: [
        {
          points: Array.from({ length: 61 }, (_, i) => {
            const ratio = 0.2 + (4.8 * i * i) / 3600;
            const etaX = 2 * ratio * ratio;
            return [ratio, collisionProbability({ sigmaA: 1, sigmaC: 1, etaA: 1, etaX })] as const;
          }),
          colour: colours.grey,
          dashed: true,
        },
      ],
      scatters: [scatter(signs, colours.blue), scatter(met, colours.orange)],
      key: [
        { sample: "dashed", text: "theory", colour: colours.grey },
        { sample: "ring", text: "C > 0", colour: colours.blue },
        { sample: "ring", text: "met by time 400", colour: colours.orange },
      ],
    };
  },
});

/** The last embeddings of the first member of a study, by class. */
const lastEmbeddings = (run: RunView, study: TrainStudy) => {
  const own = study.of(run, "embedding").filter(({ chain }) => chain === 0);
  const { values } = own[own.length - 1];
  const { classes } = study.settings(run);
  return Array.from({ length: classes }, (_, remainder) => ({
    points: Array.from({ length: values.length / 2 }, (_, i) => i)
      .filter(i => i % classes === remainder)
      .map(i => [values[2 * i], values[2 * i + 1]] as const),
    colour: series[remainder % series.length],
  }));
};

const kinds = [
  { study: equalRates, title: "Equal rates", ratio: "equal rates" },
  { study: ratioHundred, title: "A decoder a hundred times as fast", ratio: "a ratio of a hundred" },
] as const;

export const embeddingsFigure = chartsFigure({
  name: "embeddings",
  title: "Thirty embeddings and their classes, at the end of training",
  description: "Three clusters at equal rates; no order where the decoder is fast.",
  height: 820,
  needs: [equalRates.has("embedding"), ratioHundred.has("embedding")],
  caption: run =>
    `Measured: the two numbers of each symbol's embedding at the end of one run at equal rates, above, which generalises, and at a ratio of a hundred, below, which memorises; one colour for each remainder modulo ${
      equalRates.settings(run).classes
    }. Theory: with all pairs learned by an injective decoder the embeddings of a class are at one point (theorem 1).`,
  charts: run =>
    kinds.map(({ study, title, ratio }) => ({
      title,
      description: `Embeddings at ${ratio}.`,
      x: { label: `first number of an embedding, ${ratio}` },
      y: { label: "second number" },
      curves: [],
      scatters: lastEmbeddings(run, study),
      ...(study === equalRates && {
        key: [0, 1, 2].map(remainder => ({
          sample: "ring" as const,
          text: `remainder ${remainder}`,
          colour: series[remainder],
        })),
      }),
    })),
});
