import { existsSync, lstatSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { LandauError } from "../../errors.ts";
import { guarded } from "./files.ts";
import { isLocked } from "./lock.ts";
import { partsOfName } from "./run-names.ts";

/** Whether a folder is a run, or the beginning of one: nothing else may be deleted as a run. */
export const isRunFolder = (path: string): boolean =>
  existsSync(join(path, "run.json")) || partsOfName(basename(path)).stamp !== "";

/** Deletes the folder of a run. Throws a LandauError of kind "store" for one that is running, and for what is no folder of its own. */
export const deleteRun = (path: string): void => {
  if (isLocked(path)) throw new LandauError("store", `${path} is running: stop it first`);
  if (!isRunFolder(path)) throw new LandauError("store", `${path} is no run: delete it by hand`);
  if (!guarded("read", path, () => lstatSync(path)).isDirectory())
    throw new LandauError("store", `${path} is a link: delete it by hand`);
  guarded("write", path, () => rmSync(path, { recursive: true }));
};
