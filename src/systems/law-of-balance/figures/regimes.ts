import { curve } from "../../../charts/curve.ts";
import { colours } from "../../../charts/theme.ts";
import { chartFigure } from "../../../exhibits/chart-figure.ts";
import { gaussianParameters } from "../model.ts";
import { SMALL } from "../protocols/regimes.ts";
import { regimeMap } from "../studies.ts";
import { criticalTemperature, lastModeTemperature } from "../theory/laws.ts";

const TOP = 0.55;

/** Exponents below this are those of walkers that never stop falling. */
const COLLAPSED = 0.1;

const kinds = [
  { text: "collapsed", colour: colours.grey, opacity: 0.6, holds: (a: number) => a <= COLLAPSED },
  { text: "rising towards zero", colour: colours.orange, holds: (a: number) => a > COLLAPSED && a <= 1 },
  { text: "away from zero", colour: colours.sky, holds: (a: number) => a > 1 },
];

/** Regimes of the stationary law at depth 1, over label noise and temperature. */
export const regimesFigure = chartFigure({
  name: "regimes",
  title: "Regimes of SGD with one hidden layer",
  width: 820,
  height: 500,
  needs: [regimeMap.has("cell")],
  caption: run =>
    `Measured: how the density of v goes to zero in ${regimeMap.of(run, "cell").length} simulations of the Langevin limit, k = ${regimeMap.settings(run).k}, Gaussian inputs, by the exponent a of P(v < e) ~ e^a below e = ${SMALL}: ` +
    `no density at zero, a > 1 or no walker there (blue); a density that rises towards zero (orange); walkers that never stop falling, a < ${COLLAPSED} (grey). ` +
    "Theory: a = (T_c/T - 1)/2, so that zero takes over at T_c/3 and takes everything at T_c; T* is where the mode besides zero is lost.",
  chart(run) {
    const { k } = regimeMap.settings(run);
    const Tc = (noiseVar: number): number => criticalTemperature(gaussianParameters(k, noiseVar));
    // T* parts the laws with a mode besides zero from those without: only between T_c / 3 and T_c.
    const Tstar = (noiseVar: number): number | null => {
      const T = lastModeTemperature(k, noiseVar);
      return T !== null && T > Tc(noiseVar) / 3 && T < Tc(noiseVar) ? T : null;
    };
    const line = (temperature: (noiseVar: number) => number | null, label: string, colour: string, dashed = false) =>
      curve(
        noiseVar => {
          const T = temperature(noiseVar);
          return T === null || T > TOP ? null : T;
        },
        [0.05, 2.6],
        { label, colour, dashed, strokeWidth: 2 },
      );
    return {
      description: "Three lines that fall with label noise: T_c, T* and T_c/3.",
      x: { label: "variance of the label noise", domain: [0, 2.6] },
      y: { label: "temperature T", domain: [0, TOP] },
      curves: [
        line(Tc, "T_c", colours.vermillion),
        line(Tstar, "T*", colours.purple, true),
        line(noiseVar => Tc(noiseVar) / 3, "T_c/3", colours.green),
      ],
      scatters: kinds.map(({ holds, text: _, ...look }) => ({
        ...look,
        points: regimeMap
          .of(run, "cell")
          .filter(({ exponent }) => holds(exponent ?? Infinity))
          .map(({ noiseVar, T }) => [noiseVar, T]),
      })),
      key: kinds.map(({ text, colour }) => ({ sample: "ring" as const, text, colour })).reverse(),
    };
  },
});
