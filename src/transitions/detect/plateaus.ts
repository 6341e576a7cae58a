import { plainReading } from "../change/readings.ts";
import { segmentation } from "../change/segmentation.ts";
import type { Interval } from "../order/index.ts";
import { type Track, type View, viewOf } from "./view.ts";

/** A stretch over which a curve stays where it is, as far as its noise lets one see. */
export interface LevelStretch {
  /** Step of its first and last point. */
  readonly from: number;
  readonly to: number;
  /** Mean, with a 95 % interval that takes the dependence of the noise in. */
  readonly level: Interval;
  /** What a line through it rises by from its first to its last point. */
  readonly drift: Interval;
}

/** Fewest means of neighbours, of at most 300, on a plateau. */
const LEAST = 10;
/** Coefficients beyond this are not told from a random walk, which has no level. */
const MOST_PHI = 0.95;
/** Share of the squared range below which nothing is noise. */
const ROUNDING = 1e-8;
const NORMAL_95 = 1.959963984540054;

/**
 * Plateaus of a curve: the exact partition into levels for noise of the size and dependence that the curve itself shows, and of its parts those whose line rises by
 * no more than that noise hides. Null where there are fewer than 40 points.
 */
export const levelStretches = (track: Track): LevelStretch[] | null => {
  const view = viewOf(track, { axis: "step", metric: "value", thinning: 1 });
  return view && stretchesOf(view);
};

const stretchesOf = ({ values, places, first, last }: View): LevelStretch[] => {
  const { fit } = plainReading({ values, steps: places });
  const noise = { phi: fit.noise.phi, deviation: Math.sqrt(fit.squares / (values.length - 1)) };
  const phi = Math.max(0, Math.min(MOST_PHI, noise.phi));
  const range =
    values.reduce((high, each) => Math.max(high, each), -Infinity) -
    values.reduce((low, each) => Math.min(low, each), Infinity);
  // Variance of a mean of dependent noise, times the number of values.
  const long = Math.max((noise.deviation * noise.deviation) / ((1 - phi) * (1 - phi)), ROUNDING * range * range) || 1;
  const marginal = Math.sqrt(Math.max((noise.deviation * noise.deviation) / (1 - phi * phi), ROUNDING * range * range));
  const edges = [0, ...segmentation(values, { cost: "mean", variance: long }), values.length];
  const found: LevelStretch[] = [];
  for (let i = 0; i + 1 < edges.length; i++) {
    const [start, end] = [edges[i], edges[i + 1]];
    const count = end - start;
    if (count < LEAST) continue;
    const mean = values.subarray(start, end).reduce((sum, value) => sum + value, 0) / count;
    const centre = (count - 1) / 2;
    let product = 0;
    for (let j = 0; j < count; j++) product += (j - centre) * (values[start + j] - mean);
    const spread = (count * (count * count - 1)) / 12;
    const drift = (product / spread) * (count - 1);
    const error = Math.sqrt(long / spread) * (count - 1);
    if (Math.abs(drift) > Math.max(NORMAL_95 * error, marginal)) continue;
    found.push({
      from: first[start],
      to: last[end - 1],
      level: around(mean, Math.sqrt(long / count)),
      drift: around(drift, error),
    });
  }
  return found;
};

const around = (estimate: number, error: number): Interval => ({
  estimate,
  low: estimate - NORMAL_95 * error,
  high: estimate + NORMAL_95 * error,
});
