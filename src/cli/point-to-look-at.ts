import type { Objective } from "../contracts/objective.ts";
import type { PointOfObjective } from "../contracts/system.ts";
import { LandauError } from "../errors.ts";
import type { Data } from "../experiments/data.ts";
import { findSystem } from "./find.ts";
import { settingsOf } from "./settings.ts";

export interface PointFlags {
  /** A phase of a system, or a file of weights. */
  readonly at: string;
  /** A file of arrays, for a model of one's own. */
  readonly data?: string;
  readonly set?: readonly string[];
}

/** The objective and the point that the words of a call mean: a phase of a system, or weights of a model of one's own on data. */
export const pointToLookAt = async (name: string, flags: PointFlags): Promise<PointOfObjective> => {
  const { isExperimentPath } = await import("../lab/node/experiment-file.ts");
  return isExperimentPath(name) ? ownPoint(name, flags) : systemPoint(name, flags);
};

const systemPoint = async (name: string, { at, data, set = [] }: PointFlags): Promise<PointOfObjective> => {
  const { points, phases } = await findSystem(name);
  if (!points) throw new LandauError("input", `${name} has no points of its phases: give the path of a model`);
  if (data !== undefined)
    throw new LandauError("input", `--data ${data} is for a model of one's own: ${name} has its own`);
  const settings = settingsOf(set, points.settings);
  if (!isFileName(at)) return points.at(at, settings);
  const place = points.at(phases(settings)[0].label, settings);
  return { ...place, w: await weightsIn(at, place.objective) };
};

const isFileName = (at: string): boolean => /[\\/]|\.(npz|safetensors)$/.test(at);

const ownPoint = async (path: string, { at, data, set }: PointFlags): Promise<PointOfObjective> => {
  if (set)
    throw new LandauError("input", `--set ${set.join(" ")} is for a system: a model of one's own has no settings`);
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
  return { objective: own, w: await weightsIn(at, own), samples: own.samples };
};

const weightsIn = async (file: string, { parameters }: Objective): Promise<Float64Array> => {
  const { flatPoint } = await import("../experiments/point.ts");
  return flatPoint(parameters, await arraysIn(file), file);
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
  const bytes = await readFile(file).catch(cause => {
    throw new LandauError("input", `cannot read ${file}: ${cause.message}`, { cause });
  });
  return readArrays(new Uint8Array(bytes), file);
};
