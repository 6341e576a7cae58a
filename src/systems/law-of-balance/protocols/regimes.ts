import { integer, number } from "../../../contracts/field.ts";
import { protocol } from "../../../contracts/protocol.ts";
import { exp, log } from "../../../numerics/elementary.ts";
import { type RatioSums, ratioSums } from "../../../numerics/statistics/ratio.ts";
import { type Stream, stream } from "../../../numerics/stream.ts";
import { sweepValues } from "../../../numerics/sweep-values.ts";
import { dataControls } from "../learner.ts";
import { gaussianParameters, gradientVariance, type NoiseParameters } from "../model.ts";

/** Predictors below this show how the density goes to zero. */
export const SMALL = 0.03;

type RegimeRecords = {
  /** `exponent` is the best estimate of a where P(v < e) ~ e^a; null where no walker was seen below SMALL. */
  readonly cell: { readonly noiseVar: number; readonly T: number } & RatioSums & { readonly exponent: number | null };
  readonly final: { readonly label: "map" };
};

/**
 * The Langevin limit of SGD at depth 1 on the valley u = w, in x = ln v:
 *
 *     dx = -(4 (b1 v - b2) + T C(v)) dt + 2 sqrt(T C(v)) dB,   C(v) = 4 (a1 v^2 - 2 a2 v + a3)
 *
 * by Euler's steps. Where P(v < e) ~ e^a, the best estimate of a is `below / depth`.
 */
const fallsBelow = (
  params: NoiseParameters,
  T: number,
  { walkers, time, dt }: { readonly walkers: number; readonly time: number; readonly dt: number },
  random: Stream,
): RatioSums => {
  const { b1, b2 } = params;
  // Of each walker how often v was below SMALL, and ln(SMALL / v) there.
  const seen = Array.from({ length: walkers }, () => {
    let x = log(b2 / b1);
    let [count, sum] = [0, 0];
    let next = time / 2;
    for (let now = 0; now < time; ) {
      const v = exp(x);
      const heat = T * gradientVariance(params, v);
      // Shorter steps where v is pulled and shaken hard: far out the law falls only as a power.
      const step = dt / (1 + 4 * v + heat);
      x += 2 * Math.sqrt(heat * step) * random.normal() - (4 * (b1 * v - b2) + heat) * step;
      now += step;
      if (now < next) continue;
      next += EVERY;
      if (!(x < LOG_SMALL)) continue;
      count++;
      sum += LOG_SMALL - x;
    }
    return [count, sum] as const;
  });
  return ratioSums(seen);
};

const LOG_SMALL = log(SMALL);
/** Time from one look at a walker to the next. */
const EVERY = 0.1;

/** A map of how the stationary law of v goes to zero, over the noise of the labels and the temperature; Gaussian inputs. A piece for each noise. */
export const regimes = protocol<RegimeRecords, { readonly noiseVar: number; readonly row: number }>()({
  name: "regimes",
  summary: "how the density of v behaves at zero, over label noise and temperature, in the Langevin limit of SGD",
  settings: {
    k: { ...dataControls.k, default: 1, min: 1e-3 },
    noises: integer("variances of the label noise", { default: 7, min: 2, max: 200 }),
    mostNoise: number("largest of them", { default: 2.4, min: 0.01, max: 100 }),
    temperatures: integer("temperatures", { default: 9, min: 2, max: 200 }),
    mostTemperature: number("largest of them", { default: 0.5, min: 1e-3, max: 100 }),
    walkers: integer("walkers in each cell", { default: 40, min: 1, max: 100_000 }),
    time: number("time of each, of which the second half counts", { default: 40, min: 1, max: 1e6 }),
    dt: number("time of an Euler step where nothing pulls", { default: 0.02, min: 1e-6, max: 0.1 }),
  },
  small: { noises: 2, temperatures: 2, walkers: 2, time: 4 },
  plan: ({ settings: { noises, mostNoise } }, _records, round) =>
    round > 0
      ? []
      : [...sweepValues(mostNoise / noises, mostNoise, noises)].map((noiseVar, row) => ({ noiseVar, row })),
  run({ settings, seed, chain, piece: { noiseVar, row } }, context) {
    const { k, noises, temperatures, mostTemperature } = settings;
    const random = stream({ seed, chain, purpose: "regimes" });
    const params = gaussianParameters(k, noiseVar);
    const values = sweepValues(mostTemperature / temperatures, mostTemperature, temperatures);
    for (let index = (context.saved?.index as number | undefined) ?? 0; index < temperatures; index++) {
      random.at(row * temperatures + index);
      const T = values[index];
      const falls = fallsBelow(params, T, settings, random);
      const { below, depth } = falls;
      context.record("cell", { noiseVar, T, ...falls, exponent: below > 0 ? below / depth : null });
      context.save(() => ({ index: index + 1 }));
      context.progress((index + 1) / temperatures);
    }
    if (row === noises - 1) context.record("final", { label: "map" });
  },
});
