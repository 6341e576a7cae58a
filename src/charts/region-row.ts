import { colourScale } from "./colour-scale.ts";
import { filledCells } from "./filled-cells.ts";
import type { Surface } from "./surface.ts";
import { type Drawing, element, group, type SvgElement } from "./svg.ts";
import { textAt, wrapped } from "./text.ts";
import { type Description, fontSize, page, picture } from "./theme.ts";

/** A plane in which every place has one of several answers, and numbered points. */
export interface Regions {
  /** Above the plane. */
  readonly label: string;
  /** Lower left corner and side of the square that is drawn, in the units of the points. */
  readonly from: readonly [number, number];
  readonly width: number;
  /** Places along a side; their answers, 0, 1, ..., row by row from below. */
  readonly side: number;
  readonly answers: readonly number[];
  readonly points: readonly (readonly [number, number])[];
}

export interface RegionRow extends Description {
  readonly regions: readonly Regions[];
}

const SMALLEST = 170;
const GAP = 12;
const HEAD = 34;
/** Radii of a point with its number, and of one that has no room for it. */
const [DISC, DOT] = [8, 4];

/** Planes beside each other, in several rows on a narrow surface. The colours of answers go from dark to light. */
export const regionRow = ({ regions, ...description }: RegionRow, { width, height }: Surface): Drawing => {
  const across = Math.max(1, Math.min(regions.length, Math.floor((width + GAP) / (SMALLEST + GAP))));
  const rows = Math.ceil(regions.length / across);
  const pitch = (width + GAP) / across;
  const size = Math.min(pitch - GAP, Math.max(SMALLEST, height / rows - HEAD - GAP));
  const drawn = regions.map((own, i) => {
    const x = pitch * (i % across) + (pitch - GAP - size) / 2;
    const y = (HEAD + size + GAP) * Math.floor(i / across);
    const lines = wrapped(own.label, pitch - GAP, { bold: true });
    return group({}, [
      ...lines.map((line, k) =>
        textAt(x + size / 2, y + HEAD - 10 - (lines.length - 1 - k) * (fontSize + 3), line, { bold: true }),
      ),
      ...planeMarks(own, { x, y: y + HEAD, size }),
    ]);
  });
  return picture(description, { width, height: rows * (HEAD + size + GAP) - GAP }, drawn);
};

const planeMarks = (
  { from, width, side, answers, points }: Regions,
  { x, y, size }: { readonly x: number; readonly y: number; readonly size: number },
): readonly SvgElement[] => {
  const edges = Array.from({ length: side + 1 }, (_, i) => (i / side) * size);
  const fills = colourScale(Math.max(...answers) + 1).map(colour => ({ colour, opacity: 1 }));
  const cells = filledCells(
    { xEdges: edges.map(edge => x + edge), yEdges: edges.map(edge => y + size - edge) },
    fills,
    (column, row) => answers[row * side + column],
  );
  const places = points.map(([a, b]): readonly [number, number] => [
    x + (size * (a - from[0])) / width,
    y + size - (size * (b - from[1])) / width,
  ]);
  const numbered: number[] = [];
  places.forEach(([cx, cy], symbol) => {
    if (numbered.every(other => Math.max(Math.abs(places[other][0] - cx), Math.abs(places[other][1] - cy)) > 2 * DISC))
      numbered.push(symbol);
  });
  return [
    ...cells,
    // Style sheets of dark pages turn the colour of the page, and that of the text with it.
    ...places.flatMap(([cx, cy], symbol) =>
      numbered.includes(symbol)
        ? [
            element("circle", { cx, cy, r: DISC, fill: page.light, "fill-opacity": 0.9 }),
            textAt(cx, cy, String(symbol), { size: fontSize - 1 }),
          ]
        : [element("circle", { cx, cy, r: DOT, fill: page.light })],
    ),
  ];
};
