import { columnPolygons, type PolygonPanel } from "../../../charts/column-polygons.ts";
import type { Figure } from "../../../charts/exhibits.ts";
import type { RunView } from "../../../contracts/run-view.ts";
import { byChain } from "../../../protocols/records.ts";
import { shapeOf } from "../phases.ts";
import type { TrainRecords } from "../protocols/train.ts";
import { phaseColour } from "./phase-colour.ts";
import { labelOf, type Scheme } from "./records.ts";

const RUNS = 3;
const PANELS = 5;

/** The columns of W at each plateau of the runs with most of them. */
export const plateauPolygons = (studies: readonly Scheme[]): Figure => ({
  name: "plateau-polygons",
  title: "What the plateaus look like",
  width: 860,
  height: 900,
  needs: [studies[0]!.has("plateau")],
  caption: run =>
    "Measured: the columns of W in the middle of each plateau on a level, in order of time, of the runs with the most plateaus " +
    `(${chosen(run, studies)
      .map(({ name }) => name)
      .join(
        "; ",
      )}). Arrows are live columns, rings vestigial ones, the outline is the convex hull; the bars below are the ` +
    "biases, full where the output is live. Loss is the mean over the plateau. One scale for all " +
    "panels; single runs, so no uncertainty is shown.",
  draw: (run, surface) =>
    columnPolygons(
      {
        title: "Columns of W at each plateau",
        description: `${chosen(run, studies)
          .map(({ name }) => name)
          .join("; ")}.`,
        rows: chosen(run, studies).map(({ name, plateaus }) => ({ name, panels: plateaus.map(panel) })),
      },
      surface,
    ),
});

/** The runs with most plateaus on levels, each with a different sequence of phases; of a long sequence the end. */
const chosen = (run: RunView, studies: readonly Scheme[]) => {
  const runs = studies.flatMap(study =>
    [...byChain(study.of(run, "plateau"))].map(([chain, all]) => {
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

const panel = (plateau: TrainRecords["plateau"]): PolygonPanel => {
  const [first, second] = plateau.W;
  const bias = plateau.b;
  const columns = first!.map((value, i) => [value, second![i]!] as const);
  const label = labelOf(plateau);
  return {
    title: label,
    lines: [`epochs ${plateau.fromEpoch} to ${plateau.toEpoch}`, `loss ${plateau.level.toFixed(4)}`],
    columns,
    bias,
    // Whether a column is live depends on it and its bias alone.
    live: columns.map(([x, y], i) => shapeOf([[x], [y]], [bias[i]!]).live === 1),
    colour: phaseColour(label),
  };
};
