import { inlineExecutor } from "../../src/lab/executor.ts";
import { runInMemory } from "../../src/lab/run-in-memory.ts";
import { webExecutor } from "../../src/lab/web/workers.ts";

/** Bundled for a page: runs a spec, on two Web Workers of the module at the given address or on the page itself, and returns its content hash. */
Object.assign(globalThis, {
  run: async (text: string, worker: string | null) => {
    const executor = worker ? webExecutor(worker, 2) : inlineExecutor();
    const { contentHash } = await runInMemory(JSON.parse(text), { executor });
    return contentHash;
  },
});
