import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { ResourceLimits } from "node:worker_threads";
import { build } from "tsdown";
import { afterAll, beforeAll } from "vitest";
import type { Executor } from "../../src/lab/executor.ts";
import { threadWorker } from "../../src/lab/node/threads.ts";
import { poolExecutor } from "../../src/lab/pool.ts";

/**
 * Worker threads that know the fixture system. Node 20 runs no TypeScript, so their module is built before the tests of a
 * file, and removed after them. Call it at the top of the file.
 */
export const fixtureThreads = (): ((count: number, limits?: ResourceLimits) => Executor) => {
  let folder: string;
  beforeAll(async () => {
    // Inside the project, so that the module finds its packages.
    folder = mkdtempSync(join(import.meta.dirname, "../../node_modules/.fixture-threads-"));
    await build({
      config: false,
      entry: { worker: join(import.meta.dirname, "fixture-worker.ts") },
      outDir: folder,
      platform: "node",
      dts: false,
      logLevel: "silent",
      outExtensions: () => ({ js: ".mjs" }),
    });
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  return (count, limits) => poolExecutor(() => threadWorker(pathToFileURL(join(folder, "worker.mjs")), limits), count);
};
