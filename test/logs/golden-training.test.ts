import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { readLogs } from "../../src/lab/node/log-files.ts";

const folder = resolve(import.meta.dirname, "fixtures/training");

type Expected = { [name: string]: { [run: string]: { [series: string]: [number, number | string][] } } };

/** What the real writers were given, as the scripts beside them wrote it down. */
const expected: Expected = Object.assign(
  {},
  ...["expected.json", "expected-others.json", "expected-newest.json", "expected-printed.json"].map(name =>
    JSON.parse(readFileSync(`${folder}/${name}`, "utf8")),
  ),
);

test.each(Object.keys(expected))("%s: every value of every series", async name => {
  const { series, notes } = await readLogs([`${folder}/${name}`]);
  const read: (typeof expected)[string] = {};
  for (const { run, name: quantity, step, value } of series) {
    read[run] ??= {};
    read[run][quantity] = [...step].map((at, i) => [at, Number.isFinite(value[i]) ? value[i] : String(value[i])]);
  }
  expect(read, notes.join("\n")).toEqual(expected[name]);
});

test("what W&B's history gives is told to be a sample, on its own counter of calls", async () => {
  const { series, notes } = await readLogs([`${folder}/wandb-history.csv`]);
  expect(series.find(({ name }) => name === "train/loss")?.provenance.sampling).toContain("exactly 500 points");
  expect(notes).toContainEqual(expect.stringContaining("counts the rows and is not used"));
});
