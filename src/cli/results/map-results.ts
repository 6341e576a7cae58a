import type { Settings } from "../../contracts/field.ts";
import type { Learner } from "../../contracts/learner.ts";
import type { RunRecord } from "../../contracts/protocol.ts";
import { axesOf, placedCells, type SweepAxes, type SweepAxis } from "../../protocols/sweep-axes.ts";
import { sweepMap } from "../../protocols/sweep-cells.ts";
import { sweepSettings } from "../../protocols/sweep-settings.ts";
import type { PhaseMap, Roughness } from "../../transitions/map/index.ts";
import { countText } from "../count-text.ts";
import { characterMap, mapRow, type PhaseSymbol, percent, phaseSymbols } from "../map-text.ts";
import type { Colours } from "../terminal.ts";
import { wrap } from "../text-table.ts";

/** A sweep that was read, with the number of cells that have a run: undefined where no run of it has a place on its map. */
export const readSweep = (
  records: readonly RunRecord[],
  settings: Settings,
): { readonly axes: SweepAxes; readonly map: PhaseMap; readonly cells: number } | undefined => {
  const axes = axesOf(sweepSettings(settings));
  if (placedCells(records, axes).length === 0) return undefined;
  const { reading, cells } = sweepMap(records, axes);
  return { axes, map: reading, cells: cells.filter(({ count }) => count > 0).length };
};

/** Share of the map that is in each phase, in the order of the map's own list. */
export const phaseShares = ({ labels, cells }: PhaseMap): ReadonlyMap<string, number> =>
  new Map(labels.map(label => [label, cells.filter(cell => cell.label === label).length / cells.length]));

/** Widest and highest map: a larger one is drawn in blocks. */
const MOST = { columns: 64, rows: 32 };

/** What a sweep came to: the phases with their shares, the map in characters, how sure it is, and theory's critical values. */
export const mapLines = (
  records: readonly RunRecord[],
  settings: Settings,
  { learner }: { readonly learner?: Learner },
  { width, colours }: { readonly width: number; readonly colours: Colours },
): readonly string[] => {
  const read = readSweep(records, settings);
  if (!read) return [];
  const { axes, map, cells } = read;
  const symbols = phaseSymbols(map.labels);
  const shares = phaseShares(map);
  const paint = (colour: string) => colours.hex(colour);
  const key = [...symbols]
    .sort((a, b) => shares.get(b.label)! - shares.get(a.label)!)
    .map(symbol => keyText(symbol, shares, colours));
  const sentences = [
    missedText(map.largestMissed),
    roughnessText(map.roughness),
    ...(learner ? criticalTexts(learner, settings, axes) : []),
  ].filter(text => text !== "");
  return [
    `${countText(map.runs, "run")} at ${cells} of ${countText(map.cells.length, "cell")}`,
    ...key,
    "",
    ...drawn(map, axes, symbols, paint, width),
    "",
    ...sentences.flatMap(text => wrap(text, width)),
  ];
};

const keyText = (
  { letter, label, colour }: PhaseSymbol,
  shares: ReadonlyMap<string, number>,
  colours: Colours,
): string => `${colours.hex(colour)(letter)} ${label}: ${percent(shares.get(label)!)} of the map`;

const drawn = (
  { grid, cells }: PhaseMap,
  { x, y }: SweepAxes,
  symbols: readonly PhaseSymbol[],
  paint: (colour: string) => (text: string) => string,
  width: number,
): readonly string[] => {
  const labels = y ? [digits(y.values[y.values.length - 1]), digits(y.values[0])] : [""];
  const margin = Math.max(...labels.map(label => label.length));
  const most = { ...MOST, columns: Math.max(8, Math.min(MOST.columns, width - margin - 3)) };
  const labelAt = (column: number, row: number) => cells[row * grid.columns + column].label;
  const map = [...characterMap(grid, labelAt, symbols, most)].reverse();
  const columns = map[0].length;
  const [first, last] = [digits(x.values[0]), digits(x.values[x.values.length - 1])];
  const ends = first.padEnd(Math.max(first.length + 2, columns - last.length)) + last;
  return [
    ...(y ? [`${y.control}${y.scale === "log" ? ", by equal factors" : ""}`] : []),
    ...map.map((row, i) => {
      const label = i === 0 ? labels[0] : i === map.length - 1 ? labels[labels.length - 1] : "";
      return `${label.padStart(margin)} ┤${mapRow(row, paint).painted}`;
    }),
    `${" ".repeat(margin)} └${"─".repeat(columns)}`,
    `${" ".repeat(margin)}  ${ends} ${x.control}${x.scale === "log" ? ", by equal factors" : ""}`,
  ];
};

const missedText = (share: number): string =>
  share > 0
    ? `An island of another phase that could have been missed (5 %) covers at most ${percent(share)} of the map.`
    : "Every cell was run: no island is left out.";

const roughnessText = (roughness: Roughness | null): string => {
  if (!roughness) return "";
  const { dimension, error, octaves, resolved } = roughness;
  const number = `dimension ${dimension.toFixed(2)} ± ${error.toFixed(2)} over ${digits(octaves)} octaves`;
  if (resolved === null) return `Boundary: ${number}, too few octaves to tell a line from what is rougher.`;
  return resolved ? `Boundary: a line at this resolution, ${number}.` : `Boundary: not resolved, ${number}.`;
};

/** Critical values along each axis, at both ends and in the middle of the other one. */
const criticalTexts = (learner: Learner, settings: Settings, { x, y }: SweepAxes): readonly string[] => {
  if (!learner.critical || !Object.keys(learner.controls).every(name => name in settings)) return [];
  const along = (axis: SweepAxis, other: SweepAxis | null): readonly string[] => {
    const places = other ? endsAndMiddle(other.values) : [undefined];
    const [low, high] = [axis.values[0], axis.values[axis.values.length - 1]];
    const parts = places.flatMap(place => {
      const at = { ...settings, ...(other && place !== undefined && { [other.control]: place }) };
      const critical = (learner.critical!(at as never)[axis.control] ?? []).filter(
        value => value >= low && value <= high,
      );
      if (critical.length === 0) return [];
      return `${critical.map(digits).join(", ")}${place === undefined ? "" : ` at ${other!.control} ${digits(place)}`}`;
    });
    return parts.length > 0 ? [`Theory: critical ${axis.control} ${parts.join("; ")}.`] : [];
  };
  return [...along(x, y), ...(y ? along(y, x) : [])];
};

const endsAndMiddle = (values: readonly number[]): readonly number[] => [
  ...new Set([values[0], values[Math.floor((values.length - 1) / 2)], values[values.length - 1]]),
];

/** Four significant digits, without the noise of rounding. */
const digits = (value: number): string => String(Number(value.toPrecision(4)));
