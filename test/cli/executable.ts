import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Readable } from "node:stream";
import type { Called } from "./call.ts";

export const cli = resolve(import.meta.dirname, "../../dist/cli.mjs");

export interface Executed extends Called {
  /** Seconds from the start to the first output of any kind, and to the end. */
  readonly firstOutput: number;
  readonly seconds: number;
  /** Seconds of processor time to the first output and to the end, which other work on the machine leaves as they are. */
  readonly firstCpu: number;
  readonly cpu: number;
}

export interface ExecuteOptions {
  readonly cwd?: string;
  readonly env?: { readonly [name: string]: string };
  /** Called with all of the standard error so far, whenever there is more. */
  onStderr?(text: string, kill: (signal: NodeJS.Signals) => void): void;
}

/** Runs before the command line: says on a fourth channel how much processor time had gone by at the first output, and at the end. */
const METER = `
import { writeSync } from "node:fs";
import { isMainThread } from "node:worker_threads";
if (isMainThread) {
  const say = what => {
    const { user, system } = process.cpuUsage();
    try { writeSync(3, what + " " + (user + system) / 1e6 + "\\n"); } catch {}
  };
  for (const output of [process.stdout, process.stderr]) {
    const { write } = output;
    output.write = (...words) => { say("first"); output.write = write; return write.apply(output, words); };
  }
  process.on("exit", () => say("end"));
}`;

/** Runs the built command line in a process of its own, without a terminal. */
export const execute = (
  words: readonly string[],
  { cwd, env = {}, onStderr }: ExecuteOptions = {},
): Promise<Executed> => {
  if (!existsSync(cli)) throw new Error("dist/cli.mjs is missing: npm run build");
  const { NO_COLOR: _, FORCE_COLOR: __, ...inherited } = process.env;
  // As `npx landau` starts it, so that hints are the same however the tests were started.
  const started = performance.now();
  const since = () => (performance.now() - started) / 1000;
  const meter = `data:text/javascript,${encodeURIComponent(METER)}`;
  const child = spawn(process.execPath, ["--import", meter, cli, ...words], {
    cwd,
    env: { ...inherited, npm_command: "exec", ...env },
    stdio: ["pipe", "pipe", "pipe", "pipe"],
  });
  let metered = "";
  (child.stdio[3] as Readable).setEncoding("utf8").on("data", text => {
    metered += text;
  });
  const cpuAt = (what: string) => Number(new RegExp(`${what} (\\S+)`).exec(metered)?.[1] ?? Number.NaN);
  let [stdout, stderr, firstOutput] = ["", "", Number.POSITIVE_INFINITY];
  child.stdout!.setEncoding("utf8").on("data", text => {
    firstOutput = Math.min(firstOutput, since());
    stdout += text;
  });
  child.stderr!.setEncoding("utf8").on("data", text => {
    firstOutput = Math.min(firstOutput, since());
    stderr += text;
    onStderr?.(stderr, signal => child.kill(signal));
  });
  return new Promise((done, fail) => {
    child.on("error", fail);
    child.on("close", code =>
      done({
        ...{ code: code ?? -1, stdout, stderr, firstOutput },
        ...{ seconds: since(), firstCpu: cpuAt("first"), cpu: cpuAt("end") },
      }),
    );
  });
};

/** Seconds of processor time in which Node alone starts on the machine that limits of processor time are written for. */
const BARE_START = 0.07;

/**
 * Runs the command line until one of five attempts stays below a limit of processor time, `measure` in seconds, and gives that attempt, or the last.
 * A processor that is slow, or whose cores others share, takes longer for starting Node alone too: that is measured beside each attempt, and the limit grows with it.
 */
export const executeWithin = async (
  limit: number,
  words: readonly string[],
  { measure = "cpu", ...options }: ExecuteOptions & { readonly measure?: "cpu" | "firstCpu" } = {},
): Promise<Executed & { readonly within: boolean; readonly said: string }> => {
  for (let attempt = 1; ; attempt++) {
    const executed = await execute(words, options);
    const slowness = Math.max(1, (await bareStart()) / BARE_START);
    const within = executed[measure] < limit * slowness;
    const said = `${executed[measure]} s of the processor, of ${limit} s on a machine ${slowness} times as fast`;
    if (within || attempt === 5) return { ...executed, within, said };
  }
};

const bareStart = () =>
  new Promise<number>((done, fail) => {
    const script = "const { user, system } = process.cpuUsage(); console.log((user + system) / 1e6)";
    execFile(process.execPath, ["-e", script], (error, stdout) => (error ? fail(error) : done(Number(stdout))));
  });
