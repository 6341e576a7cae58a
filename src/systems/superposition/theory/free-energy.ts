import { invalid } from "../../../errors.ts";
import { cos, exp, log, sin } from "../../../numerics/elementary.ts";
import { populationObjective } from "../model/population.ts";
import { halfSquaredNorm } from "./critical-size.ts";
import { movedPoint } from "./flat-region.ts";
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

/** Cells of the midpoint rule, and its range: half a sector of the 5-gon; column length and bias where the prior is. */
const ANGLES = 6;
const LENGTHS = 80;
const BIASES = 160;
const LONGEST = 2;
const LOWEST = -6;
const HIGHEST = 2;

/** E[exp(-nBeta (L - L_5))] over the prior of the vestigial feature of a 5-gon, all else fixed; to about 1e-3. */
export const vestigialShare = (nBeta: number): number => {
  const { loss } = populationObjective({ c: C, r: 2 });
  const resting = levelLoss({ c: C, live: 5, sigma: 0 });
  const w = movedPoint({ c: C, k: 5, vestigialColumn: [0, 0], vestigialBias: -1 });
  const angleStep = TWO_PI / 10 / ANGLES;
  const lengthStep = LONGEST / LENGTHS;
  const biasStep = (HIGHEST - LOWEST) / BIASES;
  let sum = 0;
  for (let i = 0; i < ANGLES; i++) {
    const angle = (i + 0.5) * angleStep;
    const [x, y] = [cos(angle), sin(angle)];
    for (let j = 0; j < LENGTHS; j++) {
      const length = (j + 0.5) * lengthStep;
      w[5] = length * x;
      w[C + 5] = length * y;
      for (let m = 0; m < BIASES; m++) {
        const bias = LOWEST + (m + 0.5) * biasStep;
        w[3 * C - 1] = bias;
        sum += length * exp(-0.5 * (length * length + bias * bias) - nBeta * (loss(w) - resting));
      }
    }
  }
  return (10 * sum * angleStep * lengthStep * biasStep) / (TWO_PI * Math.sqrt(TWO_PI));
};
