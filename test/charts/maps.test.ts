import { Resvg } from "@resvg/resvg-js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cellEdges } from "../../src/charts/cell-axis.ts";
import { cellMarks, markPath } from "../../src/charts/cell-mark.ts";
import { colourScale } from "../../src/charts/colour-scale.ts";
import { type Fill, filledCells } from "../../src/charts/filled-cells.ts";
import { heatMap } from "../../src/charts/heat-map.ts";
import { type CornerField, levelBand, levelLines } from "../../src/charts/level-set.ts";
import { type MapCell, type MapPhase, phaseMap } from "../../src/charts/phase-map.ts";
import { group, type SvgElement, svgText } from "../../src/charts/svg.ts";
import { colours } from "../../src/charts/theme.ts";
import { packPng } from "../../src/formats/pack-png.ts";
import { cellColours, filledAt } from "../support/drawn-cells.ts";
import { marksOf, textIn } from "../support/svg-elements.ts";

describe("cells along an axis", () => {
  test("end halfway to their neighbours, on the axis as it is drawn", () => {
    expect(cellEdges({ label: "x", values: [0, 1, 3] })).toEqual([-0.5, 0.5, 2, 4]);
    const edges = cellEdges({ label: "x", scale: "log", values: [1, 100, 1000] });
    for (const [i, edge] of [0.1, 10, 10 ** 2.5, 10 ** 3.5].entries()) expect(edges[i]).toBeCloseTo(edge, 9);
  });

  test("a value alone is inside its cell", () => {
    for (const value of [-3, 0, 0.02])
      for (const scale of value > 0 ? (["linear", "log"] as const) : (["linear"] as const)) {
        const [from, to] = cellEdges({ label: "x", scale, values: [value] });
        expect(from).toBeLessThan(value);
        expect(to).toBeGreaterThan(value);
        if (scale === "log") expect(from).toBeGreaterThan(0);
      }
  });
});

/** Straight pieces of a path of them. */
const pieces = (d: string) =>
  [...d.matchAll(/M([-\d.]+),([-\d.]+)L([-\d.]+),([-\d.]+)/g)].map(([, ...numbers]) => numbers.map(Number));

/** Area of the polygons of a path, by the shoelace formula. */
const area = (d: string): number =>
  [...d.matchAll(/M([^Z]+)Z/g)].reduce((sum, [, corners]) => {
    const points = corners.split("L").map(corner => corner.split(",").map(Number));
    const twice = points.reduce((total, [x, y], i) => {
      const [nextX, nextY] = points[(i + 1) % points.length];
      return total + x * nextY - nextX * y;
    }, 0);
    return sum + Math.abs(twice) / 2;
  }, 0);

const fieldOf = (columns: number, rows: number, at: (x: number, y: number) => number): CornerField => ({
  xs: Array.from({ length: columns }, (_, i) => 10 * i),
  ys: Array.from({ length: rows }, (_, i) => 10 * i),
  at: (column, row) => at(10 * column, 10 * row),
});

describe("level sets", () => {
  test("a linear field has a straight line and a band between two of them, where they should be", () => {
    const slanted = fieldOf(11, 6, (x, y) => x + 2 * y);
    for (const [x1, y1, x2, y2] of pieces(levelLines(slanted, 73))) {
      expect(x1 + 2 * y1).toBeCloseTo(73, 1);
      expect(x2 + 2 * y2).toBeCloseTo(73, 1);
    }
    // Over y from 0 to 36.5 the line runs from x = 73 to x = 0.
    const length = pieces(levelLines(slanted, 73)).reduce(
      (sum, [x1, y1, x2, y2]) => sum + Math.hypot(x2 - x1, y2 - y1),
      0,
    );
    expect(length).toBeCloseTo(Math.hypot(73, 36.5), 1);
    expect(area(levelBand(slanted, 20, 60))).toBeCloseTo((60 * 30 - 20 * 10) / 2, 0);
  });

  test("a circle has the length and the band the area that they should", () => {
    const round = fieldOf(101, 101, (x, y) => Math.hypot(x - 503, y - 497));
    const length = pieces(levelLines(round, 300)).reduce(
      (sum, [x1, y1, x2, y2]) => sum + Math.hypot(x2 - x1, y2 - y1),
      0,
    );
    expect(Math.abs(length / (2 * Math.PI * 300) - 1)).toBeLessThan(1e-3);
    expect(Math.abs(area(levelBand(round, 200, 300)) / (Math.PI * 5e4) - 1)).toBeLessThan(2e-3);
  });

  test("through a saddle pass two lines that do not cross", () => {
    for (const [level, low] of [
      [0.4, true],
      [0.6, false],
    ] as const) {
      const [a, b] = pieces(
        levelLines(
          fieldOf(2, 2, (x, y) => (x === y ? 1 : 0)),
          level,
        ),
      );
      // Each cuts off one corner, which lies on the side that the middle of the square does not.
      const cornersOf = ([x1, y1, x2, y2]: number[]) => [x1 % 10 === 0 ? x1 : x2, y1 % 10 === 0 ? y1 : y2];
      for (const [x, y] of [cornersOf(a), cornersOf(b)]) expect(x === y).toBe(!low);
    }
  });

  test("bands side by side fill what one band fills", () => {
    const value = fc.double({ min: 0, max: 1, noNaN: true });
    const field = fc.array(value, { minLength: 20, maxLength: 20 });
    fc.assert(
      fc.property(field, fc.double({ min: 0.1, max: 0.9, noNaN: true }), (values, middle) => {
        const at = fieldOf(5, 4, (x, y) => values[(y / 10) * 5 + x / 10]);
        const parts = area(levelBand(at, -1, middle)) + area(levelBand(at, middle, 2));
        // In a saddle both parts take the connection through the middle.
        const isSaddle = values.some((value, i) => {
          if (i % 5 === 4 || i >= 15) return false;
          const [a, b, c, d] = [value, values[i + 1], values[i + 6], values[i + 5]].map(each => each >= middle);
          return a === c && b === d && a !== b;
        });
        if (!isSaddle) expect(Math.abs(parts - 1200)).toBeLessThan(1);
        expect(area(levelBand(at, -1, 2))).toBe(1200);
      }),
    );
  });
});

describe("cells", () => {
  const fills: readonly Fill[] = [
    { colour: colours.blue, opacity: 1 },
    { colour: colours.green, opacity: 0.5 },
    { colour: colours.grey, opacity: 0.25 },
  ];
  const edges = (count: number) => Array.from({ length: count + 1 }, (_, i) => 3 + 6 * i);
  const places = (columns: number, rows: number) => ({ xEdges: edges(columns), yEdges: edges(rows).reverse() });

  test("each is filled as it should, whatever lies together", () => {
    const grid = fc
      .record({ columns: fc.integer({ min: 1, max: 9 }), rows: fc.integer({ min: 1, max: 9 }) })
      .chain(size =>
        fc.record({
          size: fc.constant(size),
          cells: fc.array(fc.integer({ min: -1, max: 2 }), {
            minLength: size.columns * size.rows,
            maxLength: size.columns * size.rows,
          }),
        }),
      );
    fc.assert(
      fc.property(grid, ({ size: { columns, rows }, cells }) => {
        const svg = group(
          {},
          filledCells(places(columns, rows), fills, (column, row) => cells[row * columns + column]),
        );
        cells.forEach((fill, i) => {
          const [x, y] = [6 + 6 * (i % columns), 6 * rows - 6 * Math.floor(i / columns)];
          expect(filledAt(svg, x, y)).toEqual(fill < 0 ? undefined : fills[fill]);
        });
      }),
    );
  });

  test("many small ones are a picture with the same colours", () => {
    const fillOf = (column: number, row: number) => ((column * column + 3 * row * column + row) % 4) - 1;
    const drawn = filledCells(places(60, 50), fills, fillOf);
    expect(drawn.map(({ name }) => name)).toEqual(["image"]);
    const pixels = pixelsOf(group({}, drawn), 366, 306);
    for (let row = 0; row < 50; row++)
      for (let column = 0; column < 60; column++) {
        const fill = fills[fillOf(column, row)];
        const [red, green, blue, alpha] = pixels(6 + 6 * column, 300 - 6 * row);
        expect(alpha).toBe(fill ? Math.round(255 * fill.opacity) : 0);
        // Rendered with the opacity multiplied in.
        if (fill)
          [red, green, blue].forEach((channel, i) => {
            const wanted = Number.parseInt(fill.colour.slice(1 + 2 * i, 3 + 2 * i), 16);
            expect(Math.abs(channel - wanted * fill.opacity)).toBeLessThanOrEqual(1);
          });
      }
  });

  test("a picture keeps cells of unequal width apart where their edges are", () => {
    const xEdges = [0, ...Array.from({ length: 40 }, (_, i) => 100 * (1.03 ** (i + 1) - 1))];
    const drawn = filledCells({ xEdges, yEdges: edges(40).reverse() }, fills, (column, row) => (column + row) % 2);
    expect(drawn[0].name).toBe("image");
    const pixels = pixelsOf(group({}, drawn), Math.ceil(xEdges[40]) + 1, 250);
    for (let column = 0; column < 40; column++) {
      const [, , , alpha] = pixels((xEdges[column] + xEdges[column + 1]) / 2, 240);
      expect(alpha).toBe(column % 2 === 0 ? 255 : 128);
    }
  });
});

/** What a renderer of its own makes of a drawing: red, green, blue and opacity at a place, each from 0 to 255, colours times opacity. */
const pixelsOf = (content: SvgElement, width: number, height: number) => {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${svgText(content)}</svg>`;
  const { pixels, width: across } = new Resvg(svg).render();
  return (x: number, y: number): readonly number[] => {
    const at = 4 * (Math.floor(y) * across + Math.floor(x));
    return [...pixels.subarray(at, at + 4)];
  };
};

test("a packed PNG is read by another decoder as it was", () => {
  const image = {
    width: 5,
    height: 3,
    palette: [
      { rgb: [255, 0, 10], opacity: 1 },
      { rgb: [0, 200, 0], opacity: 0.4 },
      { rgb: [1, 2, 3], opacity: 0 },
    ] as const,
    pixels: Uint8Array.of(0, 1, 2, 0, 1, 1, 1, 1, 2, 2, 0, 0, 2, 1, 0),
  };
  const href = `data:image/png;base64,${Buffer.from(packPng(image)).toString("base64")}`;
  const { pixels } = new Resvg(
    `<svg xmlns="http://www.w3.org/2000/svg" width="5" height="3"><image href="${href}" width="5" height="3"/></svg>`,
  ).render();
  image.pixels.forEach((index, i) => {
    const { rgb, opacity } = image.palette[index];
    for (const [j, channel] of rgb.entries())
      expect(Math.abs(pixels[4 * i + j] - channel * opacity)).toBeLessThanOrEqual(1);
    expect(pixels[4 * i + 3]).toBe(Math.round(255 * opacity));
  });
});

type Triple = readonly number[];
const times = (matrix: readonly Triple[], vector: Triple): number[] =>
  matrix.map(row => row.reduce((sum, each, i) => sum + each * vector[i], 0));

/** Linear sRGB of "#rrggbb". */
const linearOf = (colour: string): number[] =>
  [1, 3, 5].map(at => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });

/** CIELAB (D65) of linear sRGB: another uniform space than the one that the scale is made in. */
const labOf = (rgb: Triple): number[] => {
  const xyz = times(
    [
      [0.4124564 / 0.95047, 0.3575761 / 0.95047, 0.1804375 / 0.95047],
      [0.2126729, 0.7151522, 0.072175],
      [0.0193339 / 1.08883, 0.119192 / 1.08883, 0.9503041 / 1.08883],
    ],
    rgb.map(channel => Math.max(0, channel)),
  );
  const [x, y, z] = xyz.map(each => (each > 216 / 24389 ? Math.cbrt(each) : (24389 / 27 / 116) * each + 16 / 116));
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
};

/** Complete loss of one kind of cones, in linear sRGB.  [Machado, Oliveira and Fernandes 2009] */
const visions: { readonly [name: string]: readonly Triple[] } = {
  "all cones": [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

describe("the colour scale", () => {
  const distance = (a: Triple, b: Triple): number => Math.hypot(...a.map((each, i) => each - b[i]));

  test.each(Object.entries(visions))("rises in lightness by steps that are alike, seen with %s", (name, vision) => {
    const seen = colourScale(17).map(colour => labOf(times(vision, linearOf(colour))));
    const steps = seen.slice(1).map((lab, i) => distance(lab, seen[i]));
    for (const [i, [lightness]] of seen.slice(1).entries()) expect(lightness).toBeGreaterThan(seen[i][0] + 2);
    expect(Math.max(...steps) / Math.min(...steps)).toBeLessThan(name === "all cones" ? 1.6 : 2.2);
    expect(Math.min(...steps)).toBeGreaterThan(3);
  });
});

describe("a map of phases", () => {
  const phases: readonly MapPhase[] = [
    { label: "ordered", colour: colours.blue, mark: "none" },
    { label: "disordered", colour: colours.orange, mark: "plus" },
  ];
  const axes = {
    x: { label: "x", values: [0, 1, 2, 3] },
    y: { label: "y", scale: "log" as const, values: [1, 10, 100] },
  };
  const cells: readonly MapCell[] = Array.from({ length: 12 }, (_, i) => ({
    column: i % 4,
    row: Math.floor(i / 4),
    phase: i % 4 < 2 ? 0 : 1,
    agreement: i === 5 ? null : 1 - 0.1 * (i % 4),
  }));
  const surface = { width: 500, height: 400 };
  const draw = (over: Partial<Parameters<typeof phaseMap>[0]> = {}) =>
    phaseMap({ title: "t", description: "d.", ...axes, phases, cells, ...over }, surface);

  test("has its first row at the bottom, and fades where runs disagree", () => {
    const svg = draw();
    const [left, right] = [44, 480];
    const fills = [0, 1, 2, 3].map(column => filledAt(svg, left + ((column + 0.5) * (right - left)) / 4, 330)!);
    expect(fills.map(({ colour }) => colour)).toEqual([colours.blue, colours.blue, colours.orange, colours.orange]);
    const opacities = fills.map(({ opacity }) => opacity);
    expect([...opacities].sort((a, b) => b - a)).toEqual(opacities);
    expect(new Set(opacities).size).toBe(4);
  });

  test("marks what was not run, and tells so in the key; not where all was run", () => {
    expect(marksOf(draw(), "ruled").length).toBe(1);
    expect(marksOf(draw(), "key").map(textIn)[0]).toContain("not run");
    const whole = draw({ cells: cells.map(cell => ({ ...cell, agreement: 1 })) });
    expect(marksOf(whole, "ruled")).toEqual([]);
    expect(marksOf(whole, "key").map(textIn)).toEqual(["ordereddisordered"]);
  });

  test("has a sign of its own for each phase but one, so that it reads without colour", () => {
    const signs = cellMarks.map(mark => markPath(mark, [[0, 0]]));
    expect(new Set(signs).size).toBe(cellMarks.length);
    const svg = draw();
    const [drawn, ...others] = marksOf(svg, "phase-marks").map(({ attributes }) => String(attributes.d));
    expect(others).toEqual([]);
    const places = [...drawn.matchAll(/M([\d.]+),([\d.]+)m/g)].map(([, x, y]) => [Number(x), Number(y)]);
    for (const [x, y] of places) expect(filledAt(svg, x, y)?.colour).toBe(colours.orange);
    for (const { x, y, colour } of cellColours(svg, 4, 3)) {
      const near = places.filter(([a, b]) => Math.abs(a - x) < 50 && Math.abs(b - y) < 50);
      if (colour === colours.orange) expect(near.length).toBeGreaterThan(0);
    }
  });

  test("draws the boundary where probabilities are equal, with the band in which neither is sure", () => {
    const sure = cells.map(cell => ({ ...cell, probabilities: cell.column < 2 ? [0.9, 0.1] : [0.1, 0.9] }));
    const svg = draw({ cells: sure, boundaries: true });
    const xs = pieces(String(marksOf(svg, "boundary")[0].attributes.d)).flatMap(([x1, , x2]) => [x1, x2]);
    for (const x of xs) expect(x).toBeCloseTo((44 + 480) / 2, 1);
    // 0.9 is not 0.95: no place is sure.
    const whole = area(String(marksOf(svg, "band")[0].attributes.d));
    const firm = cells.map(cell => ({ ...cell, probabilities: cell.column < 2 ? [1, 0] : [0, 1] }));
    const narrow = area(String(marksOf(draw({ cells: firm, boundaries: true }), "band")[0].attributes.d));
    // Between the middles of two columns, 0.05 to 0.95 of the way.
    expect(narrow / whole).toBeCloseTo((0.9 * 1) / 4, 2);
  });

  test("lays theory over it, cut off at the frame", () => {
    const svg = draw({
      theory: [
        [
          [1, 0.001],
          [1, 1e6],
        ],
      ],
    });
    const [[x1, y1, x2, y2]] = pieces(String(marksOf(svg, "theory")[0].attributes.d));
    expect([x1, x2]).toEqual([44 + (1.5 / 4) * 436, 44 + (1.5 / 4) * 436]);
    expect(Math.abs(y2 - y1)).toBeGreaterThan(200);
    expect(marksOf(svg, "key").map(textIn)[0]).toContain("theory");
  });

  test.each([
    [[0, 1, 1, 2], "a value of x is 1: needs more than 1"],
    [[0, 1, Number.NaN, 2], "a value of x is NaN: needs a finite number"],
    [[], "values of x is []: needs at least one"],
  ])("refuses values %s", (values, message) => {
    expect(() => draw({ x: { label: "x", values } })).toThrow(message);
  });

  test("of many cells stays small", () => {
    const many = (side: number) => {
      const values = Array.from({ length: side }, (_, i) => i);
      const noise = (i: number) => (Math.imul(i + 1, 2654435761) >>> 16) % 2;
      const all = Array.from({ length: side * side }, (_, i) => ({
        column: i % side,
        row: Math.floor(i / side),
        phase: noise(i),
        agreement: noise(i + 7) === 0 ? 1 : 0.6,
      }));
      const axis = { label: "x", values };
      return svgText(
        phaseMap({ title: "t", description: "d.", x: axis, y: axis, phases, cells: all }, { width: 760, height: 480 }),
      );
    };
    expect(many(64).length).toBeLessThan(50_000);
    expect(many(200).length).toBeLessThan(100_000);
  });
});

test("a map of numbers has the colour of each, and a bar that says which", () => {
  const cells = [0, 1, 2, 3].map(column => ({ column, row: 0, value: column === 2 ? null : column / 3 }));
  const svg = heatMap(
    {
      title: "t",
      description: "d.",
      x: { label: "x", values: [0, 1, 2, 3] },
      y: { label: "y", values: [0] },
      cells,
      value: "order",
      missing: "diverged",
    },
    { width: 500, height: 400 },
  );
  const at = (column: number) => filledAt(svg, 44 + ((column + 0.5) * 436) / 4, 200)?.colour;
  const scale = colourScale(64);
  expect([0, 1, 2, 3].map(at)).toEqual([scale[0], scale[21], undefined, scale[63]]);
  expect(marksOf(svg, "missing").length).toBe(1);
  expect(marksOf(svg, "key").map(textIn)).toEqual(["diverged"]);
  const numbers = marksOf(svg, "x-ticks").at(-1)!;
  expect(textIn(numbers)).toMatch(/^0\.00*.*1\.00*$/);
});
