import { columnPolygons, type PolygonPanel } from "../charts/column-polygons.ts";
import type { Figure } from "../charts/exhibits.ts";
import type { RunView } from "../contracts/run-view.ts";
import { byChain } from "../protocols/records.ts";
import type { EpochStudy } from "../protocols/train-epochs.ts";
import { type ColourOf, labelOf } from "./labels.ts";

/** Two rows of W, whose columns are points of the plane, and a bias for each. */
type Planar = { readonly W: readonly (readonly number[])[]; readonly b: readonly number[] };

const RUNS = 3;
const PANELS = 5;

/** The columns of W at each plateau of the runs of training with most of them. */
export const plateauColumns = (
  studies: readonly EpochStudy<Planar>[],
  { colourOf, isLive }: { colourOf: ColourOf; isLive(column: readonly [number, number], bias: number): boolean },
): Figure => {
  const names = (run: RunView) =>
    chosen(run, studies)
      .map(({ name }) => name)
      .join("; ");
  const panel = ({ W: [first, second], b, ...plateau }: Plateau): PolygonPanel => {
    const columns = first.map((value, i) => [value, second[i]] as const);
    const label = labelOf(plateau);
    return {
      title: label,
      lines: [`epochs ${plateau.fromEpoch} to ${plateau.toEpoch}`, `loss ${plateau.level.toFixed(4)}`],
      columns,
      bias: b,
      live: columns.map((column, i) => isLive(column, b[i])),
      colour: colourOf(label),
    };
  };
  return {
    name: "plateau-polygons",
    title: "What the plateaus look like",
    width: 860,
    height: 900,
    needs: [studies[0].has("plateau")],
    caption: run =>
      "Measured: the columns of W in the middle of each plateau on a level, in order of time, of the runs with the most plateaus " +
      `(${names(run)}). Arrows are live columns, rings vestigial ones, the outline is the convex hull; the bars below are the ` +
      "biases, full where the output is live. Loss is the mean over the plateau. One scale for all " +
      "panels; single runs, so no uncertainty is shown.",
    draw: (run, surface) =>
      columnPolygons(
        {
          title: "Columns of W at each plateau",
          description: `${names(run)}.`,
          rows: chosen(run, studies).map(({ name, plateaus }) => ({ name, panels: plateaus.map(panel) })),
        },
        surface,
      ),
  };
};

type Plateau = ReturnType<typeof plateausOf>[number];
const plateausOf = (study: EpochStudy<Planar>, run: RunView) => study.of(run, "plateau");

/** The runs with most plateaus on levels, each with a different sequence of phases; of a long sequence the end. */
const chosen = (run: RunView, studies: readonly EpochStudy<Planar>[]) => {
  const runs = studies.flatMap(study =>
    [...byChain(plateausOf(study, run))].map(([chain, all]) => {
      const plateaus = all.filter(({ label }) => label !== null).slice(-PANELS);
      const sequence = plateaus.map(labelOf).join(" to ");
      return { name: `${study.name}, run ${chain}: ${sequence}`, sequence, plateaus };
    }),
  );
  const seen = new Set<string>();
  return runs
    .filter(({ plateaus }) => plateaus.length > 0)
    .sort((a, b) => b.plateaus.length - a.plateaus.length)
    .filter(({ sequence }) => !seen.has(sequence) && seen.add(sequence))
    .slice(0, RUNS);
};
