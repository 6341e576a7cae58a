import { curve } from "../../../charts/curve.ts";
import { colours } from "../../../charts/theme.ts";
import { chartFigure } from "../../../exhibits/chart-figure.ts";
import { signParameters } from "../model.ts";
import { gammaRuns, sparseRuns, temperatureRuns } from "../studies.ts";
import { gammaLaw } from "../theory/stationary.ts";

const TEMPERATURES = [0.001, 0.15] as const;

const studies = [gammaRuns, sparseRuns, ...temperatureRuns];

/** Mean and variance of v over the temperature: the fluctuations grow, then die with the mean. */
export const gammaFigure = chartFigure({
  name: "gamma-law",
  title: "The predictor of SGD with inputs of one size: a Gamma law up to T_c",
  needs: studies.map(study => study.has("final")),
  caption(run) {
    const { k, noiseVar } = gammaRuns.settings(run);
    return (
      `Measured: mean and standard deviation of v = u w under SGD with one sample a step, k = ${k}, noise of variance ${noiseVar}, at ${studies.length} step sizes, each over many runs (rings). ` +
      `Theory: the Gamma law with mean (b2 - T a3)/b1 and variance 2 T a3 (b2 - T a3)/b1^2 below T_c = ${k / noiseVar}, a point at zero above (lines). ` +
      "Runs a little above T_c are still on their way to zero when they are looked at."
    );
  },
  chart(run) {
    const law = (T: number) => gammaLaw(signParameters(gammaRuns.settings(run)), T, 0);
    const measured = studies.flatMap(study =>
      study.of(run, "final").map(final => ({ ...final, T: study.settings(run).stepSize })),
    );
    return {
      description: "The mean falls on a line to zero at T_c; the spread rises and falls.",
      x: { label: "temperature T = step size / batch" },
      y: { label: "mean and standard deviation of v" },
      curves: [
        curve(T => law(T).mean, TEMPERATURES, { colour: colours.blue, label: "mean" }),
        curve(T => Math.sqrt(law(T).variance), TEMPERATURES, {
          colour: colours.vermillion,
          label: "standard deviation",
        }),
      ],
      scatters: [
        { points: measured.map(({ T, mean }) => [T, mean]), colour: colours.blue },
        { points: measured.map(({ T, variance }) => [T, Math.sqrt(variance)]), colour: colours.vermillion },
      ],
      places: [{ label: "T_c", value: law(1).Tc }],
    };
  },
});
