import { curve } from "../../../charts/curve.ts";
import type { Point } from "../../../charts/line-chart.ts";
import { colours } from "../../../charts/theme.ts";
import type { RunView } from "../../../contracts/run-view.ts";
import { chartsFigure } from "../../../exhibits/chart-figure.ts";
import { signParameters } from "../model.ts";
import { spreads } from "../studies.ts";
import { depthZeroVariance } from "../theory/laws.ts";
import { gammaLaw } from "../theory/stationary.ts";

const ends = (run: RunView, depth: number): Point[] =>
  spreads[depth].of(run, "spread").flatMap(({ eta, predictors }) => predictors.map((v): Point => [eta, v]));

const looks = [
  { title: "No hidden layer", description: "A spread that grows with the temperature.", domain: [-1.1, 1.3] },
  { title: "One hidden layer", description: "A spread that dies at T_c.", domain: [-0.02, 0.45] },
] as const;

/** Where runs of SGD end over the temperature, without and with a hidden layer. */
export const spreadFigure = chartsFigure({
  name: "spread",
  title: "Noise spreads a linear model and kills a layered one",
  description: "Spreading at D = 0, dying at D = 1.",
  width: 820,
  height: 680,
  needs: spreads.map(study => study.has("spread")),
  caption: run =>
    `Measured: the predictors v in which ${ends(run, 0).length} runs of SGD without a hidden layer (above) and ${ends(run, 1).length} with one (below) end, inputs +-1, k = ${spreads[0].settings(run).k}, label noise of variance ${spreads[0].settings(run).noiseVar}, one sample a step. ` +
    "Theory: mean (lines) and one standard deviation around it (broken): k and eta a3/(1 - eta), exact, without a hidden layer; those of the Gamma law with one, whose law is a point at zero above T_c.",
  charts: run =>
    looks.map(({ domain, ...look }, depth) => {
      const { k, noiseVar } = spreads[depth].settings(run);
      const law = (eta: number) =>
        depth === 0
          ? { mean: k, variance: depthZeroVariance(eta, noiseVar) }
          : gammaLaw(signParameters({ k, noiseVar }), eta, 0);
      // The mean, and one standard deviation on both sides.
      const theory = (side: number) =>
        curve(eta => law(eta).mean + side * Math.sqrt(law(eta).variance), [0.001, 0.16], {
          colour: colours.vermillion,
          dashed: side !== 0,
          strokeWidth: side === 0 ? 2 : 1.5,
        });
      return {
        ...look,
        x: { label: `temperature T = step size / batch, D = ${depth}`, domain: [0, 0.16] },
        y: { label: `predictor v, D = ${depth}`, domain },
        curves: [0, -1, 1].map(theory),
        scatters: [{ points: ends(run, depth), colour: colours.blue, opacity: 0.45 }],
        places: [{ label: "T_c", value: k / noiseVar }],
        ...(depth === 0 && {
          key: [
            { sample: "ring", text: "ends of runs", colour: colours.blue },
            { sample: "line", text: "mean", colour: colours.vermillion },
            { sample: "dashed", text: "standard deviation", colour: colours.vermillion },
          ],
        }),
      };
    }),
});
