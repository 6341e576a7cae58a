import { exp, log } from "../../numerics/elementary.ts";
import { extrapolate } from "./extrapolate.ts";

/** What the smallest m models say of the largest. */
export interface ForeseenFrom {
  readonly m: number;
  /** Scale of the largest of them. */
  readonly upTo: number;
  /** Exact match of the largest model, or accuracy per token without, with a 95 % interval. */
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly seen: number;
  /** Whether it lies inside, two standard errors of counting allowed. */
  readonly inside: boolean;
}

interface Table {
  readonly scale: readonly number[];
  readonly exact: readonly number[] | null;
  readonly n: readonly number[] | undefined;
  readonly tokens: readonly number[] | undefined;
  readonly length: number | undefined;
}

/** The largest model as foreseen from the smallest 3, 4 and so on, by a line through ln(-ln p), or through exact match without it. */
export const foreseenFrom = ({ scale, exact, n, tokens, length }: Table): readonly ForeseenFrom[] => {
  const T = scale.length;
  const x = scale.map(log);
  const asExact = exact !== null && tokens !== undefined && length !== undefined;
  const y = tokens ? tokens.map(p => log(-log(p))) : exact!;
  const back = (value: number): number => {
    if (!tokens) return Math.min(1, Math.max(0, value));
    return exp(-(asExact ? length! : 1) * exp(value));
  };
  const seen = asExact || !tokens ? exact![T - 1] : tokens[T - 1];
  const items = n?.[T - 1];
  const counting = items === undefined ? 0 : 2 * Math.sqrt(Math.max(seen * (1 - seen), 1 / items) / items);
  return Array.from({ length: T - 3 }, (_, i) => i + 3).map(m => {
    const sigmaFloor = tokens || !n ? 0 : 1 / Math.min(...n);
    const { mean, lo, hi } = extrapolate(x, y, { m, sigmaFloor });
    const [a, b] = [back(lo[lo.length - 1]), back(hi[hi.length - 1])];
    const [low, high] = [Math.min(a, b), Math.max(a, b)];
    return {
      m,
      upTo: scale[m - 1],
      mean: back(mean[mean.length - 1]),
      low,
      high,
      seen,
      inside: seen >= low - counting && seen <= high + counting,
    };
  });
};

/** The fewest models from which on every interval held the largest, narrow ones alone counted; null when there are none. */
export const foreseenSince = (all: readonly ForeseenFrom[]): ForeseenFrom | null => {
  const narrow = all.filter(({ low, high }) => high - low < NARROW);
  const last = narrow.findLastIndex(({ inside }) => !inside);
  return narrow[last + 1] ?? null;
};

/** A wider interval foresees nothing. */
const NARROW = 0.5;
