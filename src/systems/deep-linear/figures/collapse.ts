import type { Point } from "../../../charts/line-chart.ts";
import { colours } from "../../../charts/theme.ts";
import { chartsFigure } from "../../../exhibits/chart-figure.ts";
import { collapses } from "../claims/studies.ts";
import { scaledPoints } from "../claims/training.ts";
import { criticalPoint, stationaryNorms } from "../theory/critical.ts";

const COUNT = collapses[0]!.sweeps.length;

/** The learned minimum at N = kappa = 1, denser towards its end. */
const curve = (D: number, end: number): Point[] =>
  Array.from({ length: 200 }, (_, i): Point => {
    const G = end * (1 - (i / 199) * (i / 199));
    return [G, stationaryNorms({ D, N: 1, kappa: 1 }, G).at(-1) ?? 0];
  });

/** Networks of different strength, variance, width and noise on one curve, at D = 1 and D = 2. */
export const collapseFigure = chartsFigure({
  name: "scaling-collapse",
  title: "Scaling collapse: every isotropic network of a depth is one",
  width: 820,
  height: 680,
  needs: collapses.flatMap(({ sweeps }) => sweeps.map(sweep => sweep.has("sweep"))),
  caption: () =>
    `Measured: norms of layers in slow sweeps of ${COUNT} linear networks a depth, three values each of target strength, input variance, width and noise, ` +
    "in the units of section 2.3: S = s (N/kappa)^(-1/(D+1)), G = gamma / (N (N/kappa)^((D-1)/(D+1))) (rings). Theory: the learned minimum at N = kappa = 1 (lines).",
  description: "All points on one curve for each depth.",
  charts: run =>
    collapses.map(({ D, sweeps }) => {
      const end = criticalPoint({ D, N: 1, kappa: 1 }).gamma_spinodal_up as number;
      return {
        title: `Scaled norms at D = ${D}`,
        description: `${COUNT} sweeps.`,
        x: { label: `scaled decay G, D = ${D}`, domain: [0, end * 1.04] },
        y: { label: "scaled norm S", domain: [0, 1.05] },
        curves: [{ points: curve(D, end), colour: colours.grey, strokeWidth: 2 }],
        scatters: sweeps.map((sweep, i) => ({
          points: scaledPoints(run, sweep).map(({ G, S }): Point => [G, S]),
          colour: Object.values(colours)[i % 7]!,
        })),
      };
    }),
});
