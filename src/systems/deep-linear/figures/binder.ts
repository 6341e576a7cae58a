import type { Figure } from "../../../charts/exhibits.ts";
import { lineChart, type Point } from "../../../charts/line-chart.ts";
import { colours } from "../../../charts/theme.ts";
import { binderCurve } from "../claims/order.ts";
import { DECAYS, langevinStudy, TEMPERATURES } from "../claims/studies.ts";
import { planeMoments } from "../theory/fluctuations.ts";

const TONES = [colours.blue, colours.green, colours.vermillion];

/** Binder cumulants at three sizes over weight decay, beside exact integrals. */
export const binderFigure: Figure = {
  name: "binder",
  title: "Binder cumulants cross at the critical decay",
  width: 760,
  height: 420,
  needs: TEMPERATURES.flatMap(n => DECAYS.map(gamma => ({ study: langevinStudy(n, gamma), kind: "samples" }))),
  caption: run =>
    "Measured: U4 of p = (u + w)/sqrt 2 from Langevin dynamics of the narrowest network with one hidden layer (rings), " +
    `${TEMPERATURES.map(n => `${(run.records(langevinStudy(n, 1), "samples")[0]?.samples as readonly number[] | undefined)?.length ?? 0} draws at n = ${n}`).join(", ")}. ` +
    "Theory: integrals of exp(-n L) over the plane (lines). In the limit the curves cross at gamma = N = 1, where U4 = 0.2705.",
  draw: (run, surface) =>
    lineChart(
      {
        title: "Binder cumulants of p at n = 100, 400, 1600",
        description: "Steeper curves for larger n, crossing near gamma = 1.",
        x: { label: "weight decay gamma" },
        y: { label: "U4" },
        curves: TEMPERATURES.map((n, i) => ({
          points: Array.from({ length: 13 }, (_, k): Point => {
            const gamma = 0.97 + 0.005 * k;
            return [gamma, planeMoments({ N: 1, kappa: 1 }, gamma, n).U4];
          }),
          colour: TONES[i]!,
          label: `n = ${n}`,
        })),
        scatters: TEMPERATURES.map((n, i) => ({
          points: binderCurve(run, n).map(({ gamma, U4 }): Point => [gamma, U4]),
          colour: TONES[i]!,
        })),
        levels: [{ label: "0.2705", value: 0.27052 }],
        places: [{ label: "N", value: 1 }],
      },
      surface,
    ),
};
