import type { Figure } from "../../charts/exhibits.ts";
import type { Point } from "../../charts/line-chart.ts";
import { type MapCell, phaseMap } from "../../charts/phase-map.ts";
import type { RunView } from "../../contracts/run-view.ts";
import type { SweepAxis } from "../../protocols/sweep-axes.ts";
import type { SweepMap } from "../../protocols/sweep-cells.ts";
import { counted, figureHead } from "../seen-study.ts";
import { cellAxisOf } from "./axis.ts";
import { criticalLines } from "./critical-lines.ts";
import { phaseLooks } from "./phase-looks.ts";
import { axesIn, mapOf, type SeenSweep, theoristOf } from "./seen-sweep.ts";

/** The phases in which the runs of a sweep end, over its two controls, with the lines between them and those that theory predicts. */
export const phasesFigure = (seen: SeenSweep, y: SweepAxis): Figure => {
  const { study, controls } = seen;
  const head = figureHead(study, "cell", { name: "map", title: "Phases in which runs end", height: 520 });
  return {
    ...head,
    caption(run) {
      const map = mapOf(seen, run);
      return [measured(map), boundaryText(map), theoryText(theoryOf(seen, run))].filter(Boolean).join(" ");
    },
    draw(run, surface) {
      const map = mapOf(seen, run);
      const phases = phaseLooks(map.reading.labels);
      const counts = phases.map(({ label }) => `${label}: ${map.cells.filter(cell => cell.label === label).length}`);
      return phaseMap(
        {
          title: head.title,
          description: `Cells by the phase in which most of their runs end: ${counts.join(", ")}.`,
          x: cellAxisOf(map.axes.x, controls),
          y: cellAxisOf(y, controls),
          phases,
          cells: cellsOf(map),
          boundaries: hasBoundary(map),
          theory: theoryOf(seen, run),
        },
        surface,
      );
    },
  };
};

/** A cell shows its own runs; where it has none, what those around it say. */
const cellsOf = ({ reading, cells }: SweepMap): readonly MapCell[] =>
  cells.map(({ column, row, label, agreement }, i) => ({
    column,
    row,
    phase: reading.labels.indexOf(label ?? reading.cells[i].label),
    agreement,
    probabilities: reading.labels.map(each => reading.cells[i].probabilities[each] ?? 0),
  }));

const theoryOf = (seen: SeenSweep, run: RunView): readonly (readonly Point[])[] => {
  const learner = theoristOf(seen);
  return learner ? criticalLines(learner, seen.controls, seen.study.settings(run), axesIn(seen, run)) : [];
};

/** A boundary that is no line is not drawn as one. */
export const hasBoundary = ({ reading: { labels, roughness } }: SweepMap): boolean =>
  labels.length > 1 && roughness?.resolved !== false;

const measured = ({ reading, cells }: SweepMap): string => {
  const counts = cells.map(({ count }) => count).filter(count => count > 0);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  const seeds = least === most ? counted(most, "run") : `${least} to ${most} runs`;
  const where = counts.length === cells.length ? "at each cell" : `at ${counts.length} of ${cells.length} cells`;
  return (
    `Measured: phases in which ${counted(reading.runs, "run")} end, ${seeds} ${where}; a cell has the phase of most of its runs` +
    (most > 1 ? " and is the fainter the fewer of them end there." : ".") +
    (counts.length < cells.length
      ? ` Ruled cells were not run and are read from those around them; ${islandText(reading.largestMissed)}`
      : "")
  );
};

const islandText = (share: number): string =>
  `an island of ${(100 * share).toPrecision(2)} % of the map could have been missed with 5 % probability.`;

export const boundaryText = ({ reading: { labels, roughness } }: SweepMap): string => {
  if (labels.length < 2) return "";
  const dimension = roughness && `${roughness.dimension.toFixed(2)} +- ${roughness.error.toFixed(2)}`;
  if (roughness?.resolved === false)
    return `The boundary is not resolved at this size of cells: dimension ${dimension}.`;
  const line =
    "Full line: where the most probable phase changes, by the runs of a cell and those around it; shaded: where none has 95 %.";
  return dimension === null ? line : `${line} Its dimension is ${dimension}.`;
};

export const theoryText = (lines: readonly unknown[]): string =>
  lines.length > 0
    ? "Theory: critical values at these settings, broken lines."
    : "Theory has no closed form for where they meet.";
