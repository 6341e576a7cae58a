import { integer, number } from "../../../contracts/field.ts";
import { protocol } from "../../../contracts/protocol.ts";
import { exp } from "../../../numerics/elementary.ts";
import { variance } from "../../../numerics/statistics.ts";
import { stream } from "../../../numerics/stream.ts";
import { surrogateTest } from "../../../transitions/emergence/early-warning.ts";

/** Rates of return at the beginning and at the end: the same, and falling towards a transition. */
export const RATES = { stationary: [1, 1], slowing: [1, 0.02] } as const;

export type SlowingRecord = {
  /** Points of the series. */
  readonly N: number;
  readonly series: keyof typeof RATES;
  readonly tauVariance: number;
  readonly tauAr1: number;
  readonly pVariance: number;
  readonly pAr1: number;
  /** Variance of the series, and its autocorrelation at a lag of one. */
  readonly variance: number;
  readonly ar1: number;
};

export const slowingDownProtocol = protocol<{ sample: SlowingRecord }>()({
  name: "slowing-down",
  summary: "noisy return to a state, at a rate that stays or falls: early warnings and their surrogate p-values",
  settings: {
    points: integer("points of a series", { default: 400, min: 20, max: 100_000, scale: "log" }),
    window: integer("points of a window", { default: 100, min: 4, max: 50_000, scale: "log" }),
    dt: number("time between points", { default: 0.5, above: 0, max: 100 }),
    sigma: number("strength of the noise", { default: 0.2, above: 0, max: 100 }),
    surrogates: integer("surrogate series", { default: 60, min: 60, max: 100_000, scale: "log" }),
  },
  small: { points: 40, window: 10 },
  run({ settings, seed, chain }, context) {
    const { points, window, dt, sigma, surrogates } = settings;
    for (const name of ["stationary", "slowing"] as const) {
      const [from, to] = RATES[name];
      const random = stream({ seed, chain, purpose: `${name} series` });
      // Exact steps of the process at the rate of the moment; the first value is from its law.
      let x = (sigma / Math.sqrt(2 * from)) * random.normal();
      const series = Array.from({ length: points }, (_, i) => {
        const rate = from + ((to - from) * i) / (points - 1);
        const keep = exp(-rate * dt);
        if (i > 0) x = keep * x + sigma * Math.sqrt((1 - keep * keep) / (2 * rate)) * random.normal();
        return x;
      });
      const { kendallVariance, kendallAr1, pVariance, pAr1, phi } = surrogateTest(series, window, {
        surrogates,
        seed,
        chain,
      });
      context.record("sample", {
        N: points,
        series: name,
        tauVariance: kendallVariance,
        tauAr1: kendallAr1,
        pVariance,
        pAr1,
        variance: variance(series),
        ar1: phi,
      });
    }
    context.progress(1);
  },
});
