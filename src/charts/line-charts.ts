import { type LineChart, lineChart, marginsOf } from "./line-chart.ts";
import { stacked } from "./stacked.ts";
import type { Surface } from "./surface.ts";
import type { Drawing } from "./svg.ts";
import type { Description } from "./theme.ts";

/** Line charts one below the other with axes that agree, of equal heights unless they say what `share` they have. */
export const lineCharts = (
  whole: Description,
  charts: readonly (LineChart & { readonly share?: number })[],
  surface: Surface,
): Drawing => {
  const needed = charts.map(chart => marginsOf(chart, surface));
  const margins = {
    left: Math.max(...needed.map(({ left }) => left)),
    right: Math.max(...needed.map(({ right }) => right)),
  };
  return stacked(
    whole,
    charts.map(({ share = 1, ...chart }) => ({ share, draw: own => lineChart(chart, own, margins) })),
    surface,
  );
};
