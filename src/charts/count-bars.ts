import { axisX, barX, frame, plot, text, tickX } from "@observablehq/plot";
import { key } from "./key.ts";
import type { Surface } from "./surface.ts";
import { asImage, type Description, ink, textWidth, themed } from "./theme.ts";

export interface CountBar {
  readonly label: string;
  readonly count: number;
  readonly expected?: number;
  readonly colour: string;
}

export interface CountBars extends Description {
  readonly xLabel: string;
  readonly bars: readonly CountBar[];
  /** Words of the key for the tick of the expected count. */
  readonly expected: string;
}

/** Counts of named things as horizontal bars, each with a tick where it is expected. */
export const countBars = (chart: CountBars, surface: Surface): SVGSVGElement => {
  const { bars } = chart;
  const expected = bars.filter(bar => bar.expected !== undefined);
  const marginLeft = 16 + Math.max(...bars.map(bar => textWidth(bar.label)));
  const most = Math.max(1, ...bars.map(bar => Math.max(bar.count, bar.expected ?? 0)));
  const drawn = plot({
    ...themed(surface, chart),
    marginTop: 30,
    marginRight: 24,
    marginBottom: 42,
    marginLeft,
    color: { type: "identity" },
    x: { label: chart.xLabel, domain: [0, most * 1.08], nice: true },
    y: { type: "band", domain: bars.map(bar => bar.label), label: null, padding: 0.3 },
    marks: [
      frame({ anchor: "left", strokeOpacity: 0.6, strokeWidth: 0.75 }),
      axisX({ ticks: wholeTicks(most), tickFormat: String }),
      barX(bars, { y: "label", x: "count", fill: "colour", fillOpacity: 0.85 }),
      tickX(expected, { y: "label", x: "expected", stroke: ink, strokeWidth: 2.5, insetTop: -3, insetBottom: -3 }),
      text(bars, {
        y: "label",
        x: bar => Math.max(bar.count, bar.expected ?? 0),
        text: bar => String(bar.count),
        dx: 8,
        textAnchor: "start",
        fontWeight: "bold",
        fill: ink,
      }),
    ],
  });
  const svg = asImage(drawn);
  if (expected.length > 0)
    svg.append(key(surface.document, [{ sample: "tick", text: chart.expected }], { right: surface.width - 24, y: 12 }));
  return svg;
};

const MOST_TICKS = 8;

/** Counts are whole, and so are the ticks. */
const wholeTicks = (most: number): number[] => {
  const step = Math.ceil(most / MOST_TICKS);
  return Array.from({ length: Math.floor((most * 1.08) / step) + 1 }, (_, i) => i * step);
};
