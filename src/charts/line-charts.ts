import { type LineChart, lineChart } from "./line-chart.ts";
import { stacked } from "./stacked.ts";
import type { Surface } from "./surface.ts";
import type { Description } from "./theme.ts";

/** Line charts one below the other, of equal heights unless they say what `share` they have. */
export const lineCharts = (
  whole: Description,
  charts: readonly (LineChart & { readonly share?: number })[],
  surface: Surface,
): SVGSVGElement =>
  stacked(
    whole,
    charts.map(({ share = 1, ...chart }) => ({ share, draw: own => lineChart(chart, own) })),
    surface,
  );
