import type { Figure, RunView } from "../../../charts/exhibits.ts";
import { type Curve, lineChart, type Point } from "../../../charts/line-chart.ts";
import { stacked } from "../../../charts/stacked.ts";
import { colours } from "../../../charts/theme.ts";
import { spreadStudy } from "../studies.ts";
import { depthZeroVariance, gammaLaw } from "../theory.ts";

const law = { a3: 1, b1: 1, b2: 0.1 };
const GRID = Array.from({ length: 160 }, (_, i) => 0.001 * (i + 1));

const ends = (run: RunView, depth: number): Point[] =>
  run
    .records(spreadStudy(depth), "spread")
    .flatMap(({ eta, predictors }) => (predictors as readonly number[]).map((v): Point => [eta as number, v]));

/** Mean and variance of v by theory. */
const momentsAt = (depth: number, eta: number): { readonly mean: number; readonly variance: number } =>
  depth === 0 ? { mean: law.b2 / law.b1, variance: depthZeroVariance(eta, law.a3) } : gammaLaw(law, eta, 0);

const theory = (depth: number): Curve[] =>
  [0, -1, 1].map(side => ({
    points: GRID.map((eta): Point => {
      const { mean, variance } = momentsAt(depth, eta);
      return [eta, mean + side * Math.sqrt(variance)];
    }),
    colour: colours.vermillion,
    dashed: side !== 0,
    strokeWidth: side === 0 ? 2 : 1.5,
  }));

const panel = (run: RunView, depth: number) => (own: Parameters<typeof lineChart>[1]) =>
  lineChart(
    {
      title: depth === 0 ? "No hidden layer" : "One hidden layer",
      description: depth === 0 ? "A spread that grows with the temperature." : "A spread that dies at T_c.",
      x: { label: `temperature T = step size / batch, D = ${depth}`, domain: [0, 0.16] },
      y: { label: `predictor v, D = ${depth}`, domain: depth === 0 ? [-1.1, 1.3] : [-0.02, 0.45] },
      curves: theory(depth),
      scatters: [{ points: ends(run, depth), colour: colours.blue, opacity: 0.45 }],
      places: [{ label: "T_c", value: law.b2 / law.a3 }],
      ...(depth === 0 && {
        key: [
          { sample: "ring" as const, text: "ends of runs", colour: colours.blue },
          { sample: "line" as const, text: "mean", colour: colours.vermillion },
          { sample: "dashed" as const, text: "standard deviation", colour: colours.vermillion },
        ],
      }),
    },
    own,
  );

/** Where runs of SGD end over the temperature, without and with a hidden layer. */
export const spreadFigure: Figure = {
  name: "spread",
  title: "Noise spreads a linear model and kills a layered one",
  width: 820,
  height: 680,
  needs: [0, 1].map(depth => ({ study: spreadStudy(depth), kind: "spread" })),
  caption: run =>
    `Measured: the predictors v in which ${ends(run, 0).length} runs of SGD without a hidden layer (above) and ${ends(run, 1).length} with one (below) end, inputs +-1, k = 0.1, label noise of variance 1, one sample a step. ` +
    "Theory: mean (lines) and one standard deviation around it (broken): k and eta a3/(1 - eta), exact, without a hidden layer; those of the Gamma law with one, whose law is a point at zero above T_c.",
  draw: (run, surface) =>
    stacked(
      { title: "Predictors over the temperature", description: "Spreading at D = 0, dying at D = 1." },
      [0, 1].map(depth => ({ share: 1, draw: panel(run, depth) })),
      surface,
    ),
};
