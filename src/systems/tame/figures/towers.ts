import type { Curve, LineChart } from "../../../charts/line-chart.ts";
import { colours } from "../../../charts/theme.ts";
import type { RunView } from "../../../contracts/run-view.ts";
import { chartsFigure } from "../../../exhibits/chart-figure.ts";
import type { PlanePoint } from "../../../numerics/polygon.ts";
import { gapOf, quantilesBySize } from "../claims/by-size.ts";
import { DELTA, towerMaps } from "../claims/studies.ts";
import { CLASSES, cellsOf, NATARAJAN, SIDE, TOWERS } from "../model/towers.ts";
import { natarajanBound } from "../theory/deviation.ts";
import type { Tower } from "../theory/effective-theory.ts";
import { boundCurve, quantileRings, repetitions, sizeAxis, vacuous } from "./bounds.ts";

const hues = [colours.blue, colours.vermillion, colours.green, colours.purple];

const outline = (cell: readonly PlanePoint[], k: number, style: Pick<Curve, "dashed" | "strokeWidth">): Curve => ({
  points: cell.length === 0 ? [] : [...cell, cell[0]],
  colour: hues[k],
  ...style,
});

const records = (run: RunView) => towerMaps.of(run, "sample");
const sizes = (run: RunView) => [...new Set(records(run).map(({ N }) => N))].sort((a, b) => a - b);

/** The partition that the first repetition learned from N samples, over the true one. */
const mapChart = (run: RunView, N: number): LineChart & { readonly share: number } => {
  const first = records(run).find(record => record.N === N)!;
  return {
    title: `Partition learned from ${N} samples`,
    description: "Cells of the four towers, learned over true.",
    share: 1,
    x: { label: "ln s", domain: [0, SIDE] },
    y: { label: `ln u, ${N} samples`, domain: [0, SIDE] },
    curves: [
      ...cellsOf(TOWERS).map((cell, k) => outline(cell, k, { dashed: true })),
      ...cellsOf(first.scores as readonly Tower[]).map((cell, k) => outline(cell, k, { strokeWidth: 2 })),
    ],
    key: [
      ...TOWERS.map((_, k) => ({ sample: "line", text: `tower ${k}, learned`, colour: hues[k] }) as const),
      { sample: "dashed", text: "true", colour: colours.grey },
    ],
  };
};

export const towersFigure = chartsFigure({
  name: "towers",
  title: "Which tower becomes light first: a map of four cells",
  description: "Two learned maps over the true one, and errors and gaps under the Natarajan bound.",
  height: 1240,
  needs: [towerMaps.has("sample")],
  caption(run) {
    const quantiles = quantilesBySize(records(run), gapOf, 1 - DELTA);
    return (
      `Measured: cells that softmax regression learns from ${sizes(run)[0]} and from ${sizes(run).at(-1)} samples in the first repetition (lines); below, largest gap, and median error on the whole square with 95 % intervals; ${repetitions(quantiles)}. ` +
      "Theory: the true cells, where the scale of a tower is the lowest (broken), and the bound from Natarajan dimension 9 at delta = 0.05, vacuous where shaded. A fixed number of steps on the logistic loss does not minimise the errors, so that the error falls more slowly than 1/N."
    );
  },
  charts(run) {
    const all = sizes(run);
    const gaps = quantilesBySize(records(run), gapOf, 1);
    const errors = quantilesBySize(records(run), ({ test }) => test, 0.5);
    return [
      mapChart(run, all[0]),
      mapChart(run, all.at(-1)!),
      {
        title: "Errors and gaps",
        description: "Both fall, the gap far below the bound.",
        share: 1.2,
        x: sizeAxis,
        y: { label: "share of the square", scale: "log" },
        curves: [
          boundCurve(gaps, N => natarajanBound(N, NATARAJAN, CLASSES, DELTA), {
            colour: colours.vermillion,
            label: "Natarajan",
          }),
        ],
        scatters: [quantileRings(errors, colours.green), { ...quantileRings(gaps, colours.blue), ranges: [] }],
        regions: [vacuous],
        key: [
          { sample: "ring", text: "largest gap", colour: colours.blue },
          { sample: "ring", text: "error, median", colour: colours.green },
        ],
      },
    ];
  },
});
