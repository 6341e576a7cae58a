import type { Controls, Settings } from "../contracts/field.ts";
import type { Json } from "../contracts/json.ts";
import type { ExactPrediction, Learner } from "../contracts/learner.ts";
import type { Objective } from "../contracts/objective.ts";
import type { Model } from "../engine/model.ts";
import { LandauError } from "../errors.ts";
import type { Data } from "../experiments/data.ts";
import type { WeightLayout } from "../experiments/point.ts";
import { cannotRead } from "../lab/node/files.ts";
import type { PythonModel } from "../lab/node/python/model.ts";
import { findSystem, lacksLearner } from "./find.ts";
import { settingsOf } from "./settings.ts";

/** A point of an objective, and how many samples its loss stands for. */
export interface PlaceToLookAt {
  readonly objective: Objective;
  readonly w: Float64Array;
  readonly samples: number;
  /** The coefficient there, where theory has one. */
  readonly exact?: ExactPrediction;
  /** Weights of the same model in another file. */
  weights(file: string): Promise<Float64Array>;
  /** Hashes and settings that say which model and data it is. */
  readonly identity: Json;
  /** Single numbers that the model returns besides its loss, by name. */
  outputs?(w: Float64Array): { readonly [name: string]: number };
  /** Of a model in Python. */
  readonly python?: PythonModel;
  /** The run that was trained to the point. */
  readonly run?: string;
}

export interface PointFlags {
  /** A phase of a system, the end of training of a run, or a file of weights; of a model in Python where it starts, when absent. */
  readonly at?: string;
  /** A file of arrays, for a model of one's own. */
  readonly data?: string;
  readonly seed?: number;
  /** How the matrices in the file of weights lie. */
  readonly layout?: WeightLayout;
  /** Where runs are, for the end of one. */
  readonly runs?: string;
}

/** The settings that a call gives, checked against the controls of its system. */
export type SettingsGiven = (controls: Controls) => Settings;

/** The objective and the point that the words of a call mean: a phase of a system, or weights of a model of one's own on data. */
export const pointToLookAt = async (name: string, flags: PointFlags, given: SettingsGiven): Promise<PlaceToLookAt> => {
  const { isExperimentPath, isPythonPath } = await import("../lab/node/experiment-file.ts");
  if (isPythonPath(name)) return pythonPoint(name, flags, given);
  return isExperimentPath(name) ? ownPoint(name, flags, given) : systemPoint(name, flags, given);
};

/** Samples that a loss stands for when nothing is said: a mean over data that are known in closed form has none of its own. */
const samplesField = {
  kind: "number",
  summary: "samples that the loss stands for",
  default: 10_000,
  min: 2,
  max: 1e15,
  scale: "log",
} as const;

/** The controls of a learner, and how many samples its loss stands for. */
export const controlsAtPoint = ({ controls }: Pick<Learner, "controls">): Controls => ({
  ...controls,
  ...(controls.n ? {} : { n: samplesField }),
});

const systemPoint = async (
  name: string,
  { at: place, data, seed = 0, layout, runs = "runs" }: PointFlags,
  given: SettingsGiven,
): Promise<PlaceToLookAt> => {
  const at = needed(place);
  const { learner } = await findSystem(name);
  if (!learner) throw lacksLearner({ name }, "coefficient");
  if (data !== undefined)
    throw new LandauError("input", `--data ${data} is for a model of one's own: ${name} has its own`);
  const controls = controlsAtPoint(learner);
  const { isRun, pointOfRun } = await import("./point-of-run.ts");
  const end = (await isRun(at)) ? await pointOfRun(name, at, runs) : undefined;
  const trained = Object.entries(end?.settings ?? {}).filter(([key]) => Object.hasOwn(controls, key));
  const settings = settingsOf({ ...Object.fromEntries(trained), ...given(controls) }, controls);
  learner.check?.(settings);
  const samples = Number(settings.n);
  const identity = { system: name, settings: { ...settings } } as Json;
  const own = learner.objective(settings, { seed: end?.seed ?? seed, chain: 0 });
  const weights = (file: string) => weightsIn(file, own, layout);
  if (end) return { objective: own, w: end.w, samples, weights, identity, run: end.run };
  if (isFileName(at)) return { objective: own, w: await weights(at), samples, weights, identity };
  if (layout !== undefined)
    throw new LandauError("input", `--layout ${layout} is for a file of weights: ${at} is a phase of the system`);
  const { phasePoint } = await import("../protocols/phase-point.ts");
  return {
    ...phasePoint(learner, at, settings, seed),
    samples,
    weights,
    identity,
    exact: learner.coefficient?.(at, settings) ?? undefined,
  };
};

const isFileName = (at: string): boolean => /[\\/]|\.(npz|safetensors)$/.test(at);

const ownPoint = async (
  path: string,
  { at: place, data, layout }: PointFlags,
  given: SettingsGiven,
): Promise<PlaceToLookAt> => {
  given({});
  const at = needed(place);
  const { resolve } = await import("node:path");
  const { importOwnModule } = await import("../lab/node/experiment-file.ts");
  const { objective } = await import("../experiments/objective.ts");
  const { experiment, model = experiment?.model } = await importOwnModule(resolve(path));
  if (!model)
    throw new LandauError(
      "input",
      `${path} exports neither a model nor an experiment: export const model = model(...)`,
    );
  const arrays = data === undefined ? experiment?.data : await dataIn(data);
  if (!arrays) throw new LandauError("input", `${path} exports no experiment with data: name a file with --data`);
  const own = objective(model, arrays);
  const weights = (file: string) => weightsIn(file, own, layout);
  return {
    objective: own,
    w: await weights(at),
    samples: own.samples,
    weights,
    identity: { module: await hashOfFile(path), data: data === undefined ? null : await hashOfFile(data) },
    outputs: await numbersOf(model, arrays, own),
  };
};

/** The point of a model in Python: that with which it came, or weights of its arrays. */
const pythonPoint = async (
  path: string,
  { at, data, layout }: PointFlags,
  given: SettingsGiven,
): Promise<PlaceToLookAt> => {
  given({});
  for (const [flag, value] of Object.entries({ data, layout }))
    if (value !== undefined)
      throw new LandauError(
        "input",
        `--${flag} ${value} is for a model in JavaScript: ${path} has its own data and shapes`,
      );
  const { startedModel } = await import("../lab/node/python/system.ts");
  const python = startedModel(path);
  const { objective, start, samples } = python;
  const weights = (file: string) => weightsIn(file, objective);
  const w = at === undefined ? start : await weights(at);
  return { objective, w, samples, weights, identity: { python: python.source }, python };
};

const needed = (at: string | undefined): string => {
  if (at === undefined)
    throw new LandauError(
      "input",
      "required option '--at <point>' not specified: a phase of the system, or a file of weights",
    );
  return at;
};

const hashOfFile = async (path: string): Promise<string> => {
  const [{ readFile }, { sha256Hex }] = await Promise.all([import("node:fs/promises"), import("../lab/canonical.ts")]);
  return sha256Hex(await readFile(path).catch(cannotRead(path)));
};

/** The single numbers among a model's outputs, at a point. */
const numbersOf = async (model: Model, data: Data, { parameters }: Objective): Promise<PlaceToLookAt["outputs"]> => {
  const [{ evaluator }, { dataset }] = await Promise.all([
    import("../experiments/evaluator.ts"),
    import("../experiments/data.ts"),
  ]);
  const evaluate = evaluator(model, dataset(data), "f64");
  return w => {
    const arrays = Object.fromEntries(
      parameters.map(({ name, shape, offset }) => {
        const size = shape.reduce((product, side) => product * side, 1);
        return [name, { shape, data: w.slice(offset, offset + size) }];
      }),
    );
    const single = Object.entries(evaluate(arrays).outputs).filter(([, output]) => output.data.length === 1);
    return Object.fromEntries(single.map(([name, output]) => [name, output.data[0]]));
  };
};

const weightsIn = async (file: string, { parameters }: Objective, layout?: WeightLayout): Promise<Float64Array> => {
  const { flatPoint } = await import("../experiments/point.ts");
  return flatPoint(parameters, await arraysIn(file), file, layout);
};

/** Integers become indices. */
const dataIn = async (file: string): Promise<Data> =>
  Object.fromEntries(
    Object.entries(await arraysIn(file)).map(([name, { shape, data, integer }]) => [
      name,
      { shape, data: integer ? Int32Array.from(data) : data },
    ]),
  );

const arraysIn = async (file: string) => {
  const { readFile } = await import("node:fs/promises");
  const { readArrays } = await import("../formats/arrays.ts");
  const bytes = await readFile(file).catch(cannotRead(file));
  return readArrays(new Uint8Array(bytes), file);
};
