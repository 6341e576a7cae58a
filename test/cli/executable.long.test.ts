import { execFile, spawnSync } from "node:child_process";
import { cpSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, describe, expect, test } from "vitest";
import { emptyFolder } from "../support/scratch.ts";
import { cli, execute, executeWithin } from "./executable.ts";

const folder = emptyFolder();
afterAll(() => rmSync(folder, { recursive: true }));

/** A second or less of training. */
const brief = ["train", "superposition", "--set", "n=100", "epochs=60", "--seeds", "4"];
/** It, trained once, for all tests that look at what it left. */
let trained: ReturnType<typeof execute> | undefined;
const trainBriefly = () => {
  trained ??= execute(brief, { cwd: folder });
  return trained;
};
const ESC = String.fromCharCode(27);

describe("no waiting", () => {
  test.each([
    [["--help"]],
    [["systems"]],
    [["theory"]],
    [["reproduce", "--help"]],
    [["train", "superposition", "--help"]],
    [["theory", "superposition", "kgon", "--help"]],
  ])("landau %j takes at most 0.4 s of the processor", async words => {
    const { code, within, said } = await executeWithin(0.4, words);
    expect(code).toBe(0);
    expect(within, said).toBe(true);
  });

  test("landau runs takes at most 0.4 s of the processor for 200 runs", async () => {
    await trainBriefly();
    const [run] = readdirSync(join(folder, "runs")).filter(name => name.startsWith("superposition-train"));
    for (let i = 0; i < 200; i++)
      cpSync(join(folder, "runs", run), join(folder, "many", `superposition-train-20260101-${100_000 + i}`), {
        recursive: true,
      });
    const { stdout, within, said } = await executeWithin(0.4, ["runs", "--runs", "many"], { cwd: folder });
    expect(stdout.trimEnd().split("\n")).toHaveLength(201);
    expect(within, said).toBe(true);
  });

  test.each([
    [brief],
    [["reproduce", "mirror-symmetry", "--quick"]],
    [["sample", "mirror-symmetry", "--draws", "40", "--burnIn", "40"]],
    [["anneal", "deep-linear", "--values", "4", "--steps", "20"]],
    [["coefficient", "superposition", "--at", "5+", "--budget", "60000"]],
    [["resume", "last", "--runs", "runs"]],
  ])("landau %j says something within a second", async words => {
    await trainBriefly();
    const { code, stderr, stdout, within, said } = await executeWithin(1, words, { cwd: folder, measure: "firstCpu" });
    expect([0, 1], stderr).toContain(code);
    expect(`${stderr}${stdout}`.trim()).not.toBe("");
    expect(within, said).toBe(true);
  });
});

test("landau coefficient --at last is at the end of training of the latest run", async () => {
  await execute(["train", "mirror-symmetry", "--seeds", "2", "--seed", "3", "--no-report"], { cwd: folder });
  const words = ["coefficient", "mirror-symmetry", "--at", "last", "--json"];
  const { code, stdout, stderr } = await execute(words, { cwd: folder });
  expect([0, 1], stderr).toContain(code);
  expect(JSON.parse(stdout).run).toMatch(/^mirror-symmetry-train-/);
  expect(JSON.parse(stdout).kind).toMatch(/^(estimate|failure)$/);
  const along = await execute(["coefficient", "mirror-symmetry", "--along", "last", "--draws", "64", "--json"], {
    cwd: folder,
  });
  expect(along.code, along.stderr).toBe(0);
  const { points } = JSON.parse(along.stdout);
  expect(points.length).toBeGreaterThan(10);
  expect(points.length).toBeLessThanOrEqual(20);
  expect(points[0].text).toContain("no minimum");
  const last = points[points.length - 1];
  expect(last).toMatchObject({ step: 4000, outcome: "good" });
  expect(last.outputs.order).toBeCloseTo(1, 9);
  // The minimum has two curved directions.
  expect(Math.abs(last.lambda - 1)).toBeLessThan(4 * last.standardError);
  const other = await execute(["coefficient", "superposition", "--at", "last"], { cwd: folder });
  expect(other.code).toBe(2);
  expect(other.stderr).toMatch(/last is run mirror-symmetry-train-.* of mirror-symmetry, not of superposition/);
});

describe("exit codes", () => {
  test("0: done", async () => {
    const { code, stdout, stderr } = await trainBriefly();
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stderr).toMatch(/^run superposition-train-\d+-\d+, \d+ workers?\n4 chains in 1 study\n/);
    expect(stdout).toMatch(/train ends at {2}/);
    expect(stdout).toMatch(/report: runs[\\/]superposition-train-.*report\.html/);
    expect(stdout).toContain("landau show superposition-train-");
  });

  test("1: a vector differs", async () => {
    const path = join(folder, "wrong.json");
    const input = { c: 6, deltaL: -0.02, lambdaFrom: 7, lambdaTo: 8.5, deltaC: 2.75, kappa: 1 };
    const one = { quantity: "critical-size", id: "wrong", input, expected: { n: 1 } };
    writeFileSync(path, JSON.stringify({ format: "landau-vectors/1", system: "superposition", cases: [one] }));
    const { code, stdout, stderr } = await execute(["verify", path]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    expect(stdout).toMatch(
      /^FAILED critical-size wrong: n is \d+\.\d+, expected 1 within 0\n0 passed, 1 failed, 0 skipped\n$/,
    );
  });

  test("2: bad input, in one line", async () => {
    expect(await execute(["verify", "--skip", "slwo", "v.json"])).toMatchObject({
      code: 2,
      stdout: "",
      stderr: 'landau: unknown kind "slwo": did you mean slow?\n',
    });
  });

  test("130: Ctrl-C, with the way to go on; resuming ends with the bits of a run that was left alone", async () => {
    const long = ["train", "superposition", "--set", "n=1000", "epochs=3000", "--seeds", "4", "--workers", "2"];
    const stopped = await execute([...long, "--runs", "stopped"], {
      cwd: folder,
      onStderr: (text, kill) => {
        if (/\d+ chains in 1 study/.test(text)) setTimeout(() => kill("SIGINT"), 300);
      },
    });
    expect(stopped.code).toBe(130);
    const [, id] = /landau: run (\S+) was stopped; to go on: npx landau resume (\S+)\n$/.exec(stopped.stderr) ?? [];
    expect(id).toMatch(/^superposition-train-/);

    const resumed = await execute(["resume", id, "--runs", "stopped", "--json"], { cwd: folder });
    const whole = await execute([...long, "--runs", "whole", "--json"], { cwd: folder });
    expect([resumed.code, whole.code]).toEqual([0, 0]);
    expect(JSON.parse(resumed.stdout).contentHash).toBe(JSON.parse(whole.stdout).contentHash);
  });

  test.each([
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const)("%s is taken as Ctrl-C is, with code %i, and the folder is given back", async (signal, code) => {
    const long = ["train", "superposition", "--set", "n=1000", "epochs=1e6", "--workers", "2", "--runs", signal];
    const stopped = await execute(long, {
      cwd: folder,
      onStderr: (text, kill) => {
        if (/1 chain in 1 study/.test(text)) setTimeout(() => kill(signal), 300);
      },
    });
    expect(stopped.code).toBe(code);
    const [, id] = /landau: run (\S+) was stopped; to go on: npx landau resume \S+\n$/.exec(stopped.stderr) ?? [];
    expect(readdirSync(join(folder, signal, id))).not.toContain("lock");
  });
});

describe("what goes where", () => {
  test("--json: JSON and nothing else on the standard output", async () => {
    const { code, stdout } = await execute([...brief, "--json"], { cwd: folder });
    expect(code).toBe(0);
    const outcome = JSON.parse(stdout);
    expect(Object.keys(outcome)).toEqual([
      "run",
      "system",
      "seed",
      "contentHash",
      "report",
      "phases",
      "losses",
      "posteriors",
      "verdicts",
    ]);
    const shown = JSON.parse((await execute(["show", outcome.run, "--json"], { cwd: folder })).stdout);
    expect(shown).toMatchObject({
      id: outcome.run,
      status: "finished",
      contentHash: outcome.contentHash,
      report: outcome.report,
    });
    const listed = JSON.parse((await execute(["runs", "--json"], { cwd: folder })).stdout);
    expect(listed.map(({ id }: { id: string }) => id)).toContain(outcome.run);
  });

  test("export writes a table for each kind of record, and says where", async () => {
    await trainBriefly();
    const { code, stdout, stderr } = await execute(["export", "last", "--folder", "tables"], { cwd: folder });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout.trim().split("\n")).toContain(join("tables", "train-final.csv"));
    const lines = readFileSync(join(folder, "tables", "train-final.csv"), "utf8")
      .trim()
      .split("\r\n");
    expect(lines[0]).toMatch(/^chain,epoch,/);
    expect(lines.slice(1).map(line => line.split(",")[0])).toEqual(["0", "1", "2", "3"]);
    for (const [format, magic] of [
      ["npz", "PK"],
      ["parquet", "PAR1"],
    ]) {
      const { code } = await execute(["export", "last", "--to", format, "--folder", format], { cwd: folder });
      expect(code).toBe(0);
      const bytes = readFileSync(join(folder, format, `train-checkpoint.${format}`), "latin1");
      expect(bytes.slice(0, magic.length)).toBe(magic);
    }
  });

  test.each([
    [["--to", "tables"], '--to is "tables": needs one of csv, parquet, npz, zarr; a folder is named with --folder'],
    [["--to", "zarr"], "has no sweep"],
    [["--folder", "."], ". is there already"],
    [["--folder", "none/tables"], "none is not there"],
  ])("export %j is refused", async (words, message) => {
    await trainBriefly();
    const { code, stdout, stderr } = await execute(["export", "last", ...words], { cwd: folder });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(message);
  });

  test("no colour without a terminal unless it is forced, and none with NO_COLOR", async () => {
    const words = ["systems", "superposition"];
    expect((await execute(words)).stdout).not.toContain(ESC);
    expect((await execute(words, { env: { CI: "true", GITHUB_ACTIONS: "true" } })).stdout).not.toContain(ESC);
    expect((await execute(words, { env: { FORCE_COLOR: "1" } })).stdout).toContain(`${ESC}[1m`);
    expect((await execute(words, { env: { NO_COLOR: "1" } })).stdout).not.toContain(ESC);
  });

  test("a reader that has seen enough is no error", async () => {
    const script = `"${process.execPath}" "${cli}" systems superposition --json | head -n 1`;
    const { stdout, stderr } = await promisify(execFile)("sh", ["-c", script]);
    expect({ stdout, stderr }).toEqual({ stdout: "{\n", stderr: "" });
  });
});

test("a folder where names of tasks should come from is refused as a file would be", async () => {
  const spec = join(folder, "tasks.toml");
  writeFileSync(
    spec,
    'system = "deep-linear"\nseed = 3\n[[studies]]\nname = "a"\nprotocol = "train"\nchains = 2\nsettings = { steps = 100 }\n',
  );
  const runs = join(folder, "tasks-runs");
  expect((await execute(["plan", spec, "--runs", runs])).code).toBe(0);
  const run = join(runs, readdirSync(runs)[0]);
  const { status, stderr } = spawnSync(process.execPath, [cli, "work", run, "--tasks", "-"], {
    stdio: [openSync(folder, "r"), "pipe", "pipe"],
    encoding: "utf8",
  });
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: "landau: cannot read the standard input: it is a folder, not a file: name a file in it\n",
  });
});
