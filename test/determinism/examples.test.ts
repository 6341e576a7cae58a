import { spawn } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "rolldown";
import { beforeAll, describe, expect, test } from "vitest";
import { sha256Hex } from "../../src/lab/canonical.ts";
import { inlineExecutor } from "../../src/lab/executor.ts";
import { systemsWith } from "../../src/lab/node/experiment-file.ts";
import { resumeRun, startRun } from "../../src/lab/node/run.ts";
import { threadExecutor } from "../../src/lab/node/threads.ts";
import { node24 } from "../support/engines.ts";
import { emptyFolder } from "../support/scratch.ts";
import golden from "./golden.json" with { type: "json" };
import { landau } from "./landau.ts";
import { trainingOf } from "./training-of.ts";

const root = resolve(import.meta.dirname, "../..");

/** The commands whose content hashes golden.json holds: `landau train <example> --seeds 4`. */
const commands = Object.entries(golden).filter(([name]) => name.startsWith("landau train "));
const exampleOf = (command: string): string => command.split(" ")[2];

interface Outcome {
  readonly contentHash: string;
  readonly files: ReturnType<typeof hashesOf>;
}

/** Runs such a command, without its report; resolves to its content hash and to the hashes of what it wrote. */
const run = async (command: string, workers: number, node?: string): Promise<Outcome> => {
  const runs = emptyFolder();
  const args = [...command.split(" ").slice(1), "--workers", String(workers), "--runs", runs, "--no-report", "--json"];
  const { code, stdout, stderr } = await landau(args, { cwd: root, node });
  expect(code, stderr).toBe(0);
  return { contentHash: JSON.parse(stdout).contentHash, files: hashesOf(runs) };
};

/** The same in this process. */
const runHere = async (command: string, workers: number): Promise<Outcome> => {
  const folder = emptyFolder();
  const { name, systems } = await systemsWith(exampleOf(command));
  const executor = threadExecutor(workers);
  const { contentHash } = await startRun({ systems, folder, executor, spec: trainingOf(name), command: "test" });
  return { contentHash, files: hashesOf(folder) };
};

/** Hashes of all logs and snapshots of the one run in a folder. */
const hashesOf = (runs: string): { readonly [name: string]: string } => {
  const folder = join(runs, readdirSync(runs)[0]);
  const names = ["tasks", "snapshots"].flatMap(part => readdirSync(join(folder, part)).map(name => `${part}/${name}`));
  return Object.fromEntries(names.sort().map(name => [name, sha256Hex(readFileSync(join(folder, name)))]));
};

let program: string;
beforeAll(async () => {
  const folder = emptyFolder();
  program = join(folder, "killable-run.mjs");
  await build({
    input: join(root, "test/determinism/killable-run.ts"),
    platform: "node",
    external: ["koffi"],
    output: { file: program, codeSplitting: false },
  });
  // A run asks its package for the version.
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(root, join(folder, "node_modules/landau"), "junction");
});

/** Runs the program, and kills it with SIGKILL shortly after it printed so many dots. */
const go = async (args: readonly string[], dots = Infinity) => {
  const child = spawn(process.execPath, [program, ...args], { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
  let printed = "";
  let isDue = false;
  child.stdout.on("data", (text: Buffer) => {
    printed += text;
    if (isDue || printed.length < dots) return;
    isDue = true;
    setTimeout(() => child.kill("SIGKILL"), 5 * Math.random());
  });
  await new Promise(done => child.on("close", done));
  const [records, hash] = printed.split("\n");
  return { isKilled: child.signalCode === "SIGKILL", records: records.length, hash };
};

/** What an example makes on two workers: by the command itself once, else in this process. */
const whole: { [command: string]: Promise<Outcome> } = {};
const wholeRun = (command: string): Promise<Outcome> => {
  whole[command] ??= command === commands.at(-1)![0] ? run(command, 2) : runHere(command, 2);
  return whole[command];
};

test.each(commands)("%s makes the bits of golden.json with two workers", async (command, hash) => {
  const { contentHash, files } = await wholeRun(command);
  expect(contentHash).toBe(hash);
  expect(Object.keys(files)).toHaveLength(4 + 2 * 4);
});

test("Node 24 makes the same bits and files with two workers", async () => {
  const [command] = commands.at(-1)!;
  expect(await run(command, 2, node24())).toEqual(await wholeRun(command));
});

describe("killed and resumed in one thread, with the bits and files of two workers", () => {
  const KILLS = 2;
  /** Kills that left a state to be resumed from. */
  let states = 0;

  test.concurrent.each(commands)("%s", { timeout: 240_000 }, async (command, hash) => {
    const example = exampleOf(command);
    let runs = emptyFolder();
    let records = 0;
    for (let kills = 0; kills < KILLS; ) {
      const action = records === 0 ? "start" : "resume";
      const ended = await go([example, runs, action], records + 1 + Math.floor(100 * Math.random()));
      records = ended.records;
      if (ended.isKilled) {
        kills++;
        if (Object.keys(hashesOf(runs)).some(name => name.endsWith(".state"))) states++;
        continue;
      }
      // It was faster than its end: the next one starts anew.
      expect(ended.hash).toBe(hash);
      runs = emptyFolder();
      records = 0;
    }
    const { systems } = await systemsWith(example);
    const resumed = await resumeRun("last", { systems, folder: runs, executor: inlineExecutor(systems) });
    expect({ contentHash: resumed.contentHash, files: hashesOf(runs) }).toEqual(await wholeRun(command));
  });

  test("in the middle of tasks", () => expect(states).toBeGreaterThan(0));
});
