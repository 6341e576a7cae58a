import { axisRule, fittingTicks, leftTicks, lineHeight, widthOfTicks } from "./axes.ts";
import { headerOf } from "./header.ts";
import { heightOfLabels, leaderWidth, marginLabels } from "./margin-labels.ts";
import { domainOf, type Scale, scaleOf } from "./scale.ts";
import type { Surface } from "./surface.ts";
import { type Drawing, element, pathOfLines, type SvgElement } from "./svg.ts";
import { cutTo, textAt, textWidth, wrapped } from "./text.ts";
import { type Description, fontSize, picture } from "./theme.ts";

export interface EnergyLevel {
  readonly label: string;
  readonly value: number;
  readonly kind: "minimum" | "saddle";
  readonly colour: string;
}

interface Family {
  readonly name: string;
  readonly levels: readonly EnergyLevel[];
}

export interface EnergyLevelDiagram extends Description {
  readonly yLabel: string;
  /** Families side by side, each with its levels. */
  readonly families: readonly Family[];
}

const labelSize = fontSize - 1;
const SHORTEST_BAR = 14;
const SMALLEST_PLOT = 120;
const RIGHT = 8;

/** A level in words, its name cut to what a row has room for. */
const textOf = ({ label, value }: EnergyLevel, room: number): string => {
  const number = `\u2002${value.toFixed(4)}`;
  return cutTo(label, room - textWidth(number, { size: labelSize }), { size: labelSize }) + number;
};

/**
 * Levels as horizontal bars in one column per family: minima full and thick, saddles thin and dashed. Families that do not fit side by side
 * continue below, on the same scale.
 */
export const energyLevelDiagram = (chart: EnergyLevelDiagram, { width, height }: Surface): Drawing => {
  const { families } = chart;
  const all = families.flatMap(({ levels }) => levels);
  const header = headerOf(
    chart.yLabel,
    [
      { sample: "line", text: "minimum" },
      { sample: "dashed", text: "saddle" },
    ],
    width,
  );
  const axis = { label: chart.yLabel };
  const domain = domainOf(axis, [0, ...all.map(({ value }) => value)]);
  const left = Math.max(44, widthOfTicks(scaleOf(axis, domain, [height, 0])));
  const room = width - left - RIGHT - SHORTEST_BAR - leaderWidth - 4;
  const rows = rowsOf(
    families.map(({ name, levels }) => ({
      name,
      levels: levels.map(level => ({ ...level, text: textOf(level, room) })),
    })),
    width - left - RIGHT,
  );
  const [elements, bottom] = rows.reduce<readonly [readonly SvgElement[], number]>(
    ([before, above], row) => {
      const names = row.map(({ name, width }) => wrapped(name, width - 6, { bold: true }));
      const under = 8 + Math.max(...names.map(({ length }) => length)) * lineHeight + 4;
      const top = above + 10;
      const most = Math.max(...row.map(({ levels }) => levels.length));
      const share = (height - header.height) / rows.length - 10 - under;
      const bottom = top + Math.max(SMALLEST_PLOT, heightOfLabels(most, labelSize) + 6, share);
      const y = scaleOf(axis, domain, [bottom, top]);
      const drawn = [
        axisRule([
          [left, top],
          [left, bottom],
        ]),
        leftTicks(fittingTicks(y, "left"), y, { left, right: width - RIGHT, top, bottom }),
        ...row.flatMap(({ levels, start, bar }) =>
          familyMarks(levels, { y, start: left + start, bar, bounds: [top, bottom - 6] }),
        ),
        ...names.flatMap((lines, column) =>
          lines.map((line, i) => {
            const { start, width } = row[column];
            return textAt(left + start + width / 2, bottom + 8 + (i + 0.5) * lineHeight, line, { bold: true });
          }),
        ),
      ];
      return [[...before, ...drawn], bottom + under];
    },
    [[], header.height],
  );
  return picture(chart, { width, height: bottom }, [...header.elements, ...elements]);
};

interface NamedLevel extends EnergyLevel {
  readonly text: string;
}

interface NamedFamily {
  readonly name: string;
  readonly levels: readonly NamedLevel[];
}

interface Column extends NamedFamily {
  /** From the axis to its left end, its width and the end of its bars, in pixels. */
  readonly start: number;
  readonly width: number;
  readonly bar: number;
}

/** Families side by side, each as wide as its labels need, in as many rows as they take. */
const rowsOf = (families: readonly NamedFamily[], room: number): readonly (readonly Column[])[] => {
  const labelsOf = ({ levels }: NamedFamily): number =>
    leaderWidth + levels.reduce((most, { text }) => Math.max(most, textWidth(text, { size: labelSize })), 0) + 4;
  const widthOf = (family: NamedFamily): number => SHORTEST_BAR + labelsOf(family);
  const rows: NamedFamily[][] = [];
  let taken = Number.POSITIVE_INFINITY;
  for (const family of families) {
    const width = widthOf(family);
    if (taken + width > room) {
      rows.push([]);
      taken = 0;
    }
    rows[rows.length - 1].push(family);
    taken += width;
  }
  return rows.map(row => {
    const rest = (room - row.reduce((sum, family) => sum + widthOf(family), 0)) / row.length;
    let start = 0;
    return row.map(family => {
      const width = widthOf(family) + rest;
      const column = { ...family, start, width, bar: width - labelsOf(family) };
      start += width;
      return column;
    });
  });
};

interface FamilyPlace {
  readonly y: Scale;
  /** Left end of the column, and where its bars end and labels start, in pixels from there. */
  readonly start: number;
  readonly bar: number;
  readonly bounds: readonly [number, number];
}

const familyMarks = (levels: readonly NamedLevel[], { y, start, bar, bounds }: FamilyPlace): SvgElement[] => [
  ...levels.map(({ value, kind, colour }) =>
    element("path", {
      "data-mark": kind,
      d: pathOfLines([[start + 4, y.at(value), start + bar, y.at(value)]]),
      fill: "none",
      stroke: colour,
      ...(kind === "minimum" ? { "stroke-width": 3.5 } : { "stroke-width": 1.75, "stroke-dasharray": "4,2.5" }),
    }),
  ),
  marginLabels(
    levels.map(({ text, value, colour }) => ({ text, y: y.at(value), colour })),
    { x: start + bar, bounds, size: labelSize },
  ),
];
