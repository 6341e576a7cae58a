import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { isLandauError, LandauError } from "../errors.ts";
import { type CompleteSpec, completeSpec, type Systems } from "../lab/complete-spec.ts";
import { isExperimentPath, systemsWith } from "../lab/node/experiment-file.ts";
import { cannotRead } from "../lab/node/files.ts";
import { parseSpec, specFormat } from "../lab/spec-text.ts";

/** Reads a spec file and fills in what it leaves to defaults. An experiment of one's own is called by its full path. */
export const readSpecFile = async (
  path: string,
): Promise<{ readonly spec: CompleteSpec; readonly systems: Systems }> => {
  const format = specFormat(basename(path));
  const text = await readFile(path, "utf8").catch(cannotRead(path, "spec"));
  const { spec: given, place } = parseSpec(text, format, path);
  const { name, systems } = await systemsWith(given.system).catch(cause => {
    if (!isLandauError(cause, "input") || isExperimentPath(given.system)) throw cause;
    throw new LandauError("spec", `${place(["system"])}: ${cause.message}`, { cause });
  });
  return { spec: completeSpec({ ...given, system: name }, systems, place), systems };
};
