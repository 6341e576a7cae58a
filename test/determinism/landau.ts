import { execFile } from "node:child_process";
import { resolve } from "node:path";

export const cli = resolve(import.meta.dirname, "../../dist/cli.mjs");

export interface Finished {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built command line; it is killed with SIGKILL after `killAfter` milliseconds, or once `killWhen` is true. */
export const landau = (
  args: readonly string[],
  {
    node = process.execPath,
    cwd,
    env,
    killAfter,
    killWhen,
  }: {
    node?: string;
    cwd?: string;
    env?: NodeJS.ProcessEnv;
    killAfter?: number;
    killWhen?: () => boolean;
  } = {},
): Promise<Finished> =>
  new Promise(done => {
    const child = execFile(node, [cli, ...args], { cwd, env, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      clearInterval(watch);
      done({ code: error ? child.exitCode : 0, signal: child.signalCode, stdout, stderr });
    });
    const watch = setInterval(() => {
      if (killWhen?.()) child.kill("SIGKILL");
    }, 2);
    if (killAfter !== undefined) setTimeout(() => child.kill("SIGKILL"), killAfter);
  });
