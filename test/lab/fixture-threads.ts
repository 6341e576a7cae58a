import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "tsdown";
import type { Executor } from "../../src/lab/executor.ts";
import { threadWorker } from "../../src/lab/node/threads.ts";
import { poolExecutor } from "../../src/lab/pool.ts";

/** Worker threads that know the fixture system: Node 20 runs no TypeScript, so their module is built first. */
export const buildFixtureThreads = async (): Promise<(count: number) => Executor> => {
  // Inside the project, so that the module finds its packages.
  const outDir = mkdtempSync(join(import.meta.dirname, "../../node_modules/.fixture-threads-"));
  await build({
    config: false,
    entry: { worker: join(import.meta.dirname, "fixture-worker.ts") },
    outDir,
    platform: "node",
    dts: false,
    logLevel: "silent",
    outExtensions: () => ({ js: ".mjs" }),
  });
  const module = pathToFileURL(join(outDir, "worker.mjs"));
  return count => poolExecutor(() => threadWorker(module), count);
};
