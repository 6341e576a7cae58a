import { rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { packNpz } from "../../src/formats/pack-npz.ts";
import { packParquet } from "../../src/formats/pack-parquet.ts";
import { emptyFolder } from "../support/scratch.ts";
import { call } from "./call.ts";

const folder = emptyFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

/** Two outcomes whose probabilities change places between 5 and 6: lin is (0.8 - 0.2)^2 there with segments of one value, and 0 elsewhere. */
const control = Array.from({ length: 12 }, (_, i) => i);
const rows = control.map(value => (value < 6 ? [0.8, 0.2] : [0.2, 0.8]));
const records = control.map((value, i) => ({ control: value, a: rows[i][0], b: rows[i][1] }));
const csv = (separator: string): string =>
  [["control", "a", "b"], ...records.map(({ control, a, b }) => [control, a, b])]
    .map(row => row.join(separator))
    .join("\n");
const array = (shape: readonly number[], data: readonly number[]) => ({ shape, data: Float64Array.from(data) });

/** 100 outcomes at each value, as a line for each, by the same shares. */
const samples = control.flatMap((value, i) =>
  Array.from({ length: 100 }, (_, k) => ({ control: value, output: k < 100 * rows[i][0] ? "yes" : "no" })),
);
const perFile = (value: number, i: number): string =>
  file(
    `temperature-${value}.csv`,
    `output\n${Array.from({ length: 100 }, (_, k) => (k < 100 * rows[i][0] ? "yes" : "no")).join("\n")}\n`,
  );

const lookedAt = async (paths: readonly string[], ...more: string[]) => {
  const { code, stdout, stderr } = await call(["dissimilarity", ...paths, "--json", ...more]);
  expect(stderr).toBe("");
  expect(code).toBe(0);
  return JSON.parse(stdout);
};

test.each<[string, string, string | Uint8Array]>([
  ["CSV", "p.csv", csv(",")],
  ["TSV", "p.tsv", csv("\t")],
  [
    "CSV with a byte-order mark and another order of rows",
    "mark.csv",
    `\ufeff${csv(",")
      .split("\n")
      .map((line, i, all) => (i === 0 ? line : all[all.length - i]))
      .join("\r\n")}`,
  ],
  ["JSON Lines", "p.jsonl", records.map(record => JSON.stringify(record)).join("\n")],
  ["a list in JSON", "p.json", JSON.stringify(records, null, 2)],
  ["lists in JSON", "lists.json", JSON.stringify({ control, a: rows.map(([a]) => a), b: rows.map(([, b]) => b) })],
  [
    "Parquet",
    "p.parquet",
    packParquet([
      { name: "control", type: "integer", values: control },
      { name: "a", type: "number", values: rows.map(([a]) => a) },
      { name: "b", type: "number", values: rows.map(([, b]) => b) },
    ]),
  ],
  ["npz", "p.npz", packNpz({ control: array([12], control), probabilities: array([12, 2], rows.flat()) })],
])("probabilities as %s: the change, exactly", async (_, name, content) => {
  const { transitions } = await lookedAt([file(name, content)]);
  expect(transitions).toHaveLength(1);
  const [{ location, interval, height, shape, L }] = transitions;
  expect({ location, interval, shape, L }).toEqual({ location: 5.5, interval: [5, 6], shape: "boundary", L: 1 });
  expect(height).toBeCloseTo(0.36, 12);
});

describe("samples", async () => {
  const counts = control.flatMap((value, i) => ["yes", "no"].map((output, o) => [value, output, 100 * rows[i][o]]));
  const shapes: readonly [string, () => readonly string[]][] = [
    ["a line for each", () => [file("samples.jsonl", samples.map(each => JSON.stringify(each)).join("\n"))]],
    [
      "a line for each, in Parquet",
      () => [
        file(
          "samples.parquet",
          packParquet([
            { name: "control", type: "integer", values: samples.map(each => each.control) },
            { name: "output", type: "text", values: samples.map(each => each.output) },
          ]),
        ),
      ],
    ],
    ["counted", () => [file("counts.csv", `control,output,count\n${counts.map(row => row.join(",")).join("\n")}`)]],
    [
      "counts in npz",
      () => [
        file(
          "counts.npz",
          packNpz({
            control: array([12], control),
            counts: array(
              [12, 2],
              rows.flat().map(p => 100 * p),
            ),
          }),
        ),
      ],
    ],
    ["a file for each value", () => control.map(perFile)],
  ];
  test.each(shapes)("%s: the same place, in an interval that holds it", async (_, paths) => {
    const { found, transitions } = await lookedAt(paths());
    expect(found).toBe(true);
    const [{ location, interval, height }] = transitions;
    expect(location).toBe(5.5);
    expect(interval[0]).toBeLessThanOrEqual(5);
    expect(interval[1]).toBeGreaterThanOrEqual(6);
    expect(height).toBeCloseTo(0.36, 1);
  });
});

test.each([
  ["step-", 1],
  ["run2_T=", -0.5],
  ["T--", 1e-3],
])("files called %s and a value", async (stem, unit) => {
  const own = control.map((value, i) => {
    const number = unit * value;
    return file(`${stem}${number}.csv`, `output,count\nyes,${100 * rows[i][0]}\nno,${100 * rows[i][1]}\n`);
  });
  const sign = stem.endsWith("--") ? -1 : 1;
  const { control: read } = await lookedAt(own);
  expect(read).toEqual(control.map(value => sign * unit * value || 0).sort((a, b) => a - b));
});

test("where nothing changes that is said, with code 0", async () => {
  const same = file("same.csv", `control,a,b\n${control.map(value => `${value},0.3,0.7`).join("\n")}`);
  const { code, stdout } = await call(["dissimilarity", same]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^no transition found/);
  expect((await lookedAt([same])).found).toBe(false);
});

test("what is printed has 80 columns; the report stands where it is asked for", async () => {
  const report = join(folder, "report.html");
  const { code, stdout } = await call(["dissimilarity", resolve("examples/data/ising.csv"), "--report", report]);
  expect(code).toBe(0);
  for (const line of stdout.split("\n")) if (!line.startsWith("report")) expect(line.length).toBeLessThanOrEqual(80);
  expect(stdout).toContain(report);
});

test.each<[string, () => readonly string[], string]>([
  ["no file", () => [join(folder, "none.csv")], "none.csv: ENOENT"],
  ["a folder", () => [folder], "it is a folder, not a file: name a file in it"],
  ["an empty file", () => [file("empty.csv", "")], "empty.csv: no line: needs a header and rows"],
  ["a header alone", () => [file("header.csv", "control,a,b\n")], "header.csv: no row: needs a header"],
  [
    "bytes",
    () => [
      file(
        "bytes.bin",
        Uint8Array.from({ length: 300 }, (_, i) => (i * 7919) % 256),
      ),
    ],
    "needs CSV, TSV, JSON Lines, JSON, Parquet or npz",
  ],
  ["no control", () => [file("none.csv", "a,b\n1,2\n")], "no column of the control"],
  [
    "probabilities that do not sum to 1",
    () => [file("sum.csv", "control,a,b\n0,0.5,0.7\n1,0.5,0.5\n")],
    "sum to 1.2: needs 1",
  ],
  ["a column that is not there", () => [file("p2.csv", csv(",")), "--control", "nosuch"], "nosuch"],
  [
    "a measure that is not known",
    () => [file("p3.csv", csv(",")), "--measure", "kl"],
    "Allowed choices are lin, js, tv",
  ],
  [
    "an npz file among others",
    () => [file("p4.csv", csv(",")), file("p4.npz", packNpz({ control: array([12], control) }))],
    "needs a single npz file",
  ],
  [
    "npz arrays of other lengths",
    () => [file("bad.npz", packNpz({ control: array([11], control.slice(1)), counts: array([12, 2], rows.flat()) }))],
    "counts is 12 x 2: needs 2 axes, the first of 11",
  ],
])("%s is refused in one line with code 2", async (_, words, why) => {
  const { code, stdout, stderr } = await call(["dissimilarity", ...words()]);
  expect(code).toBe(2);
  expect(stdout).toBe("");
  expect(stderr).toContain(why);
  expect(stderr.trimEnd().split("\n")).toHaveLength(1);
});
