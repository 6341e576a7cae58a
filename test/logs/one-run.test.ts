import { expect, test } from "vitest";
import { readTrainingLog } from "../../src/logs/training/training-log.ts";
import { grokkingRun } from "../support/logs/grokking-run.ts";
import {
  csvFile,
  eventFile,
  jsonLinesFile,
  lightningFile,
  parquetFile,
  type RunTable,
  wandbRunFile,
} from "../support/logs/writers.ts";

const writers: { readonly [format: string]: (run: RunTable) => Uint8Array } = {
  csv: csvFile,
  jsonl: jsonLinesFile,
  tensorboard: eventFile,
  wandb: wandbRunFile,
  lightning: lightningFile,
  parquet: parquetFile,
};

async function* source(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 10_007) yield bytes.subarray(at, at + 10_007);
}

test("one grokking run of the lab in six formats gives the same series, to the last bit", async () => {
  const run = grokkingRun();
  expect([run.trainStep, run.testStep]).toEqual([1584, 2594]);
  const wanted = Object.keys(run.columns)
    .sort()
    .map(name => ({ run: "grokking", name, step: run.step, value: run.columns[name] }));
  for (const [format, write] of Object.entries(writers)) {
    const log = await readTrainingLog(source(write(run)), { name: "grokking.log" });
    expect(log.format).toBe(format === "lightning" ? "csv" : format);
    const series = log.series
      .map(({ run: of, name, step, value }) => ({ run: of, name, step: [...step], value: [...value] }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    expect(series, format).toEqual(wanted);
    expect(log.notes.filter(note => !/epoch|_step/.test(note))).toEqual([]);
  }
});
