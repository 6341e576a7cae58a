import type { Figure } from "../../../charts/exhibits.ts";
import { lineChart, type Point } from "../../../charts/line-chart.ts";
import { colours } from "../../../charts/theme.ts";
import type { RunView } from "../../../contracts/run-view.ts";
import { gaussianParameters } from "../model.ts";
import { SMALL } from "../protocols/regimes.ts";
import { regimeMap } from "../studies.ts";
import { criticalTemperature, lastModeTemperature } from "../theory/laws.ts";

const NOISES = Array.from({ length: 140 }, (_, i) => 0.05 + (2.55 * i) / 139);
const TOP = 0.55;

/** Exponents below this are those of walkers that never stop falling. */
const COLLAPSED = 0.1;

type Kind = "away" | "piled" | "dead";

const cells = (run: RunView, kind: Kind): Point[] =>
  regimeMap.of(run, "cell").flatMap(({ noiseVar, T, exponent: a }): Point[] => {
    const own: Kind = a === null || a > 1 ? "away" : a > COLLAPSED ? "piled" : "dead";
    return own === kind ? [[noiseVar, T]] : [];
  });

const along = (temperature: (noiseVar: number) => number | null): Point[] =>
  NOISES.flatMap((noiseVar): Point[] => {
    const T = temperature(noiseVar);
    return T === null || T > TOP ? [] : [[noiseVar, T]];
  });

const Tc = (k: number, noiseVar: number): number => criticalTemperature(gaussianParameters(k, noiseVar));

/** T* where it parts the laws with a mode besides zero from those without: between T_c / 3 and T_c. */
const Tstar = (k: number, noiseVar: number): number | null => {
  const T = lastModeTemperature(k, noiseVar);
  return T !== null && T > Tc(k, noiseVar) / 3 && T < Tc(k, noiseVar) ? T : null;
};

/** Regimes of the stationary law at depth 1, over label noise and temperature. */
export const regimesFigure: Figure = {
  name: "regimes",
  title: "Regimes of SGD with one hidden layer",
  width: 820,
  height: 500,
  needs: [regimeMap.has("cell")],
  caption: run =>
    `Measured: how the density of v goes to zero in ${regimeMap.of(run, "cell").length} simulations of the Langevin limit, k = ${regimeMap.settings(run).k}, Gaussian inputs, by the exponent a of P(v < e) ~ e^a below e = ${SMALL}: ` +
    `no density at zero, a > 1 or no walker there (blue); a density that rises towards zero (orange); walkers that never stop falling, a < ${COLLAPSED} (grey). ` +
    "Theory: a = (T_c/T - 1)/2, so that zero takes over at T_c/3 and takes everything at T_c; T* is where the mode besides zero is lost.",
  draw(run, surface) {
    const { k } = regimeMap.settings(run);
    return lineChart(
      {
        title: "Regimes",
        description: "Three lines that fall with label noise: T_c, T* and T_c/3.",
        x: { label: "variance of the label noise", domain: [0, 2.6] },
        y: { label: "temperature T", domain: [0, TOP] },
        curves: [
          { points: along(noiseVar => Tc(k, noiseVar)), colour: colours.vermillion, strokeWidth: 2, label: "T_c" },
          {
            points: along(noiseVar => Tstar(k, noiseVar)),
            colour: colours.purple,
            strokeWidth: 2,
            dashed: true,
            label: "T*",
          },
          { points: along(noiseVar => Tc(k, noiseVar) / 3), colour: colours.green, strokeWidth: 2, label: "T_c/3" },
        ],
        scatters: [
          { points: cells(run, "dead"), colour: colours.grey, opacity: 0.6 },
          { points: cells(run, "piled"), colour: colours.orange },
          { points: cells(run, "away"), colour: colours.sky },
        ],
        key: [
          { sample: "ring", text: "away from zero", colour: colours.sky },
          { sample: "ring", text: "rising towards zero", colour: colours.orange },
          { sample: "ring", text: "collapsed", colour: colours.grey },
        ],
      },
      surface,
    );
  },
};
