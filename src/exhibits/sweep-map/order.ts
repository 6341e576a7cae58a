import type { Figure } from "../../charts/exhibits.ts";
import { heatMap } from "../../charts/heat-map.ts";
import type { RunView } from "../../contracts/run-view.ts";
import type { SweepAxis } from "../../protocols/sweep-axes.ts";
import { counted, figureHead } from "../seen-study.ts";
import { cellAxisOf } from "./axis.ts";
import { mapOf, type SeenSweep } from "./seen-sweep.ts";

/** What the order parameter of a sweep is called. */
export const orderLabel = ({ learner }: SeenSweep): string => learner?.order.label ?? "order parameter";

/** A sentence for runs that end by their phase: what they end with need not be where they tend to. */
export const unsettledText = ({ study }: SeenSweep, run: RunView): string =>
  study.settings(run).stop === "decided"
    ? " Runs end as soon as their phase is decided, which may be before the order parameter has settled (stop = end)."
    : "";

/** The order parameter of a sweep over its two controls, as colours. */
export const orderFigure = (seen: SeenSweep, y: SweepAxis): Figure => {
  const { study, controls } = seen;
  const head = figureHead(study, "cell", {
    name: "order-map",
    title: "Order parameter at the end of runs",
    height: 500,
  });
  return {
    ...head,
    caption(run) {
      const { cells } = mapOf(seen, run);
      const [shown, most] = [cells.filter(({ order }) => order !== null), Math.max(...cells.map(({ count }) => count))];
      const what = most > 1 ? `the mean over up to ${counted(most, "run")}` : "of one run each";
      return (
        `Measured: ${orderLabel(seen)} at the end, ${what}, at ${shown.length} of ${cells.length} cells.` +
        (shown.length < cells.length ? " At the others no run was made, or all diverged." : "") +
        unsettledText(seen, run)
      );
    },
    draw(run, surface) {
      const { axes, cells } = mapOf(seen, run);
      return heatMap(
        {
          title: head.title,
          description: `${orderLabel(seen)} at ${cells.filter(({ order }) => order !== null).length} of ${cells.length} cells.`,
          x: cellAxisOf(axes.x, controls),
          y: cellAxisOf(y, controls),
          cells: cells.map(({ column, row, order }) => ({ column, row, value: order?.mean ?? null })),
          value: orderLabel(seen),
          missing: "not run, or diverged",
        },
        surface,
      );
    },
  };
};
