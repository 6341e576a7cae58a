import { isLandauError } from "../../../errors.ts";
import { finalDistance, type Regime, regimeOf } from "./final-distance.ts";
import { fitEffectiveRates, fitMeanRate, type Interval, type RateFit, type Trajectory } from "./fit.ts";
import { conserved, type Variant, variants } from "./two-point.ts";

/** A measured trajectory beside the theory that fits it best. */
export type Comparison = {
  readonly etaH: number;
  readonly etaY: number;
  readonly intervals: { readonly etaH: Interval; readonly etaY: Interval } | null;
  readonly squares: number;
  /** Coefficients of determination of h, y and w; null of what does not move. */
  readonly r2: { readonly h: number | null; readonly y: number | null; readonly w: number | null };
  /** Squared distances of the representations: at the start, in the end as measured and as predicted from the start. */
  readonly h0: number;
  readonly hEnd: number;
  readonly hPredicted: number;
  readonly aLow: number;
  readonly rho: number;
  readonly regime: Regime;
  /** How far the quantity that the theory keeps moves, relative to the largest h. */
  readonly drift: number;
  /** Rate of the mean error, fitted to the loss. */
  readonly etaMean: number;
};

/** The altered equations of the source's code. */
export const alteredNames = ["twiceDy", "twiceDh", "signFlip", "dropped"] as const satisfies readonly Variant[];

/** Fits the two rates, and the third one to the loss; the first entry of `mean2` is the squared mean error at the start. */
export const compareWithTheory = (
  trajectory: Trajectory,
  loss: ArrayLike<number>,
  mean2: number,
): { readonly fit: RateFit; readonly comparison: Comparison } => {
  const fit = fitEffectiveRates(trajectory);
  const { etaH, etaY, intervals, squares, determination } = fit;
  const { h, y, w, dx2, dy2 } = trajectory;
  const last = h.length - 1;
  const final = finalDistance({ h0: h[0], y0: y[0] }, { dx2, dy2 }, fit);
  const kept = Array.from(h, (value, i) => conserved({ h: value, y: y[i], w: w[i] }, dx2, fit));
  const largest = Array.from(h).reduce((a, b) => Math.max(a, b), 0);
  const told = (value: number) => (Number.isFinite(value) ? value : null);
  return {
    fit,
    comparison: {
      ...{ etaH, etaY, intervals, squares },
      r2: { h: told(determination.h), y: told(determination.y), w: told(determination.w) },
      ...{ h0: h[0], hEnd: h[last], hPredicted: final.hFinal, aLow: final.aLow },
      rho: final.rho as number,
      regime: regimeOf(final.rho as number),
      drift: kept.reduce((most, value) => Math.max(most, Math.abs(value - kept[0])), 0) / largest,
      etaMean: fitMeanRate(trajectory, loss, mean2).etaMean,
    },
  };
};

/** Least sums of squares of the altered equations, relative to the theory's; null where they cannot be followed at all. */
export type AlteredSquares = { readonly [name in (typeof alteredNames)[number]]: number | null };

export const alteredSquares = (trajectory: Trajectory, squares: number): AlteredSquares => {
  const ratioOf = (name: (typeof alteredNames)[number]): number | null => {
    try {
      return fitEffectiveRates(trajectory, variants[name]).squares / squares;
    } catch (cause) {
      if (!isLandauError(cause, "input")) throw cause;
      return null;
    }
  };
  return {
    twiceDy: ratioOf("twiceDy"),
    twiceDh: ratioOf("twiceDh"),
    signFlip: ratioOf("signFlip"),
    dropped: ratioOf("dropped"),
  };
};
