import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readTrainingLog } from "../../src/logs/training/training-log.ts";
import { findTransitions } from "../../src/transitions/detect/index.ts";
import { full } from "../support/full.ts";
import { grokkingRun } from "../support/logs/grokking-run.ts";
import {
  csvFile,
  event32File,
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

/** The run of examples/data/grokking.csv, which scripts/example-grokking.mjs makes: recipe S2 of the system `modular`. */
const example = (): RunTable => {
  const text = readFileSync(join(import.meta.dirname, "../../examples/data/grokking.csv"), "utf8");
  const [names, ...rows] = text
    .trim()
    .split("\n")
    .map(line => line.split(","));
  const column = (name: string): number[] => rows.map(row => Number(row[names.indexOf(name)]));
  return {
    run: "grokking",
    step: column("step"),
    columns: { train_accuracy: column("train_accuracy"), test_accuracy: column("test_accuracy") },
  };
};

/** First and last over three seeds of an own implementation, in steps, with evaluations every ten: when all training pairs are right, and half and 95 % of the others. */
const MILESTONES = { train: [40, 50], half: [1790, 2330], most: [2400, 2960] } as const;

// Five seconds of processor time each: the series are equal to the last bit above, and test/cli/detect.test.ts looks at the transitions of CSV and JSON Lines.
describe.runIf(full)("one grokking run: the same two transitions, at the milestones, in every format", () => {
  const run = example();
  const read = async (bytes: Uint8Array) => {
    const { series } = await readTrainingLog(source(bytes), { name: "grokking.log" });
    return findTransitions(series);
  };
  const all = { ...writers, "tensorboard, 32 bits": event32File };
  const wanted = read(csvFile(run));

  test.each(Object.entries(all))("%s", async (_, write) => {
    const found = await read(write(run));
    const robust = found.transitions.filter(({ agreement }) => agreement.isRobust);
    expect(robust.map(({ changes }) => changes[0].track)).toEqual(["train_accuracy", "test_accuracy"]);
    const [memorised, generalised] = robust;
    expect(memorised.from).toBeGreaterThan(0);
    expect(memorised.to).toBeLessThan(MILESTONES.train[1]);
    expect(generalised.from).toBeLessThan(MILESTONES.half[0]);
    expect(generalised.to).toBeGreaterThan(MILESTONES.half[0]);
    expect(generalised.to).toBeLessThan(MILESTONES.most[1]);
    if (write !== event32File) expect(found.transitions).toEqual((await wanted).transitions);
    else
      expect(robust.map(({ from, to }) => [from, to])).toEqual(
        (await wanted).transitions.filter(({ agreement }) => agreement.isRobust).map(({ from, to }) => [from, to]),
      );
  });
});
