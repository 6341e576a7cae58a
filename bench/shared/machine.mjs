import { arch, availableParallelism, cpus, platform, release, totalmem } from "node:os";
import { bound } from "./engine.mjs";

/** What a time depends on, in words and numbers. */
export const describeMachine = () => ({
  processor: cpus()[0]?.model.trim() ?? "unknown",
  cores: availableParallelism(),
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  system: `${platform()} ${release()} ${arch()}`,
  threads: bound ? "one, bound to one core" : "one",
});
