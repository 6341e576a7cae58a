import type { Surface } from "./surface.ts";
import { type Drawing, element, group, pathThrough, type SvgElement } from "./svg.ts";
import { textAt, textWidth } from "./text.ts";
import { colours, type Description, fontSize, picture, series } from "./theme.ts";

/** Residues 0, ..., p - 1 in a plane, where those that a frequency makes neighbours are joined. */
export interface Circle {
  readonly frequency: number;
  readonly points: readonly (readonly number[])[];
  /** Above the circle; its frequency when absent. */
  readonly label?: string;
}

const HEAD = 30;
const SMALLEST = 160;
const size = fontSize - 1;

const description: Description = {
  title: "Residues on the planes of the strongest frequencies",
  description: "Each residue at its place in the plane, neighbours joined, beside an exact circle.",
};

/** Each circle in a square of its own, its residues numbered where there is room, dots elsewhere; in several rows on a narrow surface. */
export const circleRow = (circles: readonly Circle[], { width, height }: Surface): Drawing => {
  const across = Math.max(1, Math.min(circles.length, Math.floor(width / SMALLEST)));
  const rows = Math.ceil(circles.length / across);
  const pitch = width / across;
  const rowHeight = rows === 1 ? height : HEAD + Math.min(pitch, height - HEAD);
  const drawn = circles.map((circle, i) => {
    const x = pitch * ((i % across) + 0.5);
    const top = rowHeight * Math.floor(i / across);
    const y = top + HEAD + (rowHeight - HEAD) / 2;
    const radius = (Math.min(pitch, rowHeight - HEAD) / 2 - 22) / 1.25;
    return group({}, [
      ...circleMarks(circle, { x, y, radius, colour: series[i % series.length] }),
      textAt(x, top + 14, circle.label ?? `frequency ${circle.frequency}`, { bold: true }),
    ]);
  });
  return picture(description, { width, height: rows * rowHeight }, drawn);
};

interface CirclePlace {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly colour: string;
}

const circleMarks = ({ frequency, points }: Circle, { x, y, radius, colour }: CirclePlace): SvgElement[] => {
  const p = points.length;
  const squares = points.map(([a, b]) => a * a + b * b);
  const exact = Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / p) || 1;
  // The farthest residue stays in the square.
  const unit = radius / Math.max(exact, Math.sqrt(Math.max(...squares)) / 1.25);
  const places = points.map(([a, b]): readonly [number, number] => [x + unit * a, y - unit * b]);
  // Neighbours on the circle differ by the inverse of f.
  let step = 1;
  while ((step * frequency) % p !== 1) step++;
  const around = Array.from({ length: p + 1 }, (_, j) => places[(j * step) % p]);
  const numbered: number[] = [];
  const collide = (a: number, b: number): boolean =>
    Math.abs(places[a][0] - places[b][0]) < (textWidth(`${a}`, { size }) + textWidth(`${b}`, { size })) / 2 + 1 &&
    Math.abs(places[a][1] - places[b][1]) < size;
  for (const a of places.keys()) if (!numbered.some(b => collide(a, b))) numbered.push(a);
  const has = new Set(numbered);
  return [
    element("circle", {
      ...{ cx: x, cy: y, r: unit * exact, fill: "none" },
      ...{ stroke: colours.grey, "stroke-width": 0.75, "stroke-opacity": 0.7 },
    }),
    element("path", { d: pathThrough(around), fill: "none", stroke: colour, "stroke-opacity": 0.6 }),
    ...places.map(([cx, cy], a) =>
      has.has(a)
        ? textAt(cx, cy, String(a), { size, fill: colour })
        : element("circle", { cx, cy, r: 1.5, fill: colour }),
    ),
  ];
};
