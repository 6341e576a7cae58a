import type { Point } from "../../../charts/line-chart.ts";
import { pointsOf } from "../../../charts/points-of.ts";
import { colours } from "../../../charts/theme.ts";
import { chartFigure } from "../../../exhibits/chart-figure.ts";
import { binderCurve } from "../claims/order.ts";
import { temperatures } from "../claims/studies.ts";
import { planeMoments } from "../theory/fluctuations.ts";

const TONES = [colours.blue, colours.green, colours.vermillion];

/** Binder cumulants at three sizes over weight decay, beside exact integrals. */
export const binderFigure = chartFigure({
  name: "binder",
  title: "Binder cumulants cross at the critical decay",
  needs: temperatures.flatMap(({ runs }) => runs.map(each => each.run.has("samples"))),
  caption: run =>
    "Measured: U4 of p = (u + w)/sqrt 2 from Langevin dynamics of the narrowest network with one hidden layer (rings), " +
    `${temperatures.map(({ nBeta, runs }) => `${runs[0]!.run.of(run, "samples")[0]!.samples.length} draws at n = ${nBeta}`).join(", ")}. ` +
    "Theory: integrals of exp(-n L) over the plane (lines). In the limit the curves cross at gamma = N = 1, where U4 = 0.2705.",
  chart: run => ({
    description: "Steeper curves for larger n, crossing near gamma = 1.",
    x: { label: "weight decay gamma" },
    y: { label: "U4" },
    curves: temperatures.map(({ nBeta }, i) => ({
      points: pointsOf(gamma => planeMoments({ N: 1, kappa: 1 }, gamma, nBeta).U4, 0.97, 1.03, 13),
      colour: TONES[i]!,
      label: `n = ${nBeta}`,
    })),
    scatters: temperatures.map((each, i) => ({
      points: binderCurve(run, each).map(({ gamma, U4 }): Point => [gamma, U4]),
      colour: TONES[i]!,
    })),
    levels: [{ label: "0.2705", value: 0.27052 }],
    places: [{ label: "N", value: 1 }],
  }),
});
