import { invalid, LandauError } from "../../../errors.ts";
import { cos, sin } from "../../../numerics/elementary.ts";
import { type PlanarEquations, planarNewton } from "../../../numerics/planar-newton.ts";
import { diagonal, offDiagonal } from "../model/pieces.ts";
import { positiveVestigialBias } from "./vestigial.ts";

const TWO_PI = 6.283185307179586;

/** A critical regular k-gon: k columns of length `l` at equal angles, each output with bias `bias`. */
export interface RegularPolygon {
  readonly k: number;
  readonly l: number;
  readonly bias: number;
  /** H = 3 c L of the polygon alone (c = k). */
  readonly h: number;
  /** How many of the other k - 1 vertices a vertex answers to: those with l^2 cos(2 pi m / k) + bias > 0. */
  readonly activeNeighbours: number;
}

/** Rough guesses of l^2 and of bias / l^2. Newton's method converges from most of them, whatever k. */
const STARTS = [1, 1.6, 2.4, 0.7].flatMap(x => [-0.5, -0.25, -0.7].map(ratio => [x, ratio * x] as const));

const solved = new Map<number, RegularPolygon>();

/**
 * The critical regular k-gon in the plane, by Newton's method on the two stationarity conditions of the population loss
 * in l^2 and the bias (arXiv 2310.06301, Appendix E). Which neighbours are active is left to the conditions themselves
 * rather than prescribed, so that every root is a critical point. Good to a few units in the last place.
 *
 * For k = 3 and 4 nothing is lost at l = 1, bias = 0. For each k from 5 to 64 a grid of starts finds one root and no
 * other, with a negative bias. From k = 9 on, except at 12, some neighbours at less than a right angle are inactive,
 * which the source's polynomial system excludes; so those polygons are not in the source.
 *
 * Throws a LandauError when k is not an integer >= 3, or when no root is found.
 */
export const solveKgon = (k: number): RegularPolygon => {
  if (!Number.isInteger(k) || k < 3) throw invalid("k", k, "an integer >= 3, the number of vertices");
  const known = solved.get(k);
  if (known) return known;
  const polygon = k <= 4 ? { k, l: 1, bias: 0, h: 0, activeNeighbours: 0 } : search(k);
  solved.set(k, polygon);
  return polygon;
};

const search = (k: number): RegularPolygon => {
  const cosines = Array.from({ length: k - 1 }, (_, i) => cos((TWO_PI * Math.min(i + 1, k - 1 - i)) / k));
  for (const start of STARTS) {
    const root = planarNewton(stationarity(cosines), start);
    // The conditions also hold, trivially, where all outputs are dead: x + bias <= 0.
    if (root && root[0] + root[1] > CLEARLY_ALIVE && root[1] < 0) return polygonAt(k, cosines, root);
  }
  throw new LandauError("diverged", `k is ${k}: no critical regular polygon was found; those from 3 to 64 are known`);
};

const CLEARLY_ALIVE = 1e-6;

/** d/dx and d/dbias of h/k = d(x, bias) + sum_m g(x cos(2 pi m / k), bias), with their derivatives. */
const stationarity = (cosines: readonly number[]): PlanarEquations => {
  const piece = new Float64Array(6);
  return (x, bias, out) => {
    diagonal(x, bias, piece);
    out.set([piece[1], piece[2], piece[3], piece[4], piece[4], piece[5]]);
    for (const cosine of cosines) {
      offDiagonal(x * cosine, bias, piece);
      out[0] += cosine * piece[1];
      out[1] += piece[2];
      out[2] += cosine * cosine * piece[3];
      out[3] += cosine * piece[4];
      out[4] += cosine * piece[4];
      out[5] += piece[5];
    }
  };
};

const polygonAt = (k: number, cosines: readonly number[], [x, bias]: readonly [number, number]): RegularPolygon => {
  const piece = new Float64Array(6);
  diagonal(x, bias, piece);
  let perVertex = piece[0];
  for (const cosine of cosines) {
    offDiagonal(x * cosine, bias, piece);
    perVertex += piece[0];
  }
  return {
    k,
    l: Math.sqrt(x),
    bias,
    h: k * perVertex,
    activeNeighbours: cosines.filter(cosine => x * cosine + bias > 0).length,
  };
};

/** A k-gon among c features; the features it does not use are vestigial. */
export interface KgonPlacement {
  readonly k: number;
  readonly c: number;
  /** How many vestigial features have the positive bias 1/(2c). */
  readonly sigma: number;
  /** Bias of the other vestigial features. Negative for the family k^{sigma+}. */
  readonly vestigialBias: number;
  /** Angle of the first vertex. */
  readonly rotation: number;
}

/** Throws a LandauError unless k of the c features can be a k-gon and sigma of the others positive vestigials. */
const checkPlacement = ({ k, c, sigma }: Pick<KgonPlacement, "k" | "c" | "sigma">): void => {
  solveKgon(k);
  if (!Number.isInteger(c) || c < k) throw invalid("c", c, `an integer >= k = ${k}, the number of features`);
  if (!Number.isInteger(sigma) || sigma < 0 || sigma > c - k)
    throw invalid("sigma", sigma, `an integer from 0 to c - k = ${c - k}, the vestigial features with positive bias`);
};

/** The flat parameters (W row 0, W row 1, b): vertices first, then positive vestigial features, then negative ones. */
export const kgonPoint = ({ k, c, sigma, vestigialBias, rotation }: KgonPlacement): Float64Array => {
  checkPlacement({ k, c, sigma });
  const { l, bias } = solveKgon(k);
  const w = new Float64Array(3 * c);
  for (let m = 0; m < k; m++) {
    const angle = (TWO_PI * m) / k + rotation;
    w[m] = l * cos(angle);
    w[c + m] = l * sin(angle);
  }
  w.fill(bias, 2 * c, 2 * c + k);
  w.fill(positiveVestigialBias(c), 2 * c + k, 2 * c + k + sigma);
  w.fill(vestigialBias, 2 * c + k + sigma);
  return w;
};
