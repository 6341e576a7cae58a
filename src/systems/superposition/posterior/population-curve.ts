import { invalid } from "../../../errors.ts";
import { stream } from "../../../numerics/stream.ts";
import { localSamplers, temperedRun } from "../../../protocols/tempered-run.ts";
import { type Expectation, reweighting } from "../../../sampling/reweighting.ts";
import { populationObjective } from "../model/population.ts";
import { classOfDraw, verticesOf } from "./draw-class.ts";

/** What one tempered run knows of the population posterior exp(-nBeta L(w)) N(w; 0, priorStd^2 I), for nBeta from 0 to `top`. */
export interface PopulationCurve {
  readonly top: number;
  /** Occupancies by the number of hull vertices. */
  at(nBeta: number): Expectation;
}

export interface PopulationPosterior {
  readonly c: number;
  readonly priorStd: number;
  /** Columns up to this length are no hull vertices. */
  readonly hullTol: number;
  readonly seed: number;
}

/** Run lengths: standard errors of occupancies are 0.002 to 0.005, of the mean loss 1e-4 to 5e-4 (up to nBeta of 500). */
const DRAWS = 40_000;
const BURN_IN = 1000;
const LEAPFROG_STEPS = 16;
const SMALLEST_TOP = 512;
const LARGEST_TOP = 65_536;

const made = new Map<string, PopulationCurve>();

/**
 * The curve that reaches at least `nBeta`. One run serves all nBeta up to the next power of two, and is made once. Throws a
 * LandauError for an nBeta that parallel tempering of this length cannot answer honestly.
 */
export const populationCurve = (posterior: PopulationPosterior, nBeta: number): PopulationCurve => {
  if (!(nBeta >= 0 && nBeta <= LARGEST_TOP)) throw invalid("A", nBeta, `a number from 0 to ${LARGEST_TOP}`);
  let top = SMALLEST_TOP;
  while (top < nBeta) top *= 2;
  const key = JSON.stringify({ ...posterior, top });
  let curve = made.get(key);
  if (!curve) {
    curve = { top, at: sampledCurve(posterior, top) };
    made.set(key, curve);
  }
  return curve;
};

const sampledCurve = ({ c, priorStd, hullTol, seed }: PopulationPosterior, top: number): PopulationCurve["at"] => {
  // Two more temperatures for each doubling keep the swap rate near one half.
  let rungs = 14;
  for (let reached = SMALLEST_TOP; reached < top; reached *= 2) rungs += 2;
  const run = temperedRun({
    objective: populationObjective({ c, r: 2 }),
    nBeta: top,
    priorStd,
    classOf: (w: Float64Array) => classOfDraw(w, c, hullTol),
    rungs,
    hottest: 0,
    local: localSamplers.hmc(LEAPFROG_STEPS),
    burnIn: BURN_IN,
    draws: DRAWS,
    random: purpose => stream({ seed, purpose: `population posterior ${purpose}` }),
  });
  run.advance(DRAWS);
  const ladder = run.ladder();
  return reweighting(
    run.losses.map((losses, k) => ({
      nBeta: ladder[k],
      losses,
      classes: run.classes[k].map(kind => verticesOf(kind, c)),
    })),
    c + 1,
  );
};

/** Points of the search for a crossing, between 0 and the top of a curve. */
const SCAN = 64;
const BISECTIONS = 40;

/** The nBeta at which `to` hull vertices become as probable as `from`, the last time they do. Throws when they never do. */
export const populationCrossing = (
  posterior: PopulationPosterior,
  { from, to }: { readonly from: number; readonly to: number },
): number => {
  for (let reach = SMALLEST_TOP; reach <= LARGEST_TOP; reach *= 2) {
    const curve = populationCurve(posterior, reach);
    const lead = (nBeta: number): number => {
      const { occupancy } = curve.at(nBeta);
      return occupancy[to] - occupancy[from];
    };
    const crossing = lastRise(lead, curve.top);
    if (crossing !== null) return crossing;
  }
  throw invalid("to", to, `a number of vertices that overtakes ${from} below A = ${LARGEST_TOP}`);
};

const lastRise = (lead: (x: number) => number, top: number): number | null => {
  for (let i = SCAN - 1; i >= 0; i--) {
    let low = (i * top) / SCAN;
    let high = ((i + 1) * top) / SCAN;
    if (!(lead(high) > 0 && lead(low) <= 0)) continue;
    for (let bisection = 0; bisection < BISECTIONS; bisection++) {
      const middle = 0.5 * (low + high);
      if (lead(middle) > 0) high = middle;
      else low = middle;
    }
    return 0.5 * (low + high);
  }
  return null;
};
