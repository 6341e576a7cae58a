import type { Figure } from "../../charts/exhibits.ts";
import type { Point } from "../../charts/line-chart.ts";
import { type MapCell, phaseMap } from "../../charts/phase-map.ts";
import type { RunView } from "../../contracts/run-view.ts";
import type { SweepMap } from "../../protocols/sweep-cells.ts";
import { counted, figureHead } from "../seen-study.ts";
import { cellAxisOf } from "./axis.ts";
import { criticalAt } from "./critical-lines.ts";
import { phaseLooks } from "./phase-looks.ts";
import { boundaryText, hasBoundary, theoryText } from "./phases.ts";
import { axesIn, mapOf, type SeenSweep, theoristOf } from "./seen-sweep.ts";

/** The phases in which the runs of a sweep of one control end, a row for each seed. */
export const phasesOfSeedsFigure = (seen: SeenSweep): Figure => {
  const { study, controls } = seen;
  const head = figureHead(study, "cell", { name: "map", title: "Phases in which runs end", height: 380 });
  return {
    ...head,
    caption(run) {
      const map = mapOf(seen, run);
      const { runs, cells } = map.reading;
      const measured = `Measured: phases in which ${counted(runs, "run")} end, at ${counted(cells.length, "value")} of the control, a row for each seed.`;
      return [measured, boundaryText(map), theoryText(theoryOf(seen, run))].filter(Boolean).join(" ");
    },
    draw(run, surface) {
      const map = mapOf(seen, run);
      const cells = cellsOf(map);
      const seeds = cells.reduce((most, { row }) => Math.max(most, row), 0) + 1;
      return phaseMap(
        {
          title: head.title,
          description: `Runs by phase, ${counted(seeds, "seed")} at ${counted(map.axes.x.values.length, "value")}.`,
          x: cellAxisOf(map.axes.x, controls),
          y: { label: "seed", values: Array.from({ length: seeds }, (_, seed) => seed), whole: true },
          phases: phaseLooks(map.reading.labels),
          cells,
          boundaries: hasBoundary(map),
          theory: theoryOf(seen, run).map((at): Point[] => [
            [at, -0.5],
            [at, seeds - 0.5],
          ]),
        },
        surface,
      );
    },
  };
};

/** A cell for each run, and for those of a seed that were not made; the probabilities are those of its value of the control. */
const cellsOf = ({ runs, reading }: SweepMap): readonly MapCell[] => {
  const labels = new Map(runs.map(({ column, seed, label }) => [`${column} ${seed}`, label]));
  const seeds = runs.reduce((most, { seed }) => Math.max(most, seed), 0) + 1;
  return Array.from({ length: seeds }, (_, row) =>
    reading.cells.map((cell, column): MapCell => {
      const label = labels.get(`${column} ${row}`);
      return {
        ...{ column, row },
        phase: reading.labels.indexOf(label ?? cell.label),
        agreement: label === undefined ? null : 1,
        probabilities: reading.labels.map(each => cell.probabilities[each] ?? 0),
      };
    }),
  ).flat();
};

const theoryOf = (seen: SeenSweep, run: RunView): readonly number[] => {
  const learner = theoristOf(seen);
  const { control, values } = axesIn(seen, run).x;
  const [first, last] = [values[0], values[values.length - 1]];
  const critical = learner ? criticalAt(learner, seen.study.settings(run), control) : [];
  return critical.filter(at => at >= first && at <= last);
};
