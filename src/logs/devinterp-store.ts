import * as z from "zod";
import type { JsonObject } from "../contracts/json.ts";
import { LandauError } from "../errors.ts";
import { mean, standardDeviation } from "../numerics/statistics.ts";
import type { DrawOptions, DrawTable, Quantity, StoredLosses } from "./draws.ts";
import { guardedZarr, type StoredArray, zarrFault } from "./zarr-arrays.ts";

const number = z.number().optional().catch(undefined);

/** What devinterp 2 keeps of a sampler's settings; what is of another type is as if it were not there. */
const sampler = z.object({
  n_beta: z.number(),
  lr: number,
  localization: number,
  batch_size: number,
  gradient_accumulation_steps: number,
  num_init_loss_batches: number,
  num_burnin_steps: number,
  num_steps_bw_draws: number,
  sampling_method: z.string().optional().catch(undefined),
});
const stored = z.object({ metadata: z.object({ config: z.object({ sampler }) }) });

const LOSS = "sampling_loss";
const INIT = "init_loss";

const settingsOf = (attributes: JsonObject) => stored.safeParse(attributes).data?.metadata.config.sampler;

/** Whether a Zarr store is one that devinterp 2 writes. */
export const isDevinterpStore = (attributes: JsonObject, arrays: readonly StoredArray[]): boolean =>
  settingsOf(attributes) !== undefined && [LOSS, INIT].every(name => arrays.some(({ path }) => path === name));

/**
 * Losses by chain and draw of a store of devinterp 2: means over the batch and the positions of `sampling_loss` and of the losses of probes; the baseline is the
 * mean of `init_loss`, whose error is that of so many samples. Draws that were never made are NaN.
 */
export const readDevinterpStore = async (
  attributes: JsonObject,
  arrays: readonly StoredArray[],
  fileName: string,
  { only }: DrawOptions = {},
): Promise<DrawTable> => {
  const settings = settingsOf(attributes)!;
  const named = new Map(arrays.map(each => [each.path, each]));
  const notes: string[] = [];
  if (attributes.completed !== 1) notes.push("the store does not say that it is complete: sampling was interrupted");
  const loss = await meansOf(named.get(LOSS)!, fileName);
  const init = await meansOf(named.get(INIT)!, fileName, 1);
  const chains = loss.means.length;
  const draws = loss.means[0].length;
  const quantities: Quantity[] = [{ name: LOSS, chains: loss.means }];
  for (const each of arrays.filter(({ path }) => /^loss_[^/]+$/.test(path))) {
    if (only && !only.includes(each.path)) continue;
    if (each.array.shape[0] !== chains || each.array.shape[1] !== draws) continue;
    quantities.push({ name: each.path, chains: (await meansOf(each, fileName)).means });
  }
  // A chain that was never begun has none.
  const baselines = init.means.flatMap(([value]) => (Number.isFinite(value) ? [value] : []));
  if (baselines.length === 0)
    throw new LandauError("input", `${fileName}: array ${INIT}: no finite loss: needs one at the start of a chain`);
  const {
    batch_size: batch = 1,
    gradient_accumulation_steps: micro = 1,
    num_init_loss_batches: batches = 1,
  } = settings;
  const differ = baselines.some(value => value !== baselines[0]);
  const baselineError = differ
    ? standardDeviation(baselines) / Math.sqrt(baselines.length)
    : loss.spread / Math.sqrt(batch * micro * batches);
  const { n_beta: nBeta, lr, localization, sampling_method: method = "sgmcmc_sgld" } = settings;
  const { num_burnin_steps: burnIn = 0, num_steps_bw_draws: between = 1 } = settings;
  const losses: StoredLosses = {
    name: LOSS,
    chains: loss.means,
    nBeta,
    baseline: mean(baselines),
    baselineError: Number.isFinite(baselineError) ? baselineError : 0,
    ...(method === "sgmcmc_sgld" && { unadjustedSteps: between }),
    settings: [
      `${method}`,
      ...(lr === undefined ? [] : [`lr ${lr}`]),
      ...(localization === undefined ? [] : [`localization ${localization}`]),
      `batches of ${batch * micro}`,
      `${burnIn} steps before the draws`,
    ].join(", "),
  };
  return { chains, draws, quantities, losses, notes };
};

/** Numbers that are read at a time, where a single draw has no more; those that a draw, all means and an array may have; and chains. */
const PIECE = 4_000_000;
const MOST_IN_DRAW = 20_000_000;
const MOST_MEANS = 50_000_000;
const MOST_CHAINS = 10_000;
const MOST_NUMBERS = 1e10;

/** The mean over all axes behind the first two (or `axes`), chain by chain; and how much single entries of the third axis differ in the first draw. */
const meansOf = async (
  { path, array }: StoredArray,
  fileName: string,
  axes = 2,
): Promise<{ readonly means: readonly Float64Array[]; readonly spread: number }> => {
  const zarr = await guardedZarr();
  const { shape } = array;
  const refuse = (why: string, cause?: unknown) =>
    new LandauError("input", `${fileName}: array ${path} (${shape.join(" x ")}): ${why}`, { cause });
  if (shape.length < axes || shape.includes(0)) throw refuse("needs chains x draws x batch x positions");
  if (!/^float/.test(array.dtype)) throw refuse(`${array.dtype}: needs floats`);
  const [chains, draws] = [shape[0], axes === 1 ? 1 : shape[1]];
  const width = shape.slice(axes).reduce((product, side) => product * side, 1);
  if (width > MOST_IN_DRAW) throw refuse(`${width} numbers a draw: needs at most ${MOST_IN_DRAW}`);
  if (chains > MOST_CHAINS) throw refuse(`${chains} chains: needs at most ${MOST_CHAINS}`);
  if (chains * draws > MOST_MEANS) throw refuse(`${chains * draws} draws: needs at most ${MOST_MEANS}`);
  if (chains * draws * width > MOST_NUMBERS)
    throw refuse(`${chains * draws * width} numbers: needs at most ${MOST_NUMBERS}`);
  const step = Math.max(1, Math.min(draws, Math.floor(PIECE / width)));
  const means: Float64Array[] = [];
  let spread = 0;
  for (let chain = 0; chain < chains; chain++) {
    // Draws are made in order: after a piece in which none is, none was.
    const own = new Float64Array(draws).fill(Number.NaN);
    for (let from = 0; from < draws; from += step) {
      const to = Math.min(draws, from + step);
      const rest = shape.slice(axes).map(() => null);
      const place = axes === 1 ? [chain, ...rest] : [chain, zarr.slice(from, to), ...rest];
      const piece = await zarr.get(array, place).catch(cause => {
        throw refuse(zarrFault(cause), cause);
      });
      const numbers = (
        typeof piece === "number" ? [piece] : (piece as { data: ArrayLike<number> }).data
      ) as ArrayLike<number>;
      for (let draw = from; draw < to; draw++) {
        let sum = 0;
        for (let i = 0; i < width; i++) sum += numbers[(draw - from) * width + i];
        own[draw] = sum / width;
      }
      if (own.subarray(from, to).every(Number.isNaN)) break;
      if (chain === 0 && from === 0 && shape.length > axes && axes === 2) spread = spreadOf(numbers, shape[2], width);
    }
    means.push(own);
  }
  return { means, spread };
};

/** Of the means of single samples of one batch. */
const spreadOf = (numbers: ArrayLike<number>, samples: number, width: number): number => {
  if (samples < 2) return 0;
  const each = width / samples;
  const of = Float64Array.from({ length: samples }, (_, sample) => {
    let sum = 0;
    for (let i = 0; i < each; i++) sum += numbers[sample * each + i];
    return sum / each;
  });
  return of.every(Number.isFinite) ? standardDeviation(of) : 0;
};
