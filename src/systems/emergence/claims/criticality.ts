import { type Claim, claim } from "../../../contracts/claim.ts";
import { above, fraction, jackknifeComparison, known, meanComparison, near } from "../../../contracts/comparisons.ts";
import type { RunView } from "../../../contracts/run-view.ts";
import { log } from "../../../numerics/elementary.ts";
import { variance } from "../../../numerics/statistics.ts";
import { ouTheory } from "../../../transitions/emergence/early-warning.ts";
import { variancePeak } from "../../../transitions/emergence/replicate-stats.ts";
import { GROWTH, growthTimes, momentsAt } from "../model/growth.ts";
import { RATES } from "../protocols/slowing-down.ts";
import { growth, slowingDown } from "./studies.ts";

/** Variance over members at each time. */
export const variancesOf = (run: RunView): readonly number[] => {
  const members = growth.of(run, "sample");
  return growthTimes.map((_, i) => variance(members.map(({ order }) => order[i])));
};

const seriesOf = (run: RunView, name: keyof typeof RATES) =>
  slowingDown.of(run, "sample").filter(({ series }) => series === name);

export const criticalityClaims: readonly Claim[] = [
  claim("variance-peaks", "section 6", {
    statement:
      "Growth from random small values makes the variance over seeds peak inside the range, near T = ln 1000, more than ten times above its median.",
    routes: {
      measured: "integrated growth of an ensemble",
      predicted:
        "ln 1000 = 6.908, where the mean seed crosses over; the variance of the closed form over the law of seeds, by quadrature",
      kind: "solved",
    },
    studies: [growth],
    measure: run => {
      const members = growth.of(run, "sample");
      const peak = variancePeak(variancesOf(run));
      const predicted = momentsAt(growthTimes[peak.at]).variance;
      return [
        ...known("formula", near("time of the peak", growthTimes[peak.at], -log(GROWTH.mean), 0.5)),
        ...known("bound", above("peak over median", peak.ratio, 10)),
        jackknifeComparison(
          "variance at the peak",
          members.map(({ order }) => order[peak.at]),
          variance,
          { predicted, tolerance: 0.08 * predicted },
        ),
      ];
    },
  }),

  claim("warnings-are-calibrated", "section 6", {
    statement:
      "Judged by surrogates, rising variance and autocorrelation are false alarms in at most 16 % of stationary series at a nominal 5 %, and are seen in more than half of those that slow down.",
    routes: {
      measured: "exact steps of a process of Ornstein and Uhlenbeck; Kendall's tau with a surrogate p-value",
      predicted: "at most 16 % and at least half, stated beforehand",
      kind: "bound",
    },
    studies: [slowingDown],
    measure: run => {
      const [stationary, slowing] = [seriesOf(run, "stationary"), seriesOf(run, "slowing")];
      return [
        fraction("stationary: variance", stationary, ({ pVariance }) => pVariance <= 0.05, { below: 0.16 }),
        fraction("stationary: autocorrelation", stationary, ({ pAr1 }) => pAr1 <= 0.05, { below: 0.16 }),
        fraction("slowing: variance", slowing, ({ pVariance }) => pVariance <= 0.05, { above: 0.5 }),
        fraction("slowing: autocorrelation", slowing, ({ pAr1 }) => pAr1 <= 0.05, { above: 0.5 }),
      ];
    },
  }),

  claim("slowing-down", "section 6", {
    statement:
      "Seen every dt, noisy return at rate lambda has autocorrelation exp(-lambda dt) and variance sigma^2/(2 lambda).",
    routes: { measured: "moments of stationary series", predicted: "closed forms, within 4 %", kind: "formula" },
    studies: [slowingDown],
    measure: run => {
      const { dt, sigma } = slowingDown.settings(run);
      const theory = ouTheory(RATES.stationary[0], dt, sigma);
      const series = seriesOf(run, "stationary");
      return (["ar1", "variance"] as const).map(name =>
        meanComparison(
          name,
          series.map(record => record[name]),
          { predicted: theory[name], tolerance: 0.04 * theory[name] },
        ),
      );
    },
  }),
];
