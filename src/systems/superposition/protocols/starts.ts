import type { Address } from "../../../contracts/protocol.ts";
import { invalid } from "../../../errors.ts";
import { type Stream, stream } from "../../../numerics/stream.ts";
import { checkDimensions, type Dimensions } from "../model/layout.ts";
import { kgonPoint } from "../theory/kgon.ts";

const TWO_PI = 6.283185307179586;

/** Where training starts, by the name a spec calls it. Parameters are flat: W by rows, then b. */
export const starts = {
  A: {
    summary: "unit 4-gon, random rotation, N(0, 0.01^2) on all of W and b",
    point: (random, c, r) => {
      const w = rotatedSquare(random, c, r, 1);
      for (let i = 0; i < w.length; i++) w[i] += 0.01 * random.normal();
      return w;
    },
  },
  B: {
    summary: "4-gon of length 0.9, random rotation, N(0, 0.01^2) on W, b from N(0, 1)",
    point: (random, c, r) => {
      const w = rotatedSquare(random, c, r, 0.9);
      for (let i = 0; i < r * c; i++) w[i] += 0.01 * random.normal();
      for (let i = r * c; i < w.length; i++) w[i] = random.normal();
      return w;
    },
  },
  R: {
    summary: "all parameters from N(0, 1)",
    point: (random, c, r) => {
      const w = new Float64Array(r * c + c);
      random.normals(w);
      return w;
    },
  },
  polygon: {
    summary: "the regular c-gon, random rotation",
    point: (random, c) => kgonPoint({ k: c, c, sigma: 0, vestigialBias: 0, rotation: TWO_PI * random.uniform() }),
  },
} as const satisfies { readonly [scheme: string]: Start };

/** "A, unit 4-gon, ...; B, ...": the starts in words. */
export const startsText = Object.entries(starts)
  .map(([name, { summary }]) => `${name}, ${summary}`)
  .join("; ");

export type StartName = keyof typeof starts;

/** Refuses dimensions that a start has no point in. Throws a LandauError of kind "input". */
export const checkStart = (start: StartName, { c, r }: Dimensions): void => {
  checkDimensions(c, r);
  if (start !== "R" && r !== 2) throw invalid("r", r, `2 for the start ${start}; start R works for every r`);
  if ((start === "A" || start === "B") && c < 4) throw invalid("c", c, `at least 4 for the start ${start}`);
};

/** Parameters at a start, by the numbers of a chain. */
export const startPoint = (start: StartName, { c, r }: Dimensions, { seed, chain }: Address): Float64Array =>
  starts[start].point(stream({ seed, chain, purpose: "start" }), c, r);

export interface Start {
  readonly summary: string;
  point(random: Stream, c: number, r: number): Float64Array;
}

const rotatedSquare = (random: Stream, c: number, r: number, length: number): Float64Array => {
  const w = kgonPoint({ k: 4, c, sigma: 0, vestigialBias: 0, rotation: TWO_PI * random.uniform() });
  for (let i = 0; i < r * c; i++) w[i] *= length;
  return w;
};
