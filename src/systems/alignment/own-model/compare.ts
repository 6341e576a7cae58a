import { type Comparison as Check, judgeComparison, type Outcome } from "../../../contracts/claim.ts";
import { fraction, meanComparison } from "../../../contracts/comparisons.ts";
import { isLandauError } from "../../../errors.ts";
import type { Experiment } from "../../../experiments/experiment.ts";
import { exp, log } from "../../../numerics/elementary.ts";
import { type AlteredSquares, alteredSquares, type Comparison, compareWithTheory } from "../theory/comparison.ts";
import { finalDistance } from "../theory/final-distance.ts";
import { fitEffectiveRates, type Interval, LEAST_POINTS, type Trajectory } from "../theory/fit.ts";
import { type WatchOptions, watchPairs } from "./watch.ts";

/** A network of one's own beside the theory. */
export interface OwnComparison {
  readonly chain: number;
  /** The last step that was looked at, and the share of the target's squared difference that was left. */
  readonly step: number;
  readonly left: number;
  /** Null where the trajectory cannot be fitted, which `reason` tells. */
  readonly comparison: Comparison | null;
  readonly reason: string | null;
  /** The final distance that rates fitted to the first half of the way predict, over the measured one. */
  readonly fromHalf: number | null;
  /** Least sums of squares of altered equations over the theory's, where they were asked for. */
  readonly altered: AlteredSquares | null;
}

export interface CompareOptions extends WatchOptions {
  /** Fits altered equations too, which takes longer: what fits as well as the theory is not told from it by fitting. */
  readonly altered?: boolean;
}

/** A rate, the geometric mean over networks, with its 95 % interval from their spread. */
export interface SeenRate {
  readonly value: number;
  readonly interval: Interval | null;
}

export interface TheoryVerdict {
  /** "agrees": every check holds; "departs": one fails; "undecided": more networks or steps would tell. */
  readonly verdict: "agrees" | "departs" | "undecided";
  readonly reason: string;
  readonly pair: { readonly dx2: number; readonly dy2: number };
  /** Null without a network that can be fitted. */
  readonly rates: { readonly etaH: SeenRate; readonly etaY: SeenRate } | null;
  readonly checks: readonly (Check & { readonly outcome: Outcome })[];
  readonly networks: readonly OwnComparison[];
}

/** Bounds within which deep networks of many kinds are, as the claims of this system have them. */
const [R2_OF_H, R2_OF_Y, DISTANCE_OFF] = [0.93, 0.9, 0.12];
/** How far off the final distance may be that the first half of the way foretells. */
const FORETOLD_OFF = 0.25;
/** The share of the target's squared difference that may be left in a network that has learned the pair. */
const LEARNED = 0.01;

/**
 * Puts a model of one's own to the test of the effective theory: trains networks, follows two samples, fits the two rates, and checks how well the
 * equations do, whether they predict the final distance, and whether the first half of the way foretells it. Throws a LandauError of kind "input" for a model that
 * returns no representation and outputs, or data without the pair, and of kind "diverged" for a training that leaves the finite numbers.
 */
export const compareWithEffectiveTheory = (experiment: Experiment, options: CompareOptions): TheoryVerdict => {
  const watched = watchPairs(experiment, options);
  const all = watched.map(({ chain, trajectory, loss, mean2 }) => {
    const { t, y, w, dy2 } = trajectory;
    const last = t.length - 1;
    const own = { chain, step: t[last], left: (2 * w[last] - y[last] + dy2) / dy2 };
    try {
      const { comparison } = compareWithTheory(trajectory, loss, mean2);
      const altered = options.altered ? alteredSquares(trajectory, comparison.squares) : null;
      return { ...own, comparison, reason: null, fromHalf: foretold(trajectory), altered };
    } catch (cause) {
      if (!isLandauError(cause, "input")) throw cause;
      return { ...own, comparison: null, reason: cause.message, fromHalf: null, altered: null };
    }
  });
  const fitted = all.flatMap(({ comparison }) => comparison ?? []);
  const told = (name: "h" | "y") => fitted.flatMap(({ r2 }) => r2[name] ?? []);
  const checks = [
    fraction("networks that learned the pair", all, ({ left }) => left <= LEARNED, [0.5, 1]),
    meanComparison("R2 of h", told("h"), { predicted: { above: R2_OF_H } }),
    meanComparison("R2 of y", told("y"), { predicted: { above: R2_OF_Y } }),
    meanComparison(
      "predicted / measured final distance",
      fitted.map(({ hPredicted, hEnd }) => hPredicted / hEnd),
      { predicted: 1, tolerance: DISTANCE_OFF },
    ),
    meanComparison(
      "final distance from half of the way / measured",
      all.flatMap(({ fromHalf }) => fromHalf ?? []),
      { predicted: 1, tolerance: FORETOLD_OFF },
    ),
  ].map(check => ({ ...check, outcome: judgeComparison(check) }));
  const { dx2, dy2 } = watched[0].trajectory;
  return {
    ...verdictOf(checks),
    pair: { dx2, dy2 },
    rates: fitted.length === 0 ? null : { etaH: seenRate(fitted, "etaH"), etaY: seenRate(fitted, "etaY") },
    checks,
    networks: all,
  };
};

/** Rates fitted until the outputs are half-way, and what they say of the end: not what was fitted. Null where the way begins beyond. */
const foretold = ({ t, h, y, w, dx2, dy2 }: Trajectory): number | null => {
  const half = Array.from(y).findIndex((value, i) => value - w[i] > dy2 / 2);
  if (half < LEAST_POINTS) return null;
  const until = <Values extends ArrayLike<number>>(values: Values) => Array.from(values).slice(0, half + 1);
  const rates = fitEffectiveRates({ dx2, dy2, t: until(t), h: until(h), y: until(y), w: until(w) });
  return finalDistance({ h0: h[0], y0: y[0] }, { dx2, dy2 }, rates).hFinal / h[h.length - 1];
};

const seenRate = (fits: readonly Comparison[], name: "etaH" | "etaY"): SeenRate => {
  const { measured, interval } = meanComparison(
    name,
    fits.map(fit => log(fit[name])),
    { predicted: 0 },
  );
  return { value: exp(measured), interval: interval ? [exp(interval[0]), exp(interval[1])] : null };
};

const verdictOf = (checks: TheoryVerdict["checks"]): Pick<TheoryVerdict, "verdict" | "reason"> => {
  const first = (outcome: Outcome) => checks.find(check => check.outcome === outcome)?.quantity;
  const [failed, open] = [first("fails"), first("undecided")];
  if (failed !== undefined) return { verdict: "departs", reason: `${failed} is outside` };
  if (open !== undefined) return { verdict: "undecided", reason: `${open} is not decided by so few networks` };
  return { verdict: "agrees", reason: `all ${checks.length} checks hold` };
};
