import { element, type SvgElement } from "../../src/charts/svg.ts";
import { textAt } from "../../src/charts/text.ts";
import { colours, picture } from "../../src/charts/theme.ts";
import type { Frame } from "../frame.ts";
import type { Picture } from "../picture.ts";

/** Most entries of an array that are drawn. */
const MOST = 900;
const HEAD = 18;
const GAP = 14;

interface Tile {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
}

/** All arrays of the state as tiles, blue above zero and orange below, the stronger the larger. */
export const weightsPicture = (frame: Frame): Picture => {
  const tiles = tilesOf(frame);
  return {
    name: "state",
    title: "Weights",
    height: 260,
    draw: ({ width, height }) => {
      const most = frame.w.reduce((large, value) => Math.max(large, Math.abs(value)), 1e-12);
      const placed = arranged(tiles, width, height);
      const cells = placed.flatMap(({ tile, x, y, size }): SvgElement[] => [
        textAt(x, y + HEAD / 2, tile.name, { anchor: "start" }),
        ...Array.from(tile.values, (value, i) =>
          element("rect", {
            x: x + (i % tile.columns) * size,
            y: y + HEAD + Math.floor(i / tile.columns) * size,
            ...{ width: size - 0.5, height: size - 0.5 },
            fill: value >= 0 ? colours.blue : colours.orange,
            "fill-opacity": Math.round(100 * (0.06 + 0.94 * Math.min(1, Math.abs(value) / most))) / 100,
          }),
        ),
      ]);
      const bottom = Math.max(...placed.map(({ y, tile, size }) => y + HEAD + tile.rows * size));
      return picture(
        {
          title: "Weights of the network",
          description: `${tiles.map(({ name, rows, columns }) => `${name}, ${rows} by ${columns}`).join("; ")}. Blue above zero, orange below; the largest is ${most.toPrecision(3)}.`,
        },
        { width, height: Math.ceil(bottom + 4) },
        cells,
      );
    },
    table: () => ({
      columns: ["array", "row", "column", "value"],
      rows: tiles.flatMap(({ name, columns, values }) =>
        Array.from(values, (value, i) => [name, Math.floor(i / columns), i % columns, value]),
      ),
    }),
  };
};

const tilesOf = ({ parameters, w }: Frame): readonly Tile[] =>
  parameters.flatMap(({ name, shape, offset }): Tile[] => {
    const size = shape.reduce((a, b) => a * b, 1);
    if (size === 0 || size > MOST) return [];
    const values = w.subarray(offset, offset + size);
    const last = shape.at(-1) ?? 1;
    // A long list is folded.
    const columns = shape.length > 1 ? last : Math.min(size, 24);
    return [{ name, rows: Math.ceil(size / columns), columns, values }];
  });

/** Side by side as long as there is room, all cells of one size that fits. */
const arranged = (tiles: readonly Tile[], width: number, height: number) => {
  for (let size = 22; size > 2; size -= 1) {
    const placed = rowsOf(tiles, width, size);
    const last = placed.at(-1);
    if (
      size <= 3 ||
      (last &&
        placed.every(({ y, tile }) => y + HEAD + tile.rows * size <= height) &&
        placed.every(({ x, tile }) => x + tile.columns * size <= width))
    )
      return placed;
  }
  return rowsOf(tiles, width, 3);
};

const rowsOf = (tiles: readonly Tile[], width: number, size: number) => {
  let [x, y, tall] = [4, 0, 0];
  return tiles.map(tile => {
    const wide = Math.max(tile.columns * size, 7 * tile.name.length);
    if (x > 4 && x + wide > width) [x, y, tall] = [4, y + tall, 0];
    const place = { tile, x, y, size };
    x += wide + GAP;
    tall = Math.max(tall, HEAD + tile.rows * size + 6);
    return place;
  });
};
