import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { NamedArrays } from "../../contracts/protocol.ts";
import { LandauError } from "../../errors.ts";
import { readArrays } from "../../formats/arrays.ts";
import type { Task } from "../tasks.ts";
import { guarded, readIfThere } from "./files.ts";
import { checkUnchanged, readFinish } from "./finish.ts";
import { fileStem } from "./task-files.ts";

/**
 * The parameters of the draws of each chain that some tasks kept, from their snapshots of this name. Draws stand along the first axis. Throws a
 * LandauError of kind "store" when a snapshot of a finished run is gone or is not what it was.
 */
export const keptParameters = (
  folder: string,
  tasks: readonly Task[],
  name: string,
): ReadonlyMap<number, NamedArrays> => {
  const snapshots = join(folder, "snapshots");
  const finish = readFinish(folder);
  const names = finish
    ? Object.keys(finish.files).flatMap(file =>
        file.startsWith("snapshots/") ? [file.slice("snapshots/".length)] : [],
      )
    : guarded("read", snapshots, () => readdirSync(snapshots));
  const found = new Map<number, NamedArrays>();
  for (const task of tasks) {
    const stem = fileStem(task);
    for (const file of names) {
      const [, chain] =
        file.startsWith(`${stem}-`) && file.endsWith(`-${name}.npz`)
          ? (/^(\d+)-/.exec(file.slice(stem.length + 1)) ?? [])
          : [];
      if (chain === undefined) continue;
      if (finish) checkUnchanged(folder, finish, `snapshots/${file}`);
      const path = join(snapshots, file);
      const bytes = readIfThere(path);
      if (!bytes) throw new LandauError("store", `${path} is missing: restore it, or run again`);
      found.set(Number(chain), arraysIn(bytes, path));
    }
  }
  return new Map([...found].sort(([a], [b]) => a - b));
};

const arraysIn = (bytes: Uint8Array, path: string): NamedArrays =>
  Object.fromEntries(
    Object.entries(readArrays(bytes, path)).map(([name, { shape, data }]) => [
      name,
      { shape, data: Float64Array.from(data) },
    ]),
  );
