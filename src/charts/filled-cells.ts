import { packPng } from "../formats/pack-png.ts";
import { element, rounded, type SvgElement } from "./svg.ts";

/** How a cell is filled. */
export interface Fill {
  /** "#rrggbb" */
  readonly colour: string;
  readonly opacity: number;
}

/** Cells between edges in pixels. */
export interface CellPlaces {
  /** From the left to the right. */
  readonly xEdges: readonly number[];
  /** From the bottom up. */
  readonly yEdges: readonly number[];
}

interface Rectangle {
  readonly fill: number;
  readonly columns: readonly [from: number, to: number];
  readonly rows: readonly [from: number, to: number];
}

/** More rectangles than this are an embedded picture, whose size hardly depends on their number. */
const MOST_DRAWN = 1000;

/**
 * Cells filled, those that lie together and look alike as one rectangle. `fillOf` says which of the fills a cell has, none when negative. There are at
 * most 255 fills.
 */
export const filledCells = (
  places: CellPlaces,
  fills: readonly Fill[],
  fillOf: (column: number, row: number) => number,
): readonly SvgElement[] => {
  const columns = places.xEdges.length - 1;
  const cells = Int16Array.from({ length: columns * (places.yEdges.length - 1) }, (_, i) =>
    fillOf(i % columns, Math.floor(i / columns)),
  );
  const at = (column: number, row: number): number => cells[row * columns + column];
  const rectangles = rectanglesOf(places, at);
  return rectangles.length > MOST_DRAWN ? [asImage(places, fills, at)] : asPaths(places, fills, rectangles);
};

/** Runs of cells along rows, and equal runs one above the other. */
const rectanglesOf = (
  { xEdges, yEdges }: CellPlaces,
  fillOf: (column: number, row: number) => number,
): readonly Rectangle[] => {
  const columns = xEdges.length - 1;
  const done: Rectangle[] = [];
  let open = new Map<string, Rectangle>();
  for (let row = 0; row + 1 < yEdges.length; row++) {
    const next = new Map<string, Rectangle>();
    for (let from = 0; from < columns; ) {
      const fill = fillOf(from, row);
      let to = from + 1;
      while (to < columns && fillOf(to, row) === fill) to++;
      if (fill >= 0) {
        const name = `${fill} ${from} ${to}`;
        const below = open.get(name);
        next.set(name, { fill, columns: [from, to], rows: [below?.rows[0] ?? row, row + 1] });
        open.delete(name);
      }
      from = to;
    }
    done.push(...open.values());
    open = next;
  }
  return [...done, ...open.values()];
};

const asPaths = (
  { xEdges, yEdges }: CellPlaces,
  fills: readonly Fill[],
  rectangles: readonly Rectangle[],
): readonly SvgElement[] =>
  fills.flatMap(({ colour, opacity }, index) => {
    const own = rectangles.filter(({ fill }) => fill === index);
    if (own.length === 0) return [];
    const d = own.map(({ columns, rows }) => {
      const [left, right] = columns.map(edge => rounded(xEdges[edge]));
      const [bottom, top] = rows.map(edge => rounded(yEdges[edge]));
      return `M${left},${bottom}H${right}V${top}H${left}Z`;
    });
    const fill = { fill: colour, ...(opacity < 1 && { "fill-opacity": opacity }) };
    return [element("path", { "data-mark": "cells", d: d.join(""), ...fill, ...SHARP })];
  });

/** Without it, cells that touch show a seam. */
const SHARP = { "shape-rendering": "crispEdges" };

/** Pixels of the picture for each of the drawing: what a screen of double density and the PNG renderer show. */
const DENSITY = 2;

const asImage = (
  { xEdges, yEdges }: CellPlaces,
  fills: readonly Fill[],
  fillOf: (column: number, row: number) => number,
): SvgElement => {
  const [x, y] = [xEdges[0], yEdges[yEdges.length - 1]];
  const [width, height] = [xEdges[xEdges.length - 1] - x, yEdges[0] - y];
  const size = { width: Math.round(DENSITY * width), height: Math.round(DENSITY * height) };
  const columns = cellsAt(
    xEdges.map(edge => (edge - x) / width),
    size.width,
  );
  const rows = cellsAt(
    [...yEdges].reverse().map(edge => (edge - y) / height),
    size.height,
  ).map(fromTop => yEdges.length - 2 - fromTop);
  const pixels = new Uint8Array(size.width * size.height);
  const empty = fills.length;
  rows.forEach((row, i) => {
    columns.forEach((column, j) => {
      const fill = fillOf(column, row);
      pixels[i * size.width + j] = fill < 0 ? empty : fill;
    });
  });
  const palette = [
    ...fills.map(({ colour, opacity }) => ({ rgb: rgbOf(colour), opacity })),
    { rgb: [0, 0, 0] as const, opacity: 0 },
  ];
  const png = packPng({ ...size, palette, pixels });
  return element("image", {
    "data-mark": "cells",
    ...{ x, y, width, height },
    preserveAspectRatio: "none",
    href: `data:image/png;base64,${base64(png)}`,
    "image-rendering": "optimizeSpeed",
  });
};

/** For each of `count` pixels the cell in which its middle lies, by the edges as shares of the whole, ascending. */
const cellsAt = (edges: readonly number[], count: number): readonly number[] => {
  let cell = 0;
  return Array.from({ length: count }, (_, i) => {
    while (cell < edges.length - 2 && edges[cell + 1] <= (i + 0.5) / count) cell++;
    return cell;
  });
};

const rgbOf = (colour: string): readonly [number, number, number] => [
  Number.parseInt(colour.slice(1, 3), 16),
  Number.parseInt(colour.slice(3, 5), 16),
  Number.parseInt(colour.slice(5, 7), 16),
];

const base64 = (bytes: Uint8Array): string => {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
};
