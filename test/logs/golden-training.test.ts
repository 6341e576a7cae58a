import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { readLogs } from "../../src/lab/node/log-files.ts";

const folder = resolve(import.meta.dirname, "fixtures/training");

/** What the real writers were given, as make.py wrote it down. */
const expected: { [name: string]: { [run: string]: { [series: string]: [number, number | string][] } } } = JSON.parse(
  readFileSync(`${folder}/expected.json`, "utf8"),
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
