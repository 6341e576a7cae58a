import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { LandauError } from "../../errors.ts";
import type { ExportFile } from "../export-csv.ts";
import { guarded, partOf } from "./files.ts";

/**
 * Writes files into a new folder, which is there with all of them or not at all. Throws a LandauError of kind "store" when there is something of that
 * name already, and when it cannot be written, such as on a full disk.
 */
export const writeExport = (folder: string, files: readonly ExportFile<string | Uint8Array>[]): void => {
  if (existsSync(folder))
    throw new LandauError("store", `${folder} is there already: remove it, or name another folder with --folder`);
  const parent = dirname(folder);
  if (!existsSync(parent))
    throw new LandauError("store", `${parent} is not there: make it, or name another folder with --folder`);
  const unfinished = partOf(folder);
  try {
    guarded("write", folder, () => {
      rmSync(unfinished, { recursive: true, force: true });
      // Not with its parents: where none can be made, such as in /proc, Node tries for ever.
      mkdirSync(unfinished);
      for (const { name, content } of files) {
        const path = join(unfinished, name);
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, content);
      }
      renameSync(unfinished, folder);
    });
  } catch (error) {
    try {
      rmSync(unfinished, { recursive: true, force: true });
    } catch {
      // What failed first is what to tell; the next export begins by removing this.
    }
    throw error;
  }
};
