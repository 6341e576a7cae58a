import type { LineChart } from "../../../charts/line-chart.ts";
import { colours } from "../../../charts/theme.ts";
import type { RunView } from "../../../contracts/run-view.ts";
import { chartsFigure } from "../../../exhibits/chart-figure.ts";
import { segmentScan } from "../../../transitions/dissimilarity/index.ts";
import { falseAlarms } from "../claims/studies.ts";
import { gridOf } from "../theory/index.ts";
import { shapeFamilies } from "../theory/shapes.ts";

const LENGTHS = [
  { L: 1, colour: colours.blue },
  { L: 2, colour: colours.green },
  { L: 4, colour: colours.vermillion },
] as const;

const shapeChart = (shape: "step" | "outlier" | "ramp", title: string): LineChart => {
  const families = shapeFamilies({ p: [0.8, 0.2], q: [0.3, 0.7], K: 24, j: 11, ramp: 6 });
  const T = families[shape].map((_, k) => k);
  return {
    title,
    description: "Scans with three lengths of segments.",
    x: { label: "value of the control, by its number" },
    y: { label: "lin", domain: [0, 0.27] },
    curves: LENGTHS.map(({ L, colour }) => {
      const { splits, lin } = segmentScan(families[shape], T, L);
      return { points: splits.map((split, i) => [split, lin[i]] as const), colour, label: `L = ${L}` };
    }),
  };
};

export const shapesFigure = chartsFigure({
  name: "shapes",
  title: "What a change looks like: a boundary, a single value that differs, a ramp",
  description: "The height over the length of the segments tells them apart.",
  height: 900,
  needs: [],
  caption: () =>
    "Measured: scans of families made of p = (0.8, 0.2) and q = (0.3, 0.7), without noise. Theory: at a boundary the height is the same at every length; that of a single value falls, with twin peaks at L = 1 and a plateau at larger L; that of a ramp of six values grows.",
  charts: () => [
    shapeChart("step", "Boundary"),
    shapeChart("outlier", "A single value that differs"),
    shapeChart("ramp", "Ramp"),
  ],
});

const BINS = gridOf({ lo: 1.5, hi: 6.5, step: 0.25 });

/** Share of runs whose largest value is at least so much. */
const survival = (values: readonly number[]) =>
  BINS.map(at => [at, values.filter(value => value >= at).length / values.length] as const);

const alarmChart = (run: RunView): LineChart => {
  const records = falseAlarms.of(run, "sample");
  const largest = records.map(each => each.largest);
  const expected = records.reduce((sum, each) => sum + each.expected, 0) / records.length;
  return {
    title: "Largest value of scans in which nothing changes",
    description: "Share of runs whose scan has a value at least as large.",
    x: { label: "largest value, in standard deviations of the scan" },
    y: { label: "share of runs", domain: [0, 1] },
    curves: [{ points: survival(largest), colour: colours.blue, label: "measured" }],
    places: [{ label: "mean of redrawn scans", value: expected }],
    levels: [{ label: "5 %", value: 0.05 }],
  };
};

export const alarmsFigure = chartsFigure({
  name: "false-alarms",
  title: "False alarms: how large a scan gets by chance",
  description: "Counts of one distribution at every value of the control.",
  height: 420,
  needs: [falseAlarms.has("sample")],
  caption: run => {
    const records = falseAlarms.of(run, "sample");
    const [alarms, found] = [records.filter(({ alarm }) => alarm).length, records.filter(each => each.found).length];
    return (
      `Measured: ${records.length} runs of ${falseAlarms.settings(run).values} values of the control with ${falseAlarms.settings(run).n} samples each; ${alarms} exceed the threshold of redrawn scans, ${found} are reported as transitions. ` +
      "Theory: scans redrawn from the pooled distribution say how large they get on average (dotted)."
    );
  },
  charts: run => [alarmChart(run)],
});
