import { fastest } from "../../../numerics/native-loops.ts";
import { checkIntegration, integrate } from "../../../numerics/ode/integrate.ts";
import { dormandPrince } from "../../../numerics/ode/tableau.ts";
import { followTwoPoint } from "../loops/two-point.ts";
import { scalarSolution } from "./scalar-solution.ts";
import {
  type Coefficients,
  checkRegular,
  constantsOf,
  derivativeOf,
  isSingular,
  type PointPair,
  type Rates,
  scalarDefect,
  type TwoPointState,
} from "./two-point.ts";

/** Largest error of an integration step, relative to the larger of 1 and the state. */
const EXACT = 1e-13;

/**
 * The three equations integrated from a state at t = 0 to each of `times`, which may come in any order. Throws a LandauError of kind "input" for a
 * start from which h passes through 0, and of kind "diverged" when an altered equation leaves the finite numbers.
 * @param times Steps, not negative
 */
export const integrateTwoPoint = (
  start: TwoPointState,
  pair: PointPair,
  rates: Rates,
  times: readonly number[],
  { factors, tolerance = EXACT }: { readonly factors?: Coefficients; readonly tolerance?: number } = {},
): readonly TwoPointState[] => {
  checkRegular(start, pair, rates);
  const ascending = [...new Set([0, ...times])].sort((a, b) => a - b);
  const { h, y, w } = start;
  const states = integrate(derivativeOf(pair, rates, factors), [h, y, w], ascending, { tolerance });
  const known = new Map(ascending.map((t, i) => [t, states[i]]));
  return times.map(t => {
    const [h, y, w] = known.get(t)!;
    return { h, y, w };
  });
};

/** Outputs count as single numbers where (y - w)^2 = y dy2 to rounding of single precision. */
const ROUNDING = 1e-5;

/** Integration steps of trajectories that are compared with measured ones. */
const CLOSE = 1e-9;
/** Steps from one measured time to the next at most: what needs more moves far faster than what was measured. */
const MOST = 300;

/**
 * The theory from a measured start at each of `times` (ascending, from 0): in closed form where the start has outputs of one number, by integration
 * otherwise. Null where the equations cannot be followed from there.
 */
export const predicted = (
  start: TwoPointState,
  pair: PointPair,
  rates: Rates,
  times: readonly number[],
): readonly TwoPointState[] | null => {
  const { h, y, w } = start;
  if (pair.dy2 > 0 && Math.abs(scalarDefect(start, pair.dy2)) <= ROUNDING * y * pair.dy2) {
    const solution = scalarSolution({ h0: h, s0: (y - w) / Math.sqrt(pair.dy2) }, pair, rates);
    return times.map(t => solution.at(t));
  }
  return integrated(start, pair, rates, times);
};

/** The equations, altered or not, by integration; null where they cannot be followed. */
export const integrated = (
  start: TwoPointState,
  pair: PointPair,
  rates: Rates,
  times: readonly number[],
  factors?: Coefficients,
): readonly TwoPointState[] | null => {
  if (isSingular(start, pair.dx2, rates)) return null;
  const { h, y, w } = start;
  checkIntegration([h, y, w], times, CLOSE);
  const states = new Float64Array(3 * times.length);
  states.set([h, y, w]);
  const goAlong = fastest("followTwoPoint", followTwoPoint, STEP_TIME * times.length);
  const constants = constantsOf(pair, rates, factors);
  const { errorOrder } = dormandPrince;
  const arrays = [constants, Float64Array.from(times), states, tableau, new Float64Array(28)] as const;
  const ended = goAlong(...arrays, times.length, MOST, errorOrder, CLOSE);
  if (ended !== 0) return null;
  return times.map((_, i) => ({ h: states[3 * i], y: states[3 * i + 1], w: states[3 * i + 2] }));
};

/** Nanoseconds from one time to the next. */
const STEP_TIME = 700;

/** Rows of seven: the stages, the weights, and those of the error. */
const tableau = Float64Array.from(
  [...dormandPrince.stages, dormandPrince.weights, dormandPrince.errorWeights].flatMap(row =>
    Array.from(dormandPrince.nodes, (_, j) => row[j] ?? 0),
  ),
);
