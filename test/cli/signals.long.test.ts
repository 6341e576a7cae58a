import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { packNpz } from "../../src/formats/pack-npz.ts";
import { full } from "../support/full.ts";
import { hasPython } from "../support/python.ts";
import { emptyFolder } from "../support/scratch.ts";
import { cli } from "./executable.ts";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
/** As shells count. */
const CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };
const folder = emptyFolder();
const { NO_COLOR: _, FORCE_COLOR: __, ...inherited } = process.env;
const env = { ...inherited, npm_command: "exec" };

interface Ended {
  /** The exit code, or the name of the signal that ended the process. */
  readonly end: number | NodeJS.Signals;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts a call, and sends it a signal once it has said so much, or once what is waited for is there. */
const interrupted = (words: readonly string[], signal: NodeJS.Signals, isTime: (said: string) => boolean) =>
  new Promise<Ended>((done, fail) => {
    const child = spawn(process.execPath, [cli, ...words], { cwd: folder, env });
    const written = { stdout: "", stderr: "" };
    const look = setInterval(() => {
      if (!isTime(written.stdout + written.stderr)) return;
      clearInterval(look);
      child.kill(signal);
    }, 20);
    for (const name of ["stdout", "stderr"] as const)
      child[name].setEncoding("utf8").on("data", text => {
        written[name] += text;
      });
    child.on("error", fail);
    child.on("close", (code, ended) => {
      clearInterval(look);
      done({ end: code ?? ended!, ...written });
    });
  });

const finished = (words: readonly string[]) =>
  spawnSync(process.execPath, [cli, ...words], { cwd: folder, env, encoding: "utf8" });
const filesBelow = (path: string): string[] =>
  existsSync(path) ? readdirSync(path, { recursive: true }).map(String) : [];

const specOf = (steps: number): string => {
  const path = join(folder, `map-${steps}.toml`);
  const map = readFileSync(resolve(import.meta.dirname, "../../examples/map.toml"), "utf8");
  writeFileSync(path, map.replace("steps = 200", `steps = ${steps}`));
  return path;
};

/** All of them in the full suite. */
const some = (signal: (typeof SIGNALS)[number]) => (full ? SIGNALS : [signal]);

test.each(some("SIGTERM"))("work, ended by %s, has saved the states of its tasks", async signal => {
  const runs = join(folder, `work-${signal}`);
  expect(finished(["plan", specOf(60_000_000), "--runs", runs]).status).toBe(0);
  const saved = () => filesBelow(runs).filter(name => /state/.test(name));
  const { end, stdout, stderr } = await interrupted(["work", "last", "--runs", runs], signal, () => saved().length > 0);
  expect([end, stdout]).toEqual([CODES[signal], ""]);
  expect(stderr).toMatch(
    /^run \S+: 16 tasks, \d+ workers?\nlandau: stopped after 0 tasks; to go on: npx landau work last --runs \S+\n$/,
  );
  expect(saved().length).toBeGreaterThan(0);
  expect(filesBelow(runs).filter(name => /lock/.test(name))).toEqual([]);
});

test.each(some("SIGHUP"))("coefficient at a point keeps nothing, and is ended by %s at once", async signal => {
  const words = ["coefficient", "superposition", "--at", "5+", "--budget", "1000000000"];
  const { end, stdout } = await interrupted(words, signal, said => said.includes("18 parameters"));
  expect([end, stdout]).toEqual([signal, ""]);
});

test.each(some("SIGTERM"))("lab is ended by %s, which is no error, and gives its port back", async signal => {
  const { end, stdout } = await interrupted(["lab", "--port", "0", "--no-open"], signal, said =>
    said.includes("Ctrl-C"),
  );
  expect(end).toBe(0);
  await expect(fetch(stdout.trim())).rejects.toThrow();
});

test("coefficient along checkpoints, ended by SIGTERM, keeps what is done, and the same call ends with the same bits", async () => {
  const checkpoints = join(folder, "checkpoints");
  mkdirSync(checkpoints);
  const scalar = (value: number) => ({ shape: [], data: Float64Array.of(value) });
  for (let step = 1; step <= 6; step++)
    writeFileSync(join(checkpoints, `step-${step}.npz`), packNpz({ a: scalar(step), b: scalar(1 / step) }));
  const x = Float64Array.from({ length: 100 }, (_, i) => (i - 49.5) / 30);
  writeFileSync(join(folder, "data.npz"), packNpz({ x: { shape: [100], data: x }, y: { shape: [100], data: x } }));
  writeFileSync(
    join(folder, "product.mjs"),
    `import { model as traced } from ${JSON.stringify(resolve(cli, "../index.mjs"))};
export const model = traced((m, { x, y }) => ({
  loss: m.squaredError(m.mul(m.mul(m.parameter("a", []), m.parameter("b", [])), x), y),
}));
`,
  );
  const words = [
    "coefficient",
    "./product.mjs",
    "--data",
    "data.npz",
    "--along",
    "checkpoints",
    "--draws",
    "300",
    "--json",
  ];
  const lines = () =>
    filesBelow(join(folder, "kept")).flatMap(name =>
      readFileSync(join(folder, "kept", name), "utf8")
        .trim()
        .split("\n"),
    );
  // The localiser, then a line for each checkpoint.
  const { end, stdout, stderr } = await interrupted([...words, "--keep", "kept"], "SIGTERM", () => lines().length > 2);
  expect([end, stdout]).toEqual(["SIGTERM", ""]);
  expect(stderr).toContain("6 checkpoints; results are kept in kept: the same call goes on where it was stopped");
  const kept = lines();
  expect(kept.length).toBeLessThan(7);
  const again = finished([...words, "--keep", "kept"]);
  expect(lines().slice(0, kept.length)).toEqual(kept);
  expect(again.stdout).toBe(finished([...words, "--keep", "whole"]).stdout);
});

test.skipIf(!hasPython).each(["SIGTERM", "SIGKILL"] as const)(
  "a model in Python ends with the call that %s ends",
  async signal => {
    writeFileSync(
      join(folder, "slow.py"),
      `import os, sys
sys.modules["numpy"] = None
import landau
open("python-${signal}", "w").write(str(os.getpid()))
def f(w, batch): return ((w["a"][0] - 1)**2 + w["b"][0]**2) / 2, {"a": [w["a"][0] - 1], "b": [w["b"][0]]}
landau.serve(f, {"a": [1.0], "b": [0.0]}, 500)
`,
    );
    const words = ["coefficient", "--python", "slow.py", "--budget", "1000000000"];
    const { end } = await interrupted(words, signal, said => said.includes("2 parameters"));
    expect(end).toBe(signal);
    const pid = Number(readFileSync(join(folder, `python-${signal}`), "utf8"));
    await expect.poll(() => isAlive(pid), { timeout: 120_000 }).toBe(false);
  },
);

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe.runIf(full)("runs", () => {
  const long: readonly (readonly string[])[] = [
    ["run", specOf(60_000_000)],
    ["resume", "last"],
    ["sweep", "deep-linear", "--x", "weightDecay=lin(0.02,0.6,9)", "--seeds", "500"],
    ["sample", "mirror-symmetry", "--draws", "1000000", "--burnIn", "1000000"],
    ["anneal", "deep-linear", "--values", "50", "--steps", "1000000"],
    ["reproduce", "superposition", "--full"],
  ];
  test.each(SIGNALS.flatMap(signal => long.map(words => ({ signal, words }))))(
    "ended by $signal, $words say how to go on and give their folder back",
    async ({ signal, words }) => {
      const runs = join(folder, `runs-${signal}-${words[0] === "resume" ? "run" : words[0]}`);
      const { end, stdout, stderr } = await interrupted([...words, "--runs", runs], signal, said =>
        /in \d+ stud|a map of/.test(said),
      );
      expect([end, stdout]).toEqual([CODES[signal], ""]);
      expect(stderr).toMatch(/landau: run (\S+) was stopped; to go on: npx landau resume \S+\1\n$/);
      expect(filesBelow(runs).filter(name => /lock/.test(name))).toEqual([]);
    },
  );

  test("work that was ended twice ends with the bits of a run", async () => {
    const spec = specOf(1_000_000);
    const runs = join(folder, "twice");
    expect(finished(["plan", spec, "--runs", runs]).status).toBe(0);
    const results = () => filesBelow(join(runs, readdirSync(runs)[0], "tasks")).length;
    for (const most of [1, 6]) {
      const { end } = await interrupted(["work", "last", "--runs", runs], "SIGTERM", () => results() >= most);
      expect(end).toBe(143);
    }
    expect(finished(["work", "last", "--runs", runs]).status).toBe(0);
    const hashOf = ({ stdout }: { stdout: string }) => JSON.parse(stdout).contentHash;
    const gathered = finished(["gather", "last", "--runs", runs, "--json", "--no-report"]);
    expect(hashOf(gathered)).toBe(hashOf(finished(["run", spec, "--runs", `${runs}-whole`, "--json", "--no-report"])));
  }, 900_000);
});

const PIPES: readonly (readonly [string, string])[] = [
  ["a reader of its output that is gone", "| true"],
  ["readers of all of its output that are gone", "2>&1 | true"],
  ["a standard input that is closed", "<&- >/dev/null 2>&1"],
  ["no open standard streams", "<&- >&- 2>&-"],
];
const CALLS: readonly string[] = [
  "systems superposition --json",
  ...(full
    ? [
        "train superposition --set n=100 epochs=60 --workers 1 --runs pipes",
        "theory superposition",
        "coefficient superposition --at 5+ --budget 20000",
        "sample mirror-symmetry --draws 200 --burnIn 200 --workers 1 --runs pipes",
        "runs --runs pipes",
        "show last --runs pipes",
        "plan map-200.toml --print make --runs pipes-plan",
        "work last --workers 1 --runs pipes-plan",
        "gather last --runs pipes-plan",
      ]
    : []),
];
test.each(CALLS.flatMap(call => PIPES.map(([what, how]) => [call, what, how] as const)))(
  "%s with %s goes on to its end",
  (call, _, how) => {
    specOf(200);
    const script = `set -o pipefail; "${process.execPath}" "${cli}" ${call} ${how}`;
    const { status, stderr } = spawnSync("bash", ["-c", script], { cwd: folder, env, encoding: "utf8" });
    expect([0, ...(call.startsWith("gather") ? [1] : [])]).toContain(status);
    expect(stderr).not.toMatch(/EPIPE|EBADF|fault/);
  },
);

test.skipIf(!existsSync("/dev/full"))(
  "results that do not fit on a disk are an error, and progress that does not fit is none",
  () => {
    const to = (redirection: string) =>
      spawnSync("bash", ["-c", `"${process.execPath}" "${cli}" systems ${redirection}`], {
        cwd: folder,
        env,
        encoding: "utf8",
      });
    expect(to(">/dev/full")).toMatchObject({
      status: 2,
      stderr: "landau: cannot write the standard output: ENOSPC: no space left on device, write: is there room?\n",
    });
    expect(to("nosuch 2>/dev/full").status).toBe(2);
  },
);
