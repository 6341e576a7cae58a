import { access, readFile } from "node:fs/promises";
import { basename, extname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { System } from "../../contracts/system.ts";
import type { Model } from "../../engine/model.ts";
import { isLandauError, LandauError } from "../../errors.ts";
import type { Experiment } from "../../models/experiment.ts";
import { experimentSystem } from "../../models/experiment-system.ts";
import { systems } from "../../systems/index.ts";
import { textHash } from "../canonical.ts";
import type { Systems } from "../complete-spec.ts";

/** Whether the name of a system is the path of a module that exports an experiment. */
export const isExperimentPath = (name: string): boolean => /[\\/]|\.[cm]?[jt]s$/.test(name);

/** Every system there is, and the experiment of a module when the name is a path; its system's name is the full path. */
export const systemsWith = async (name: string): Promise<{ readonly name: string; readonly systems: Systems }> => {
  if (!isExperimentPath(name)) return { name, systems };
  const path = resolve(name);
  return { name: path, systems: { ...systems, [path]: await loadExperiment(path) } };
};

/** What a module of one's own can export: an experiment (by that name or as its default), or a model alone. */
export interface OwnModule {
  readonly experiment?: Experiment;
  readonly model?: Model;
}

export const importOwnModule = async (path: string): Promise<OwnModule> => {
  await access(path).catch(cause => {
    throw new LandauError("input", `cannot read ${path}: ${cause.message}`, { cause });
  });
  const module: { experiment?: Experiment; default?: Experiment; model?: Model } = await import(
    pathToFileURL(path).href
  ).catch(cause => {
    throw new LandauError("input", `cannot import ${path}: ${cause.message}${wayOut(path, cause)}`, { cause });
  });
  return { experiment: module.experiment ?? module.default, model: module.model };
};

/** Makes a system of the experiment that a module exports. */
const loadExperiment = async (path: string): Promise<System> => {
  const { experiment } = await importOwnModule(path);
  if (typeof experiment !== "object" || experiment === null)
    throw new LandauError(
      "input",
      `${path} exports no experiment: export const experiment = { model, data, optimiser, steps }`,
    );
  const hash = textHash();
  hash.add(await readFile(path, "utf8"));
  try {
    return experimentSystem(basename(path, extname(path)), experiment, hash.hex().slice(0, 16));
  } catch (cause) {
    if (!isLandauError(cause)) throw cause;
    throw new LandauError(cause.kind, `${path}: ${cause.message}`, { cause });
  }
};

const wayOut = (path: string, { code, message }: { code?: string; message: string }): string => {
  if (code === "ERR_UNKNOWN_FILE_EXTENSION")
    return `. Node ${process.versions.node} reads no TypeScript: compile ${basename(path)}, or use Node 24`;
  if (message.includes("'landau'")) return ". Install landau beside it: npm install landau";
  return "";
};
