import type { LineChart } from "../../../charts/line-chart.ts";
import { colours } from "../../../charts/theme.ts";
import type { RunView } from "../../../contracts/run-view.ts";
import { chartsFigure } from "../../../exhibits/chart-figure.ts";
import { deviationQuantiles, measuredFamilies } from "../claims/deviations.ts";
import { DELTA, deviations } from "../claims/studies.ts";
import { classicBound, dkwBound, rademacherBound } from "../theory/deviation.ts";
import { boundCurve, quantileRings, repetitions, sizeAxis, vacuous } from "./bounds.ts";

const chartOf = (run: RunView, { family, d }: (typeof measuredFamilies)[number]): LineChart => {
  const quantiles = deviationQuantiles(run, family, 1 - DELTA);
  return {
    title: `Uniform deviation of ${family}`,
    description: "Measured deviations fall in parallel with the bounds, three to four times below.",
    x: sizeAxis,
    y: { label: `uniform deviation, ${family}`, scale: "log" },
    curves: [
      boundCurve(quantiles, N => classicBound(N, d, DELTA), { colour: colours.purple, label: "classic" }),
      boundCurve(quantiles, N => rademacherBound(N, d, DELTA), { colour: colours.vermillion, label: "rademacher" }),
      ...(family === "thresholds"
        ? [boundCurve(quantiles, N => dkwBound(N, DELTA), { colour: colours.green, label: "dkw" })]
        : []),
    ],
    scatters: [quantileRings(quantiles, colours.blue)],
    regions: [vacuous],
    key: [{ sample: "ring", text: "measured, 95 % of samples", colour: colours.blue }],
  };
};

export const deviationFigure = chartsFigure({
  name: "uniform-deviation",
  title: "Largest deviation over a tame family, and what its VC dimension allows",
  description: "Thresholds above, intervals below.",
  needs: [deviations.has("sample")],
  caption: run =>
    `Measured: the 95 % quantile of the largest distance of empirical and true probability, exact over the family, with 95 % intervals; ${repetitions(deviationQuantiles(run, "thresholds", 1 - DELTA))}. ` +
    "Theory: the bounds classic and rademacher from VC dimension 1 (thresholds) and 2 (intervals), and dkw for thresholds alone, at delta = 0.05.",
  charts: run => measuredFamilies.map(each => chartOf(run, each)),
});
