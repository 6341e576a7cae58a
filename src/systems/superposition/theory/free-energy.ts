import { invalid } from "../../../errors.ts";
import { integral } from "../../../numerics/adaptive-quadrature.ts";
import { cos, exp, log, sin } from "../../../numerics/elementary.ts";
import { memoised } from "../../../numerics/memoised.ts";
import { diagonalSlopes, offDiagonalSlopes } from "../model/pieces.ts";
import { halfSquaredNorm } from "./critical-size.ts";
import { kgonPoint, solveKgon } from "./kgon.ts";
import { hessianEigenvalues } from "./kgon-report.ts";
import { levelLoss } from "./levels.ts";

/** The refined free energies are for six features. */
const C = 6;
const TWO_PI = 6.283185307179586;
const LN_TWO_PI = 1.8378770664093453;

/**
 * Below, the polygons are not separate peaks; above, the integral over the sixth feature is no longer one over the
 * neighbourhood of the 5-gon: the few points with less loss, on the way to the 6-gon, outweigh the flat region.
 */
const SMALLEST_SIZE = 50;
const LARGEST_SIZE = 800;

/** How many labelled k-gons there are among six features: choices of k features times circular orders and reflections. */
const LABELLED = { 5: 6 * 24, 6: 120 };

/**
 * ln of the mass of the density exp(-nBeta L(w)) N(w; 0, I) around the 5-gons and around the 6-gons at c = 6: Laplace's
 * method across each circle of rotated polygons, times the length and the number of the circles; for the 5-gon times the
 * share of the prior that the sixth feature keeps, since its three parameters are flat directions. For nBeta from 50 to
 * 800.
 */
export const logEvidence = (nBeta: number): { readonly pentagon: number; readonly hexagon: number } => {
  if (!(nBeta >= SMALLEST_SIZE && nBeta <= LARGEST_SIZE))
    throw invalid("nBeta", nBeta, `a number from ${SMALLEST_SIZE} to ${LARGEST_SIZE}`);
  return { pentagon: circles(5, nBeta) + log(vestigialShare(nBeta)), hexagon: circles(6, nBeta) };
};

const circles = (k: 5 | 6, nBeta: number): number => {
  // The curvature of a k-gon among six features is that among k, on a loss that is k/6 of its size.
  const eigenvalues = hessianEigenvalues(k, kgonPoint({ k, c: k, sigma: 0, vestigialBias: -1, rotation: 0 }));
  // In ascending order the first is the rotation: these k-gons are minima.
  const curvature = eigenvalues.slice(1).reduce((sum, value) => sum + log((nBeta * value * k) / C + 1), 0);
  const { l } = solveKgon(k);
  return (
    -nBeta * levelLoss({ c: C, live: k, sigma: 0 }) -
    halfSquaredNorm({ c: C, k, sigma: 0 }) -
    // 3k prior factors against 3k - 1 Gaussian integrals.
    0.5 * LN_TWO_PI -
    0.5 * curvature +
    log(LABELLED[k] * TWO_PI * Math.sqrt(k) * l)
  );
};

/** Inputs of the prior beyond 9 have no weight that float64 could see. */
const REACH = 9;
/** Of each of the three nested integrals, the innermost first. */
const TOLERANCES = [1e-9, 1e-8, 1e-7] as const;
const ORDER = 6;

/** E[exp(-nBeta (L - L_5))] over the prior of the vestigial feature of a 5-gon, all else fixed, by nested adaptive quadrature to about 1e-7. */
export const vestigialShare = memoised((nBeta: number): number => {
  const { l, bias } = solveKgon(5);
  const vertices = [0, 1, 2, 3, 4].map(j => [l * cos((TWO_PI * j) / 5), l * sin((TWO_PI * j) / 5)] as const);
  const piece = new Float64Array(3);
  const overlap = (a: number, b: number): number => {
    offDiagonalSlopes(a, b, piece);
    return piece[0];
  };
  const nested = (f: (x: number) => number, ends: readonly number[], level: 0 | 1 | 2): number =>
    integral(f, ends, { tolerance: TOLERANCES[level], order: ORDER }).value;

  /** Over the bias: of what the output of the feature costs beyond a dead one. */
  const overBias = (squared: number, overlaps: readonly number[]): number => {
    const density = (b: number): number => {
      diagonalSlopes(squared, b, piece);
      let cost = piece[0] - 1;
      for (let i = 0; i < overlaps.length; i++) cost += overlap(overlaps[i], b);
      return exp(-0.5 * b * b - (nBeta * cost) / (3 * C));
    };
    // Where one more input begins to be answered the second derivatives jump.
    const kinks = [-squared, ...overlaps.map(a => -a)].filter(b => -REACH < b && b < 0).sort((x, y) => x - y);
    return nested(density, [-REACH, ...kinks, 0, 0.25, 1, REACH], 0);
  };
  /** Over the length of its column, at an angle. */
  const overLength = (angle: number): number => {
    const along = vertices.map(([x, y]) => x * cos(angle) + y * sin(angle));
    const density = (length: number): number => {
      const overlaps = along.map(each => length * each);
      const cost = overlaps.reduce((sum, a) => sum + overlap(a, bias), 0);
      const weight = length * exp(-0.5 * length * length - (nBeta * cost) / (3 * C));
      return weight === 0 ? 0 : weight * overBias(length * length, overlaps);
    };
    const kinks = along.map(each => -bias / each).filter(length => 0 < length && length < REACH);
    return nested(density, [0, ...kinks.sort((x, y) => x - y), REACH], 1);
  };
  // Ten half sectors of the polygon are alike.
  return (10 * nested(overLength, [0, TWO_PI / 10], 2)) / (TWO_PI * Math.sqrt(TWO_PI));
});
