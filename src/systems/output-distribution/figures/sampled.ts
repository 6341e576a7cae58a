import type { LineChart } from "../../../charts/line-chart.ts";
import { colours } from "../../../charts/theme.ts";
import type { RunView } from "../../../contracts/run-view.ts";
import { chartsFigure } from "../../../exhibits/chart-figure.ts";
import { segmentScan } from "../../../transitions/dissimilarity/index.ts";
import { sampledIsing, sampledMagnets } from "../claims/studies.ts";
import type { PlaceRecord, ScanRecord } from "../protocols/magnets.ts";
import { magnetLaws } from "../theory/curie-weiss.ts";
import { gridOf } from "../theory/index.ts";
import { kaufmanPeaks } from "../theory/kaufman.ts";

/** Splits in order, with the values of each estimator's first runs. */
const SHOWN = 6;

const scatterOf = (
  records: readonly (ScanRecord & { readonly chain: number })[],
  estimator: string,
  colour: string,
) => {
  const own = records.filter(each => each.estimator === estimator && each.chain < SHOWN);
  return {
    points: own.map(({ split, value }) => [split, value] as const),
    ranges: own.map(({ value, error }) => [value - 1.96 * error, value + 1.96 * error] as const),
    colour,
    opacity: 0.5,
  };
};

/** Intervals of runs, each at a height of its own. */
const intervalsChart = (
  records: readonly (PlaceRecord & { readonly chain: number })[],
  rows: readonly { readonly estimator: PlaceRecord["estimator"]; readonly colour: string; readonly text: string }[],
  place: number,
  label: string,
  domain: readonly [number, number],
): LineChart => {
  const shown = records.filter(({ found, chain }) => found && chain < 20);
  return {
    title: "Places with their 95 % intervals",
    description: "One line for each of the first runs, with the place where the transition is.",
    x: { label: "temperature", domain },
    y: { label: "run" },
    curves: rows.flatMap(({ estimator, colour }, row) =>
      shown
        .filter(each => each.estimator === estimator)
        .map(({ low, high, chain }) => ({
          points: [
            [low as number, chain + 1 + 0.35 * row],
            [high as number, chain + 1 + 0.35 * row],
          ] as const,
          colour,
        })),
    ),
    scatters: rows.map(({ estimator, colour }, row) => ({
      points: shown
        .filter(each => each.estimator === estimator)
        .map(({ location, chain }) => [location as number, chain + 1 + 0.35 * row] as const),
      colour,
    })),
    places: [{ label, value: place }],
    key: rows.map(({ colour, text }) => ({ sample: "ring", text, colour }) as const),
  };
};

const magnetScan = (run: RunView): LineChart => {
  const { N, from, to, step, L } = sampledMagnets.settings(run);
  const T = gridOf({ lo: from, hi: to, step });
  const { splits, lin } = segmentScan(T.map(magnetLaws(N)), T, L);
  return {
    title: `${N} Curie-Weiss spins`,
    description: "Estimates of the first runs around the exact scan.",
    x: { label: "temperature", domain: [from, to] },
    y: { label: `lin, L = ${L}` },
    curves: [
      { points: splits.map((split, i) => [split, lin[i]] as const), colour: colours.vermillion, label: "exact" },
    ],
    scatters: [scatterOf(sampledMagnets.of(run, "scan"), "scores", colours.blue)],
    key: [{ sample: "ring", text: "estimates, 95 %", colour: colours.blue }],
  };
};

const exactPlace = (run: RunView): number => {
  const { N, from, to, step, L } = sampledMagnets.settings(run);
  const T = gridOf({ lo: from, hi: to, step });
  const { splits, lin } = segmentScan(T.map(magnetLaws(N)), T, L);
  return splits[lin.indexOf(Math.max(...lin))];
};

export const sampledMagnetFigure = chartsFigure({
  name: "sampled-curie-weiss",
  title: "A magnet from samples: estimates around the exact scan, and the places that are read off",
  description: "Estimates with errors above, places with intervals below.",
  height: 760,
  needs: [sampledMagnets.has("scan"), sampledMagnets.has("place")],
  caption: run => {
    const { n } = sampledMagnets.settings(run);
    return (
      `Measured: reduced estimates of lin from ${n} draws at each temperature, scored at all temperatures, of the first ${SHOWN} of ${sampledMagnets.of(run, "place").length} runs (rings, 95 %); below, places and 95 % intervals of the first 20. ` +
      "Theory: the scan of the exact law of |M| (line) and its peak (dotted). To the left of the peak the scan is nearly flat, which is why intervals reach far on that side."
    );
  },
  charts: run => {
    const { from, to } = sampledMagnets.settings(run);
    return [
      magnetScan(run),
      intervalsChart(
        sampledMagnets.of(run, "place"),
        [{ estimator: "scores", colour: colours.blue, text: "scored samples" }],
        exactPlace(run),
        "peak of the exact scan",
        [from, to],
      ),
    ];
  },
});

export const sampledIsingFigure = chartsFigure({
  name: "sampled-ising",
  title: "Ising spins from cluster flips, with and without their probabilities",
  description: "Estimates by scores and by histograms above, places with intervals below.",
  height: 760,
  needs: [sampledIsing.has("scan"), sampledIsing.has("place")],
  caption: run => {
    const { side, n, bins } = sampledIsing.settings(run);
    return (
      `Measured: ${n} energies of ${side} x ${side} spins at each temperature by Wolff's algorithm, scored with Kaufman's ln Z (blue), and as a black box by histograms in ${bins} bins less their floor (green), of the first ${SHOWN} of ${sampledIsing.of(run, "place").length / 2} runs; 95 %. ` +
      "Theory: the maximum of the Fisher information by Kaufman's formula (dotted). Intervals hold it in most runs; those of histograms are about three times as wide."
    );
  },
  charts: run => {
    const { side, from, to, L } = sampledIsing.settings(run);
    const records = sampledIsing.of(run, "scan");
    const rows = [
      { estimator: "scores", colour: colours.blue, text: "scored samples" },
      { estimator: "counts", colour: colours.green, text: "histograms" },
    ] as const;
    const place = kaufmanPeaks(side).F;
    return [
      {
        title: `${side} x ${side} Ising spins`,
        description: "Estimates of the first runs.",
        x: { label: "temperature", domain: [from, to] },
        y: { label: `lin, L = ${L}` },
        curves: [],
        scatters: rows.map(({ estimator, colour }) => scatterOf(records, estimator, colour)),
        places: [{ label: "largest F", value: place }],
        key: rows.map(({ colour, text }) => ({ sample: "ring", text, colour }) as const),
      },
      intervalsChart(sampledIsing.of(run, "place"), rows, place, "largest F", [from, to]),
    ];
  },
});
