import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type CompleteSpec, completeSpec } from "../complete-spec.ts";
import { changesBits } from "../fast-modes.ts";
import { plan } from "../plan.ts";
import type { Spec } from "../spec.ts";
import { checkFastModes } from "./fast-modes.ts";
import { guarded } from "./files.ts";
import { lockRun } from "./lock.ts";
import { type Manifest, writeManifest } from "./manifest.ts";
import { roadText } from "./native/road.ts";
import type { RunOptions } from "./run-options.ts";
import { landauVersion } from "./versions.ts";

export interface StartOptions extends RunOptions {
  readonly spec: Spec;
  /** The command that is kept in the run's record. */
  readonly command: string;
}

/** A run folder with its run.json, and the lock that its maker holds. */
export interface NewRun {
  readonly path: string;
  readonly manifest: Manifest;
  unlock(): void;
}

const roadOf = (fast: CompleteSpec["fast"] = []): string => {
  if (fast.includes("native-fma")) return "native code with fused multiply-adds";
  return changesBits(fast) ? `WebAssembly, ${fast.join(", ")}` : roadText();
};

/** Makes the folder of a run that none of whose tasks is done. */
export const newRun = async ({ spec, command, systems, folder }: StartOptions): Promise<NewRun> => {
  const complete = completeSpec(spec, systems);
  const tasks = plan(complete, systems);
  const libraries = await checkFastModes(complete.fast);
  const created = new Date();
  const versions = { landau: landauVersion(), node: process.versions.node, ...libraries };
  const [id, path] = makeRunFolder(folder, systems[complete.system].name, complete, created);
  const unlock = lockRun(path);
  try {
    const manifest: Manifest = {
      id,
      created: created.toISOString(),
      command,
      versions,
      platform: `${process.platform} ${process.arch}`,
      road: roadOf(complete.fast),
      spec: complete,
      tasks,
    };
    writeManifest(path, manifest);
    return { path, manifest, unlock };
  } catch (error) {
    unlock();
    throw error;
  }
};

/** `<system>-<title>-<yyyymmdd-hhmmss>` in UTC, with a number behind it when that is taken. */
const makeRunFolder = (
  folder: string,
  system: string,
  { title }: CompleteSpec,
  created: Date,
): readonly [string, string] => {
  const [, date, time] = /^(.*)T(.*)\./.exec(created.toISOString())!;
  const stamp = `${date.replaceAll("-", "")}-${time.replaceAll(":", "")}`;
  const words = (title ?? "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  const stem = [system, words, stamp].filter(part => part !== "").join("-");
  return guarded("write", folder, () => {
    mkdirSync(folder, { recursive: true });
    for (let attempt = 1; ; attempt++) {
      const id = attempt === 1 ? stem : `${stem}-${attempt}`;
      try {
        mkdirSync(join(folder, id));
        return [id, join(folder, id)];
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      }
    }
  });
};
