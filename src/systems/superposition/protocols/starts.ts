import { invalid } from "../../../errors.ts";
import type { Stream } from "../../../numerics/stream.ts";
import { kgonPoint } from "../theory/kgon.ts";

const TWO_PI = 6.283185307179586;

/** Where training starts, by the name a spec calls it. Parameters are flat: W by rows, then b. */
export const starts: { readonly [scheme: string]: Start } = {
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
};

export interface Start {
  readonly summary: string;
  point(random: Stream, c: number, r: number): Float64Array;
}

const rotatedSquare = (random: Stream, c: number, r: number, length: number): Float64Array => {
  if (r !== 2) throw invalid("r", r, "2 for a start at the 4-gon; scheme R works for every r");
  if (c < 4) throw invalid("c", c, "at least 4 features for a start at the 4-gon");
  const w = kgonPoint({ k: 4, c, sigma: 0, vestigialBias: 0, rotation: TWO_PI * random.uniform() });
  for (let i = 0; i < r * c; i++) w[i] *= length;
  return w;
};
