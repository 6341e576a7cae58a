import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { readRuns } from "../../src/cli/log-runs.ts";
import { readLogs } from "../../src/lab/node/log-files.ts";
import { stream } from "../../src/numerics/stream.ts";
import { emptyFolder } from "../support/scratch.ts";
import { call } from "./call.ts";

const folder = emptyFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

const LOG = join(import.meta.dirname, "../../examples/data/grokking.csv");
const rows = readFileSync(LOG, "utf8")
  .trim()
  .split("\n")
  .map(line => line.split(","));

/** First steps of the run at which an accuracy is reached. */
const milestone = (column: number, least: number): number =>
  Number(rows.slice(1).find(row => Number(row[column]) >= least)![0]);

const noise = (n: number, seed: number): Float64Array => {
  const out = new Float64Array(n);
  stream({ seed, purpose: "noise" }).normals(out);
  return out;
};

describe("landau detect", () => {
  test("regions and changes that series share are said where they are asked for", async () => {
    const values = [1, 2].map(seed => noise(120, seed).map((value, t) => value + (t < 60 ? 0 : 3)));
    const path = file(
      "shared.csv",
      `step,a,b\n${Array.from(values[0], (value, t) => `${t},${value},${values[1][t]}`).join("\n")}\n`,
    );
    const { code, stdout } = await call(["detect", path, "--regions", "--joint"]);
    expect(code).toBe(0);
    expect(stdout).toContain("a: a change in each of");
    expect(stdout).toContain("1 sudden change of level in a, b, looked at together");
    const [{ regions, joint }] = JSON.parse(
      (await call(["detect", path, "--regions", "--joint", "--json"])).stdout,
    ).runs;
    for (const { regions: own } of regions) {
      expect(own).toHaveLength(1);
      expect(own[0].low).toBeLessThanOrEqual(60);
      expect(own[0].high).toBeGreaterThanOrEqual(60);
    }
    expect(joint.changes[0].levels.map(({ track }: { track: string }) => track)).toEqual(["a", "b"]);
    expect(Math.abs(joint.changes[0].at.estimate - 60)).toBeLessThanOrEqual(2);
    const none = await call(["detect", path, "--json"]);
    expect(Object.keys(JSON.parse(none.stdout).runs[0])).not.toContain("regions");
  });

  test("a grokking run has two transitions, memorisation and generalisation, in whatever format it was logged", async () => {
    const [names, ...numbers] = rows;
    const lines = numbers.map(row =>
      JSON.stringify(Object.fromEntries(row.map((cell, i) => [names[i], Number(cell)]))),
    );
    const other = file("grokking.jsonl", `${lines.join("\n")}\n`);
    const series = ["--series", "train_accuracy", "test_accuracy"];
    const page = join(folder, "report.html");
    const { code, stdout, stderr } = await call(["detect", other, ...series, "--json", "--report", page]);
    expect(code, stderr).toBe(0);
    const [csv] = JSON.parse(stdout).runs;
    // The same numbers come out of both files, so the same transitions do.
    const [asCsv, asLines] = await Promise.all([readLogs([LOG]), readLogs([other])]);
    expect(asLines.series).toEqual(asCsv.series);
    const two = await readRuns({ stderr: { write: () => true }, env: {} }, [LOG, other], {});
    expect(two.runs.map(({ run }) => run)).toEqual([LOG, other]);
    const robust = csv.transitions.filter(({ agreement }: { agreement: { isRobust: boolean } }) => agreement.isRobust);
    expect(robust.map(({ changes }: { changes: { track: string }[] }) => changes[0].track)).toEqual([
      "train_accuracy",
      "test_accuracy",
    ]);
    const [memorised, generalised] = robust;
    expect(memorised.from).toBeLessThan(milestone(3, 0.5));
    expect(memorised.to).toBeGreaterThan(milestone(3, 0.5));
    expect(memorised.to).toBeLessThan(milestone(3, 1));
    expect(generalised.from).toBeLessThan(milestone(4, 0.5));
    expect(generalised.to).toBeGreaterThan(milestone(4, 0.5));
    expect(Math.abs(generalised.to - milestone(4, 0.95))).toBeLessThan(0.1 * milestone(4, 0.95));
    const report = readFileSync(page, "utf8");
    expect(report).toContain("2 robust transitions");
    expect(report).toContain("test_accuracy over steps");
  });

  test("a power law in noise has none, and that is a success; a folder of runs is taken whole", async () => {
    const values = noise(120, 5);
    const logs = join(folder, "logs");
    mkdirSync(logs);
    const text = (jump: number): string =>
      `step,loss\n${Array.from(values, (value, i) => `${i + 1},${(i + 1) ** -0.4 + 0.01 * value + (i > 60 ? jump : 0)}`).join("\n")}\n`;
    writeFileSync(join(logs, "smooth.csv"), text(0));
    writeFileSync(join(logs, "jump.csv"), text(-0.1));
    const { code, stdout } = await call(["detect", logs]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^jump +6[01] to 62 \(loss\)$/m);
    expect(stdout).toMatch(/^smooth +no transition found$/m);
    for (const line of stdout.split("\n")) expect(line.length, line).toBeLessThanOrEqual(80);
  });

  test("what cannot be used is refused", async () => {
    const short = file("short.csv", "step,loss\n1,2\n2,1\n");
    for (const [words, wanted] of [
      [["detect", join(folder, "nothing.csv")], /cannot read/],
      [["detect", LOG, "--series", "test_acuracy"], /test_accuracy/],
      [["detect", LOG, "--format", "abacus"], /abacus/],
      [["plateaus", join(folder, "nothing.csv")], /cannot read/],
    ] as const) {
      const { code, stderr } = await call(words);
      expect(code).toBe(2);
      expect(stderr).toMatch(wanted);
      expect(stderr).not.toMatch(/\n {4}at /);
    }
    const { code, stdout } = await call(["detect", short]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/no transition found\n\ntoo few points \(40 are needed\): loss/);
    const holes = file("holes.csv", "step,loss\n1,2\n2,NaN\n3,inf\n4,1\n");
    expect((await call(["detect", holes])).stdout).toContain(
      "loss of holes: 2 values that are NaN or infinite are left",
    );
  });
});

test("landau plateaus lists levels of stairs with their steps", async () => {
  const values = noise(300, 2);
  const stairs = file(
    "stairs.csv",
    `step,loss\n${Array.from(values, (value, i) => `${10 * i},${[1, 0.6, 0.25][Math.floor(i / 100)] + 0.005 * value}`).join("\n")}\n`,
  );
  const { code, stdout } = await call(["plateaus", stairs, "--json"]);
  expect(code).toBe(0);
  const [{ plateaus }] = JSON.parse(stdout).runs[0].series;
  expect(plateaus.map(({ from, to }: { from: number; to: number }) => [from, to])).toEqual([
    [0, 990],
    [1000, 1990],
    [2000, 2990],
  ]);
  for (const [i, level] of [1, 0.6, 0.25].entries()) {
    expect(plateaus[i].level.low).toBeLessThan(level);
    expect(plateaus[i].level.high).toBeGreaterThan(level);
  }
  expect((await call(["plateaus", stairs])).stdout).toMatch(/^series +steps +level \(95 %\)\nloss +0 to 990 +1/);
});
