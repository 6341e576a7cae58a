import { spawnSync } from "node:child_process";
import { access, readFile } from "node:fs/promises";
import { basename, extname, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Protocol } from "../../contracts/protocol.ts";
import type { System } from "../../contracts/system.ts";
import type { Model } from "../../engine/model.ts";
import { isLandauError, LandauError } from "../../errors.ts";
import type { Experiment } from "../../experiments/experiment.ts";
import { experimentSystem } from "../../experiments/experiment-system.ts";
import { listedSystems } from "../../systems/index.ts";
import { textHash } from "../canonical.ts";
import type { Systems } from "../complete-spec.ts";
import { unknownWord } from "../nearest.ts";
import type { Spec } from "../spec.ts";
import { cannotRead } from "./files.ts";

/** Whether the name of a system is the path of a module that exports an experiment, or of a model in Python. */
export const isExperimentPath = (name: string): boolean => /[\\/]|\.([cm]?[jt]s|py)$/.test(name);

/** Whether it is the path of a model in Python. */
export const isPythonPath = (name: string): boolean => name.endsWith(".py");

/**
 * The system of this name, or the experiment of a module when the name is a path: its system's name is then the full path. Throws a LandauError of kind
 * "input" for a name that is none.
 */
export const systemsWith = async (name: string): Promise<{ readonly name: string; readonly systems: Systems }> => {
  if (!isExperimentPath(name)) {
    if (!Object.hasOwn(listedSystems, name))
      throw new LandauError("input", unknownWord("system", name, Object.keys(listedSystems)));
    return { name, systems: { [name]: await listedSystems[name].load() } };
  }
  const path = resolve(name);
  return { name: path, systems: { [path]: isPythonPath(path) ? await loadPython(path) : await loadExperiment(path) } };
};

/** Throws a LandauError of kind "store" unless the module of an interrupted run is the one with which it began. */
export const checkSource = ({ system, studies }: Spec, systems: Systems): void => {
  const sourceOf = (protocol: string) => systems[system].protocols[protocol]?.settings.source?.default;
  if (!isExperimentPath(system) || studies.every(({ protocol, settings }) => settings.source === sourceOf(protocol)))
    return;
  throw new LandauError(
    "store",
    `${shown(system)} has changed since the run began, and a run goes on only with the model it began with: restore the file, or train anew`,
  );
};

/** What a module of one's own can export: an experiment (by that name or as its default), or a model alone. */
export interface OwnModule {
  readonly experiment?: Experiment;
  readonly model?: Model;
}

export const importOwnModule = async (path: string): Promise<OwnModule> => {
  await access(path).catch(cannotRead(shown(path)));
  const module: { experiment?: Experiment; default?: Experiment; model?: Model } = await import(
    pathToFileURL(path).href
  ).catch((cause: unknown) => {
    const place = placeIn(path, cause) || (cause instanceof SyntaxError ? placeOfSyntax(path) : "");
    const why = `${messageOf(cause)}${place}${hint(path, cause)}`;
    throw new LandauError("input", `cannot import ${shown(path)}: ${why}`, { cause });
  });
  return { experiment: module.experiment ?? module.default, model: module.model };
};

const loadPython = async (path: string): Promise<System> => (await import("./python/system.ts")).pythonSystem(path);

/** Makes a system of the experiment that a module exports. */
const loadExperiment = async (path: string): Promise<System> => {
  const { experiment } = await importOwnModule(path);
  if (typeof experiment !== "object" || experiment === null)
    throw new LandauError(
      "input",
      `${shown(path)} exports no experiment: export const experiment = { model, data, optimiser, steps }`,
    );
  const hash = textHash();
  hash.add(await readFile(path, "utf8"));
  const name = basename(path, extname(path));
  const system = within(path, () => experimentSystem(name, experiment, hash.hex().slice(0, 16)));
  const checked = ([protocol, { check, ...rest }]: [string, Protocol]): [string, Protocol] => [
    protocol,
    { ...rest, check: settings => within(path, () => check?.(settings)) },
  ];
  return { ...system, protocols: Object.fromEntries(Object.entries(system.protocols).map(checked)) };
};

/**
 * What goes wrong in a user's module is reported with its path. It is of kind "spec", so that nobody takes it for a slip in the settings of a
 * protocol; what has nothing to do with the module stays a fault of ours.
 */
const within = <T>(path: string, act: () => T): T => {
  try {
    return act();
  } catch (cause) {
    const place = placeIn(path, cause);
    if (!isLandauError(cause) && place === "") throw cause;
    const why = isLandauError(cause) ? cause.message : `${messageOf(cause)}${place}`;
    throw new LandauError("spec", `${shown(path)}: ${why}`, { cause });
  }
};

/** Seen from where one stands, when it is below. */
const shown = (path: string): string => {
  const short = relative(process.cwd(), path);
  return short.startsWith("..") ? path : short;
};

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** " at my-model.mjs:7:12" when the error's stack leads through the module. */
const placeIn = (path: string, error: unknown): string => {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  const from = stack.indexOf(`${pathToFileURL(path).href}:`);
  const [, place] = /^.*?((?::\d+)+)/.exec(stack.slice(from + pathToFileURL(path).href.length)) ?? [];
  return from < 0 || place === undefined ? "" : ` at ${basename(path)}${place}`;
};

/** Errors of syntax carry no place, but Node tells it when it checks a file alone. */
const placeOfSyntax = (path: string): string => {
  const { stderr } = spawnSync(process.execPath, ["--check", path], { encoding: "utf8" });
  const [, line] = /^.*:(\d+)\n/.exec(stderr) ?? [];
  return line === undefined ? "" : ` at ${basename(path)}:${line}`;
};

const hint = (path: string, error: unknown): string => {
  const { code } = error as { code?: string };
  if (code === "ERR_UNKNOWN_FILE_EXTENSION")
    return `. Node ${process.versions.node} reads no TypeScript: compile ${basename(path)}, or use Node 24`;
  if (code === "ERR_MODULE_NOT_FOUND" && messageOf(error).includes("'landau'"))
    return ". Install landau beside it: npm install landau";
  return "";
};
