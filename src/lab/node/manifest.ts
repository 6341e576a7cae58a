import { existsSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { isLandauError, LandauError } from "../../errors.ts";
import type { CompleteSpec } from "../complete-spec.ts";
import { parseJson } from "../json-text.ts";
import { checkSpec, pathName } from "../spec.ts";
import type { Task } from "../tasks.ts";
import { readIfThere, writeAtomically } from "./files.ts";
import { listed, listedTask, readPlan, tasksOfList } from "./plan-file.ts";

/** What `run.json` holds, written once, before anything else of the run; and the tasks of the rounds that were planned since. */
export interface Manifest {
  readonly id: string;
  /** When the run was started, in ISO 8601. */
  readonly created: string;
  /** The command that started it. */
  readonly command: string;
  /** Versions by name: landau, node, and OpenBLAS where products are left to it. */
  readonly versions: {
    readonly landau: string;
    readonly node: string;
    readonly openblas?: string;
    readonly compiler?: string;
  };
  /** Operating system and processor. */
  readonly platform: string;
  /** How programs are run, which changes no bit: as native code or as WebAssembly, and why. Runs of earlier versions have none. */
  readonly road?: string;
  readonly spec: CompleteSpec;
  readonly tasks: readonly Task[];
}

const FORMAT = "landau-run";
const FORMAT_VERSION = 1;
export const RUN_FORMAT = `${FORMAT}/${FORMAT_VERSION}`;

const manifestSchema = z.object({
  id: z.string(),
  created: z.iso.datetime(),
  command: z.string(),
  versions: z.object({
    landau: z.string(),
    node: z.string(),
    openblas: z.string().optional(),
    compiler: z.string().optional(),
  }),
  platform: z.string(),
  road: z.string().optional(),
  spec: z.unknown(),
  tasks: z.array(listedTask),
});

const manifestPath = (folder: string): string => join(folder, "run.json");

export const writeManifest = (folder: string, { tasks, ...manifest }: Manifest): void => {
  const content = { format: RUN_FORMAT, ...manifest, tasks: tasks.map(listed) };
  writeAtomically(manifestPath(folder), `${JSON.stringify(content, null, 2)}\n`);
};

/** Reads `run.json`. Throws a LandauError of kind "store" when it is missing, broken, or of a newer Landau. */
export const readManifest = (folder: string): Manifest => {
  const path = manifestPath(folder);
  const bytes = readIfThere(path);
  if (!bytes) {
    const why = existsSync(join(folder, "finished.json"))
      ? "has lost its run.json: restore it, or run again"
      : existsSync(folder)
        ? "has no run.json: its making was interrupted, and it holds no results. Delete it and start again"
        : "does not exist";
    throw new LandauError("store", `${folder} ${why}`);
  }
  const broken = (why: string, cause?: unknown) =>
    new LandauError("store", `${why}. The run cannot be read: restore the file, or delete ${folder} and start again`, {
      cause,
    });

  let value: unknown;
  try {
    value = parseJson(new TextDecoder().decode(bytes), path, "store");
  } catch (cause) {
    throw broken((cause as Error).message, cause);
  }
  checkFormat((value as { format?: unknown } | null)?.format, path, broken);
  const result = manifestSchema.safeParse(value);
  if (!result.success) {
    const [{ path: place, message }] = result.error.issues;
    throw broken(`${path}: ${pathName(place as (string | number)[])}: ${message}`);
  }
  const { spec: given, tasks: firstRound, ...rest } = result.data;
  const spec = readSpec(given, path, broken);
  const first = tasksOfList(spec, firstRound);
  if (!first) throw broken(`${path}: the list of tasks is not that of the spec`);
  return { ...rest, spec, tasks: readPlan(folder, spec, firstRound) ?? first };
};

type Broken = (why: string, cause?: unknown) => LandauError;

const checkFormat = (format: unknown, path: string, broken: Broken): void => {
  const [, version] = new RegExp(`^${FORMAT}/(\\d+)$`).exec(String(format)) ?? [];
  if (version === undefined) throw broken(`${path}: format is ${JSON.stringify(format)}: needs "${RUN_FORMAT}"`);
  if (Number(version) > FORMAT_VERSION)
    throw new LandauError(
      "store",
      `${path}: was written by a newer Landau (format ${format}): update Landau to read it`,
    );
  if (Number(version) !== FORMAT_VERSION) throw broken(`${path}: format ${format} is unknown`);
};

const readSpec = (given: unknown, path: string, broken: Broken): CompleteSpec => {
  try {
    const spec = checkSpec(given, place => `${path}: spec.${pathName(place)}`);
    const studies = spec.studies.map(study => ({ ...study, chunk: study.chunk ?? 1 }));
    return { ...spec, landau: 1, studies, claims: spec.claims ?? [] };
  } catch (cause) {
    if (!isLandauError(cause)) throw cause;
    throw broken(cause.message, cause);
  }
};
