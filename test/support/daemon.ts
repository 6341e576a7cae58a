import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from "node:child_process";

/** Of util-linux, on nearly every Linux: has the kernel end a process with the one that started it. */
const tied = ["setpriv", "--pdeathsig", "KILL"];
const canTie = spawnSync(tied[0], [...tied.slice(1), "true"]).status === 0;

/** Starts a program that ends with this process, even where that is killed. */
export const startDaemon = (program: string, words: readonly string[], options: SpawnOptions): ChildProcess => {
  const [first, ...rest] = [...(canTie ? tied : []), program, ...words];
  return spawn(first, rest, options);
};
