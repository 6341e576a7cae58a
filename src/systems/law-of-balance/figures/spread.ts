import type { Figure } from "../../../charts/exhibits.ts";
import { type Curve, lineChart, type Point } from "../../../charts/line-chart.ts";
import { stacked } from "../../../charts/stacked.ts";
import { colours } from "../../../charts/theme.ts";
import type { RunView } from "../../../contracts/run-view.ts";
import { signParameters } from "../model.ts";
import { spreads } from "../studies.ts";
import { depthZeroVariance } from "../theory/laws.ts";
import { gammaLaw } from "../theory/stationary.ts";

const STEP_SIZES = Array.from({ length: 160 }, (_, i) => 0.001 * (i + 1));

const ends = (run: RunView, depth: number): Point[] =>
  spreads[depth].of(run, "spread").flatMap(({ eta, predictors }) => predictors.map((v): Point => [eta, v]));

/** Mean of v by theory, and one standard deviation on both sides. */
const theory = (run: RunView, depth: number): Curve[] => {
  const { k, noiseVar } = spreads[depth].settings(run);
  const momentsAt = (eta: number) =>
    depth === 0
      ? { mean: k, variance: depthZeroVariance(eta, noiseVar) }
      : gammaLaw(signParameters({ k, noiseVar }), eta, 0);
  return [0, -1, 1].map(side => ({
    points: STEP_SIZES.map((eta): Point => {
      const { mean, variance } = momentsAt(eta);
      return [eta, mean + side * Math.sqrt(variance)];
    }),
    colour: colours.vermillion,
    dashed: side !== 0,
    strokeWidth: side === 0 ? 2 : 1.5,
  }));
};

const panel = (run: RunView, depth: number) => (own: Parameters<typeof lineChart>[1]) =>
  lineChart(
    {
      title: depth === 0 ? "No hidden layer" : "One hidden layer",
      description: depth === 0 ? "A spread that grows with the temperature." : "A spread that dies at T_c.",
      x: { label: `temperature T = step size / batch, D = ${depth}`, domain: [0, 0.16] },
      y: { label: `predictor v, D = ${depth}`, domain: depth === 0 ? [-1.1, 1.3] : [-0.02, 0.45] },
      curves: theory(run, depth),
      scatters: [{ points: ends(run, depth), colour: colours.blue, opacity: 0.45 }],
      places: [{ label: "T_c", value: spreads[depth].settings(run).k / spreads[depth].settings(run).noiseVar }],
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
  needs: spreads.map(study => study.has("spread")),
  caption: run =>
    `Measured: the predictors v in which ${ends(run, 0).length} runs of SGD without a hidden layer (above) and ${ends(run, 1).length} with one (below) end, inputs +-1, k = ${spreads[0].settings(run).k}, label noise of variance ${spreads[0].settings(run).noiseVar}, one sample a step. ` +
    "Theory: mean (lines) and one standard deviation around it (broken): k and eta a3/(1 - eta), exact, without a hidden layer; those of the Gamma law with one, whose law is a point at zero above T_c.",
  draw: (run, surface) =>
    stacked(
      { title: "Predictors over the temperature", description: "Spreading at D = 0, dying at D = 1." },
      spreads.map((_, depth) => ({ share: 1, draw: panel(run, depth) })),
      surface,
    ),
};
