import fc from "fast-check";
import { expect, test } from "vitest";
import { readTrainingLog } from "../../src/logs/training/training-log.ts";

async function* source(text: string, piece: number): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece);
}

const read = async (text: string, piece: number) => {
  const { series, notes } = await readTrainingLog(source(text, piece), { name: "log" });
  return {
    series: series.map(({ run, name, step, value, time }) => ({
      run,
      name,
      step: [...step],
      value: [...value],
      time: time && [...time],
    })),
    notes: notes.filter(note => !/other|words/.test(note)),
  };
};

const number = fc.double({ min: -50, max: 50, noNaN: true }).map(x => x.toPrecision(9));
const odd = [
  "NaN",
  "-inf",
  "nan",
  "NA",
  '"7"',
  '" 7"',
  " 2 ",
  "\t3",
  "word",
  '"a, b"',
  "-1e-300",
  "1.234,5",
  "true",
  "+4",
  "é",
  "12345678901234567890123",
  "2024-05-06T07:08:09.5Z",
  "2024-05-06 07:08",
  "2024-05-06",
];

/** A table whose rows are kept from the quick roads by a cell with doubled quotes is the one that comes without it. */
test.each([",", ";", "\t"])(
  "cells between %j: many rows at a time, one by one and cell by cell give the same log",
  async separator => {
    const cells = fc.oneof(
      { weight: 30, arbitrary: number.map(text => (separator === "," ? text : text.replace(".", ","))) },
      { weight: 6, arbitrary: fc.constant("") },
      { weight: 1, arbitrary: fc.constantFrom(...odd.filter(cell => separator !== "," || !cell.includes("4,5"))) },
    );
    const row = fc.tuple(cells, cells, fc.constantFrom("a", "b", "a", "1", ""));
    // Runs of plain rows are long enough for the road that takes many at a time.
    const plain = fc.tuple(number, fc.oneof(number, fc.constant("")), fc.constant("1"));
    const block = fc.oneof(fc.array(plain, { minLength: 70, maxLength: 120 }), fc.array(row, { maxLength: 40 }));
    await fc.assert(
      fc.asyncProperty(
        fc.array(block, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 40, max: 2000 }),
        async (blocks, piece) => {
          const rows = blocks.flat();
          const line = (end: string) => (values: readonly string[], i: number) =>
            [String(i), ...values].join(separator) + end;
          const table = (head: string, end: string) =>
            `${["step", "loss", "time", "split"].join(separator)}${head}\n${rows.map(line(end)).join("")}`;
          const quick = await read(table("", "\n"), piece).catch(error => error.message);
          const slow = await read(table(`${separator}other`, `${separator}"a""b"\n`), 1e6).catch(
            error => error.message,
          );
          expect(quick).toEqual(slow);
        },
      ),
      { numRuns: 60, seed: 8 },
    );
  },
);
