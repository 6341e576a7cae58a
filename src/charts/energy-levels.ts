import { axisX, frame, plot, tickY } from "@observablehq/plot";
import { key } from "./key.ts";
import { leaderWidth, marginLabels } from "./margin-labels.ts";
import type { Surface } from "./surface.ts";
import { asImage, type Description, fontSize, themed } from "./theme.ts";

export interface EnergyLevel {
  readonly label: string;
  readonly value: number;
  readonly kind: "minimum" | "saddle";
  readonly colour: string;
}

export interface EnergyLevelDiagram extends Description {
  readonly yLabel: string;
  /** Families side by side, each with its levels. */
  readonly families: readonly { readonly name: string; readonly levels: readonly EnergyLevel[] }[];
}

/** Levels as horizontal bars in one column per family: minima full and thick, saddles thin and dashed. */
export const energyLevelDiagram = (chart: EnergyLevelDiagram, surface: Surface): SVGSVGElement => {
  const { families } = chart;
  const margins = { marginTop: 40, marginRight: 8, marginBottom: 34, marginLeft: 58 };
  const band = (surface.width - margins.marginLeft - margins.marginRight) / families.length;
  const labelSize = fontSize - 1;
  const barWidth = Math.max(14, band - leaderWidth - 60);
  const levels = families.flatMap(({ name, levels }) => levels.map(level => ({ ...level, family: name })));
  const bars = (kind: EnergyLevel["kind"], style: { strokeWidth: number; strokeDasharray?: string }) =>
    tickY(
      levels.filter(level => level.kind === kind),
      { x: "family", y: "value", stroke: "colour", insetLeft: 4, insetRight: band - barWidth, ...style },
    );
  const drawn = plot({
    ...themed(surface, chart),
    ...margins,
    color: { type: "identity" },
    x: { type: "band", domain: families.map(family => family.name), label: null, padding: 0, round: false },
    y: { label: chart.yLabel, zero: true, nice: true },
    marks: [
      frame({ anchor: "left", strokeOpacity: 0.6, strokeWidth: 0.75 }),
      axisX({ tickSize: 0, fontWeight: "bold" }),
      bars("minimum", { strokeWidth: 3.5 }),
      bars("saddle", { strokeWidth: 1.75, strokeDasharray: "4,2.5" }),
    ],
  });
  const scale = drawn.scale("y")!;
  const svg = asImage(drawn);
  families.forEach(({ levels }, index) => {
    svg.append(
      marginLabels(
        surface.document,
        levels.map(({ label, value, colour }) => ({
          text: `${label}  ${value.toFixed(4)}`,
          y: scale.apply(value),
          colour,
        })),
        {
          x: margins.marginLeft + index * band + barWidth,
          bounds: [margins.marginTop, surface.height - margins.marginBottom - 6],
          size: labelSize,
        },
      ),
    );
  });
  svg.append(
    key(
      surface.document,
      [
        { sample: "line", text: "minimum" },
        { sample: "dashed", text: "saddle" },
      ],
      { right: surface.width - 12, y: 12 },
    ),
  );
  return svg;
};
