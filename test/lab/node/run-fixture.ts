import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import type { Systems } from "../../../src/lab/complete-spec.ts";
import { type Executor, inlineExecutor } from "../../../src/lab/executor.ts";
import { type StartOptions, startRun } from "../../../src/lab/node/run.ts";
import type { Spec } from "../../../src/lab/spec.ts";
import { emptyFolder } from "../../support/scratch.ts";
import { systems } from "../fixture-system.ts";

export const walks: Spec = {
  system: "fixture",
  title: "A walk, twice",
  seed: 11,
  studies: [
    { name: "walks", protocol: "walk", chains: 3, chunk: 2, settings: { steps: 3 } },
    { name: "again", protocol: "walk", chains: 1, settings: { steps: 3 } },
  ],
  claims: ["walks-end", "not-a-number"],
};

/** A folder of its own for each test file. */
export const temporaryFolder = (): { readonly path: string } => {
  const folder = { path: "" };
  beforeAll(() => {
    folder.path = emptyFolder();
  });
  afterAll(() => rmSync(folder.path, { recursive: true }));
  return folder;
};

export const optionsFor = (folder: string, change: Partial<StartOptions> = {}): StartOptions => ({
  spec: walks,
  command: "landau run walks.toml",
  systems,
  folder,
  executor: inlineExecutor(systems),
  saveEvery: 0,
  ...change,
});

/** The bytes of every file of a run that must not depend on how it was run. */
export const recordsOf = (path: string): { readonly [name: string]: string } =>
  Object.fromEntries(
    ["tasks", "snapshots"].flatMap(folder =>
      readdirSync(join(path, folder))
        .sort()
        .map(name => [`${folder}/${name}`, readFileSync(join(path, folder, name), "base64")]),
    ),
  );

/** What a kill leaves when `count` results have been stored: the folder as it then was, saved states included. */
export const killedAfter = async (
  folder: string,
  count: number,
  spec: Spec = walks,
  known: Systems = systems,
): Promise<string> => {
  let results = 0;
  const counted =
    <Words extends unknown[]>(handle: (...words: Words) => void) =>
    (...words: Words): void => {
      if (++results > count) throw new Error("killed");
      handle(...words);
    };
  const executor: Executor = (assignments, handlers, options) =>
    inlineExecutor(known)(
      assignments,
      {
        onLine: counted(handlers.onLine),
        onSnapshot: counted(handlers.onSnapshot),
        onState: counted(handlers.onState),
        onDone: counted(handlers.onDone),
        onProgress: handlers.onProgress,
      },
      options,
    );
  await startRun(optionsFor(folder, { executor, spec, systems: known })).catch(() => {});
  return join(folder, readdirSync(folder)[0]);
};
