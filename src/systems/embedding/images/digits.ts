import type { Address } from "../../../contracts/protocol.ts";
import { cos, sin } from "../../../numerics/elementary.ts";
import { type Stream, stream } from "../../../numerics/stream.ts";

type Point = readonly [x: number, y: number];

/** The ten digits as strokes of a pen in the unit square, y downwards: lines through points. */
const glyphs: readonly (readonly (readonly Point[])[])[] = [
  [
    [
      [0.5, 0.1],
      [0.75, 0.25],
      [0.78, 0.6],
      [0.6, 0.9],
      [0.4, 0.9],
      [0.22, 0.6],
      [0.25, 0.25],
      [0.5, 0.1],
    ],
  ],
  [
    [
      [0.35, 0.28],
      [0.55, 0.1],
      [0.55, 0.9],
    ],
  ],
  [
    [
      [0.25, 0.28],
      [0.45, 0.1],
      [0.7, 0.2],
      [0.7, 0.42],
      [0.25, 0.9],
      [0.77, 0.9],
    ],
  ],
  [
    [
      [0.27, 0.15],
      [0.6, 0.1],
      [0.73, 0.28],
      [0.48, 0.46],
      [0.75, 0.65],
      [0.62, 0.88],
      [0.25, 0.85],
    ],
  ],
  [
    [
      [0.62, 0.9],
      [0.62, 0.1],
      [0.22, 0.62],
      [0.8, 0.62],
    ],
  ],
  [
    [
      [0.73, 0.1],
      [0.33, 0.1],
      [0.28, 0.45],
      [0.6, 0.42],
      [0.76, 0.65],
      [0.58, 0.9],
      [0.25, 0.84],
    ],
  ],
  [
    [
      [0.65, 0.1],
      [0.35, 0.35],
      [0.25, 0.68],
      [0.45, 0.9],
      [0.7, 0.8],
      [0.7, 0.58],
      [0.48, 0.5],
      [0.28, 0.65],
    ],
  ],
  [
    [
      [0.24, 0.1],
      [0.77, 0.1],
      [0.45, 0.9],
    ],
  ],
  [
    [
      [0.5, 0.46],
      [0.3, 0.3],
      [0.5, 0.1],
      [0.7, 0.28],
      [0.5, 0.46],
      [0.27, 0.68],
      [0.5, 0.9],
      [0.74, 0.7],
      [0.5, 0.46],
    ],
  ],
  [
    [
      [0.72, 0.35],
      [0.5, 0.5],
      [0.28, 0.38],
      [0.35, 0.14],
      [0.6, 0.1],
      [0.72, 0.35],
      [0.62, 0.9],
    ],
  ],
];

export const CLASSES = glyphs.length;

/** Spread of each point of a stroke, of turns (radians), slants, sizes and places, and of the noise of a pixel. */
const [POINT, TURN, SLANT, SIZE, PLACE, NOISE] = [0.045, 0.15, 0.15, 0.1, 0.06, 0.15];
/** Half the width of the pen, and the width of its soft edge. */
const [PEN, EDGE] = [0.06, 0.07];

export interface Images {
  /** Row by row, image after image; ink is about 1, paper about 0. */
  readonly pixels: Float64Array;
  readonly labels: Int32Array;
}

/** Generated pictures of digits, side x side pixels: strokes of a pen, bent, turned, slanted, scaled and moved at random, with noise. Not a data set of anybody's handwriting. */
export const digitImages = (count: number, side: number, address: Address & { readonly purpose: string }): Images => {
  const random = stream(address);
  const pixels = new Float64Array(count * side * side);
  const labels = Int32Array.from({ length: count }, (_, i) => {
    const label = random.below(CLASSES);
    draw(label, side, random, pixels.subarray(i * side * side, (i + 1) * side * side));
    return label;
  });
  return { pixels, labels };
};

const draw = (label: number, side: number, random: Stream, out: Float64Array): void => {
  const turn = TURN * random.normal();
  const [c, s] = [cos(turn), sin(turn)];
  const slant = SLANT * random.normal();
  const [width, height] = [1 + SIZE * random.normal(), 1 + SIZE * random.normal()];
  const [right, down] = [PLACE * random.normal(), PLACE * random.normal()];
  const moved = ([x, y]: Point): Point => {
    const [u, v] = [width * (x - 0.5 + POINT * random.normal()), height * (y - 0.5 + POINT * random.normal())];
    const slanted = u - slant * v;
    return [0.5 + right + c * slanted - s * v, 0.5 + down + s * slanted + c * v];
  };
  const strokes = glyphs[label].map(stroke => stroke.map(moved));
  for (let row = 0; row < side; row++)
    for (let column = 0; column < side; column++) {
      const place: Point = [(column + 0.5) / side, (row + 0.5) / side];
      let least = Infinity;
      for (const stroke of strokes)
        for (let i = 1; i < stroke.length; i++) least = Math.min(least, distance(place, stroke[i - 1], stroke[i]));
      const ink = Math.min(1, Math.max(0, 1 - (least - PEN) / EDGE));
      out[row * side + column] = ink + NOISE * random.normal();
    }
};

/** From a point to the line between two others. */
const distance = ([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number => {
  const [dx, dy] = [bx - ax, by - ay];
  const squared = dx * dx + dy * dy;
  const along = squared === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / squared));
  const [ex, ey] = [x - ax - along * dx, y - ay - along * dy];
  return Math.sqrt(ex * ex + ey * ey);
};
