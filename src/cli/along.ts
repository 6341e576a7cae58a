import {
  learningCoefficients,
  localiserAlong,
  type TrajectoryPoint,
} from "../coefficient/estimate/learning-coefficients.ts";
import type { Json } from "../contracts/json.ts";
import type { Objective } from "../contracts/objective.ts";
import { LandauError } from "../errors.ts";
import { log } from "../numerics/elementary.ts";

/** A checkpoint of training: a file of weights with the step in its name. */
export interface CheckpointFile {
  readonly step: number;
  readonly path: string;
}

/** The coefficient at one checkpoint, beside its loss. */
export interface AlongPoint {
  readonly step: number;
  readonly loss: number;
  /** Other numbers that the model returns, by name. */
  readonly outputs: { readonly [name: string]: number };
  readonly lambda: number | null;
  readonly standardError: number | null;
  readonly interval: readonly [number, number] | null;
  readonly rHat: number;
  readonly ess: number;
  readonly outcome: string;
  readonly text: string;
}

export interface Along {
  readonly nBeta: number;
  readonly gamma: number;
  readonly points: readonly AlongPoint[];
}

const WEIGHTS = /\.(npz|safetensors)$/;

const stepIn = (name: string): number | undefined => {
  const digits = /(\d+)\D*$/.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
};

/**
 * The checkpoints of a folder by step: npz and safetensors files, the step being the last number in the name, or folders with it in their name that hold one such
 * file, as Hugging Face saves them; then a file without a step is what training ended with, and left out. Throws a LandauError of kind "input" when there are none.
 */
export const checkpointsIn = async (folder: string): Promise<CheckpointFile[]> => {
  const [{ readdir }, { join }, { cannotRead }] = await Promise.all([
    import("node:fs/promises"),
    import("node:path"),
    import("../lab/node/files.ts"),
  ]);
  const entries = await readdir(folder, { withFileTypes: true }).catch(cannotRead(folder));
  const found: CheckpointFile[] = [];
  for (const entry of entries) {
    const step = stepIn(entry.name);
    if (!entry.isDirectory() || step === undefined) continue;
    const here = join(folder, entry.name);
    const files = (await readdir(here).catch(cannotRead(here))).filter(name => WEIGHTS.test(name));
    if (files.length > 1)
      throw new LandauError(
        "input",
        `${here}: ${files.length} files of weights, ${files[0]} and ${files[1]}: needs one; save a model in parts as one file`,
      );
    if (files.length === 1) found.push({ step, path: join(here, files[0]) });
  }
  const inFolders = found.length > 0;
  for (const { name } of entries.filter(entry => !entry.isDirectory() && WEIGHTS.test(entry.name))) {
    const step = stepIn(name.replace(WEIGHTS, ""));
    if (step !== undefined) found.push({ step, path: join(folder, name) });
    else if (!inFolders)
      throw new LandauError("input", `${join(folder, name)}: no step in its name: needs one such as step-1000.npz`);
  }
  if (found.length === 0)
    throw new LandauError(
      "input",
      `${folder}: no npz or safetensors file: needs a checkpoint in each, with the step in its name or that of its folder`,
    );
  found.sort((a, b) => a.step - b.step);
  const twice = found.findIndex(({ step }, i) => step === found[i - 1]?.step);
  if (twice > 0)
    throw new LandauError(
      "input",
      `${found[twice - 1].path} and ${found[twice].path} are both of step ${found[twice].step}: needs one for each`,
    );
  return found;
};

/** Weights of a step of training. */
export interface Checkpoint {
  readonly step: number;
  weights(): Float64Array | Promise<Float64Array>;
  /** Numbers that were seen there, besides the loss; those that the model returns when absent. */
  readonly outputs?: { readonly [name: string]: number };
}

export interface AlongModel {
  readonly objective: Objective;
  readonly samples: number;
  /** Of all that results depend on besides the weights: the model's source, data, options. */
  readonly identity: Json;
  /** Numbers that the model returns besides its loss. */
  outputs(w: Float64Array): { readonly [name: string]: number };
}

export interface AlongOptions {
  readonly seed: number;
  readonly chains?: number;
  readonly draws?: number;
  readonly parameters?: readonly string[];
  /** The localiser; found at the last checkpoint when absent. */
  readonly gamma?: number;
  /** Folder in which results are kept, so that the same call goes on where it was stopped. */
  readonly keep: string;
  progress?(done: number): void;
}

/** 95 % of a normal law. */
const NORMAL_95 = 1.959963984540054;

/**
 * nBeta <K> at every checkpoint, at nBeta = n / log n and one localiser for all, so that they can be compared, and what is costly is found once. Each result is kept by a hash of all that it depends on, as soon as it is there.
 */
export const coefficientsAlong = async (
  { objective, samples, identity, outputs }: AlongModel,
  checkpoints: readonly Checkpoint[],
  { seed, chains, draws, parameters, gamma: given, keep, progress }: AlongOptions,
): Promise<Along> => {
  const { contentHash } = await import("../lab/canonical.ts");
  const { keptResults } = await import("../lab/node/kept-results.ts");
  const about = {
    identity,
    seed,
    chains: chains ?? null,
    draws: draws ?? null,
    parameters: parameters ? [...parameters] : null,
  };
  const kept = keptResults(keep, contentHash(about as Json));
  const nBeta = samples / log(samples);
  const points: AlongPoint[] = [];
  const [first, last] = [await checkpoints[0].weights(), await checkpoints[checkpoints.length - 1].weights()];
  const hashOf = (w: Float64Array) => contentHash(Array.from(w) as Json);
  const gammaKey = `gamma ${hashOf(first)} ${hashOf(last)}`;
  let gamma = given ?? (kept.get(gammaKey) as number | undefined);
  if (gamma === undefined) {
    gamma = localiserAlong(objective, first, last, { nBeta, seed, parameters });
    kept.put(gammaKey, gamma);
  }
  for (const [index, { step, weights, outputs: seen }] of checkpoints.entries()) {
    const w = await weights();
    const key = `point ${gamma} ${hashOf(w)}`;
    const before = kept.get(key) as AlongPoint | undefined;
    if (before) points.push({ ...before, step, ...(seen && { outputs: seen }) });
    else {
      const options = {
        seed,
        samples,
        nBeta,
        gamma,
        ...(chains && { chains }),
        ...(draws && { draws }),
        ...(parameters && { parameters }),
      };
      const [found] = learningCoefficients(objective, [w], options).points;
      const point = pointOf(step, found, objective.loss(w), seen ?? outputs(w));
      kept.put(key, point as unknown as Json);
      points.push(point);
    }
    progress?.(index + 1);
  }
  return { nBeta, gamma, points };
};

const pointOf = (
  step: number,
  { lambda, rHat, ess, health }: TrajectoryPoint,
  loss: number,
  outputs: { readonly [name: string]: number },
): AlongPoint => {
  const { outcome } = health;
  const about = { step, loss, outputs, rHat, ess, outcome };
  if (lambda.kind === "failure")
    return { ...about, lambda: null, standardError: null, interval: null, text: lambda.text };
  const reach = NORMAL_95 * lambda.standardError;
  return {
    ...about,
    lambda: lambda.value,
    standardError: lambda.standardError,
    interval: [lambda.value - reach, lambda.value + reach],
    text: health.text,
  };
};
