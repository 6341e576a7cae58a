import type { Exhibits, Figure } from "../../../charts/exhibits.ts";
import { lineChart, type Point } from "../../../charts/line-chart.ts";
import { colours } from "../../../charts/theme.ts";
import { gammaLaw } from "../theory.ts";

const law = { a3: 1, b1: 1, b2: 0.1 };
const POINTS = Array.from({ length: 119 }, (_, i) => 0.001 * (i + 1));

/** Mean and variance of v over the temperature: the fluctuations grow, then die with the mean. */
const gammaFigure: Figure = {
  name: "gamma-law",
  title: "The predictor of SGD with inputs of one size: a Gamma law up to T_c",
  width: 760,
  height: 420,
  needs: [
    { study: "gamma-law", kind: "final" },
    { study: "gamma-sparse", kind: "final" },
  ],
  caption: () =>
    "Measured: mean and standard deviation of v = u w under SGD with one sample a step, k = 0.1, noise of variance 1, at step sizes 0.02 and 0.12 (rings). " +
    "Theory: the Gamma law with mean (b2 - T a3)/b1 and variance 2 T a3 (b2 - T a3)/b1^2 below T_c = 0.1, a point at zero above (lines).",
  draw: (run, surface) => {
    const measured = (["gamma-law", "gamma-sparse"] as const).flatMap(study => {
      const eta = run.study(study)?.settings.eta as number;
      return run.records(study, "final").map(({ mean, variance }) => ({
        eta,
        mean: mean as number,
        spread: Math.sqrt(variance as number),
      }));
    });
    return lineChart(
      {
        title: "Mean and standard deviation of the predictor",
        description: "The mean falls on a line to zero at T_c; the spread rises and falls.",
        x: { label: "temperature T = step size / batch" },
        y: { label: "v" },
        curves: [
          { points: POINTS.map((T): Point => [T, gammaLaw(law, T, 0).mean]), colour: colours.blue, label: "mean" },
          {
            points: POINTS.map((T): Point => [T, Math.sqrt(gammaLaw(law, T, 0).variance)]),
            colour: colours.vermillion,
            label: "standard deviation",
          },
        ],
        scatters: [
          { points: measured.map(({ eta, mean }): Point => [eta, mean]), colour: colours.blue },
          { points: measured.map(({ eta, spread }): Point => [eta, spread]), colour: colours.vermillion },
        ],
        places: [{ label: "T_c", value: 0.1 }],
      },
      surface,
    );
  },
};

export const lawOfBalanceExhibits: Exhibits = {
  figures: [gammaFigure],
  tables: [],
  formulae: [
    {
      tex: String.raw`(u^2 - w^2)_{t+1} = (u^2 - w^2)_t \bigl[(1 - 2\eta\gamma)^2 - \eta^2 G_t^2\bigr]`,
      meaning: "What one step of SGD does to the imbalance of two layers, exactly.",
      where: "Theorem 3.1 in discrete time",
    },
  ],
  bibtex: `@article{ziyin2023balance,
  title         = {Law of Balance and Stationary Distribution of Stochastic Gradient Descent},
  author        = {Ziyin, Liu and Li, Hongchao and Ueda, Masahito},
  year          = {2023},
  eprint        = {2308.06671},
  archivePrefix = {arXiv}
}`,
};
