import { inlineExecutor } from "../../src/lab/executor.ts";
import { runInMemory } from "../../src/lab/run-in-memory.ts";
import { systems } from "../../src/systems/index.ts";

/** Bundled for a page: runs a spec and returns its content hash. */
Object.assign(globalThis, {
  run: async (text: string) => {
    const { contentHash } = await runInMemory(JSON.parse(text), { systems, executor: inlineExecutor(systems) });
    return contentHash;
  },
});
