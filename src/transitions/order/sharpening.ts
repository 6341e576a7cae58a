import { type Exponents, type Interval, MARGIN } from "./collapse.ts";
import { type Evidence, text } from "./evidence.ts";
import { around, capped, withinRange } from "./likelihood.ts";
import { isOrdered, type OrderedSide } from "./ordered-side.ts";

/** 1/nu of curves that hardly move with size, at most, and of a transition, at least: in dimensions. */
const STILL = 0.12;
const SHARPENING = 0.15;

/** Exponents in dimensions: of continuous transitions, from percolation to mean field; and 1 and 0 of two phases, whose sizes are small. */
const INVERSE_NU = [0.15, 0.8] as const;
const BETA_OVER_NU = [0.04, 0.5] as const;
/** Those of most transitions in the plane. */
const PLANAR_BETA_OVER_NU = [0.04, 0.14] as const;
const JUMP_INVERSE_NU = 0.15;
const JUMP_BETA_OVER_NU = 0.015;
/** Most that each of the two exponents may say. */
const MOST = 1.5;
/** A form that misses its averages by more than this, in their errors, says nothing. */
export const MISFIT = 1.5;

/**
 * Does the width of the transition shrink as size^(-1/nu), and the order parameter at the critical point as size^(-beta/nu)? A crossover has
 * 1/nu = 0; two phases have 1/nu = d and beta/nu = 0. `resolved`: whether the largest size was seen on its way through.
 */
export const sharpening = (
  { inverseNu, betaOverNu, misfit }: Exponents,
  side: OrderedSide | null,
  resolved: boolean,
): Evidence => {
  const dimension = isOrdered(side) ? side.dimension : 1;
  const sharpens = inverseNu.low > SHARPENING * dimension;
  const [continuous, discontinuous] =
    misfit < MISFIT && isOrdered(side) ? ordersOf(inverseNu, betaOverNu, side.unit, dimension, resolved) : [0, 0];
  return {
    probe: "collapse",
    support:
      inverseNu.high < STILL * dimension
        ? { none: 0, continuous: -2, discontinuous: -2 }
        : { none: sharpens ? -2 : 0, continuous, discontinuous },
    finding:
      `the averages of all sizes follow one form with 1/nu = ${text(inverseNu.estimate)} (${text(inverseNu.low)} to ${text(inverseNu.high)}) and ` +
      `beta/nu = ${text(betaOverNu.estimate)} (${text(betaOverNu.low)} to ${text(betaOverNu.high)}) in units of the size, misfit ${text(misfit)}`,
    values: {
      inverseNu: inverseNu.estimate,
      inverseNuLow: inverseNu.low,
      inverseNuHigh: inverseNu.high,
      betaOverNu: betaOverNu.estimate,
      dimension,
      misfit,
    },
  };
};

const ordersOf = (
  inverseNu: Interval,
  betaOverNu: Interval,
  unit: number,
  dimension: number,
  resolved: boolean,
): [number, number] => {
  const error = ({ low, high }: Interval): number => (high - low) / (2 * MARGIN * dimension);
  const nu = inverseNu.estimate / dimension;
  const beta = (betaOverNu.estimate + unit) / dimension;
  const [a, b] = [error(inverseNu), error(betaOverNu)];
  // Where the largest size was not seen on its way through, its width is not known.
  const byNu = resolved ? capped([withinRange(nu, a, ...INVERSE_NU), around(nu, a, 1, JUMP_INVERSE_NU)], MOST) : [0, 0];
  const byBeta = capped(
    [
      0.5 * (withinRange(beta, b, ...BETA_OVER_NU) + withinRange(beta, b, ...PLANAR_BETA_OVER_NU)),
      around(beta, b, 0, JUMP_BETA_OVER_NU),
    ],
    MOST,
  );
  return [byNu[0] + byBeta[0], byNu[1] + byBeta[1]];
};
