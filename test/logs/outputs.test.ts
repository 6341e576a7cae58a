import { expect, test } from "vitest";
import { outputTable } from "../../src/logs/outputs/output-table.ts";
import { type OutputOptions, outputsOfTables } from "../../src/logs/outputs/outputs-of-table.ts";
import { csvRowsReader } from "../../src/logs/training/csv-rows.ts";
import { jsonLinesReader } from "../../src/logs/training/json-lines.ts";

const tableOf = (text: string, file: string) => {
  const reader = (file.endsWith(".jsonl") ? jsonLinesReader : csvRowsReader)(file, []);
  reader.push(new TextEncoder().encode(text));
  return outputTable(file, reader.end());
};
const read = (text: string, options: OutputOptions = {}, file = "a.csv") =>
  outputsOfTables([tableOf(text, file)], options);

test("samples in any order of lines: words are counted, by ascending control", () => {
  const { outputs, form, control, outcomes, samples } = read("T,text,other\n2,no,1\n1,yes,1\n1,yes,1\n2,yes,1\n");
  expect([form, control, samples, outcomes]).toEqual(["samples", "T", 4, ["yes", "no"]]);
  expect(outputs).toEqual({ control: [1, 2], counts: [Float64Array.of(2, 0), Float64Array.of(1, 1)] });
});

test("numbers of many values are counted in bins", () => {
  const lines = Array.from({ length: 200 }, (_, i) => `${i % 4},${i * 1.5}`);
  const { outputs, notes } = read(`control,energy\n${lines.join("\n")}\n`, { bins: 5 });
  expect("counts" in outputs && outputs.counts.map(({ length }) => length)).toEqual([5, 5, 5, 5]);
  expect(notes.join()).toContain("5 bins");
});

test("counts and probabilities, long and wide", () => {
  const counts = { control: [1, 2], counts: [Float64Array.of(3, 1), Float64Array.of(0, 4)] };
  expect(read("control,output,count\n1,a,3\n1,b,1\n2,b,4\n").outputs).toEqual(counts);
  expect(read("control,a,b\n2,0,4\n1,3,1\n").outputs).toEqual(counts);
  expect(read("control,a,b\n2,0,1\n1,0.75,0.25\n")).toMatchObject({ form: "probabilities", samples: null });
});

test("log-probabilities under every value, also nested in JSON Lines", () => {
  const expected = { control: [0.5, 1], scores: [Float64Array.of(-1, -2), Float64Array.of(-3, -0.5)] };
  expect(read("T,output,logp@0.5,logp@1\n1,b,-3,-0.5\n0.5,a,-1,-2\n")).toMatchObject({
    form: "scores",
    outputs: expected,
  });
  const lines = '{"T":1,"logp":{"0.5":-3,"1":-0.5}}\n{"T":0.5,"logp":{"0.5":-1,"1":-2}}\n';
  expect(read(lines, {}, "a.jsonl").outputs).toEqual(expected);
});

test("probes by name, and files by the number in their names", () => {
  const probes = read("step,probe,a,b\n1,x,1,0\n1,y,0.5,0.5\n2,y,0,1\n2,x,0.2,0.8\n").outputs;
  expect("probes" in probes && probes.probes[1].map(row => Array.from(row))).toEqual([[0.2, 0.8], [0, 1]]); // biome-ignore format: two rows
  const files = ["run-T0.2.csv", "run-T0.1.csv"].map((file, i) =>
    tableOf(i === 0 ? "text\nb\n" : "text\na\na\n", file),
  );
  expect(outputsOfTables(files).outputs).toMatchObject({ control: [0.1, 0.2] });
});

test.each([
  ["x1,y1,z1\n1,2,3\n", {}, "no column of the control"],
  ["control,output\n1,a\nx,b\n", {}, 'row 2: "x": needs a finite number'],
  ["control,output\n1,a\n", { output: "text" }, 'no column "text"'],
  ["control,output\n1,a\n", { control: "T" }, 'no column "T"'],
  ["control,a,b\n1,0.5,0.2\n", {}, "sum to 0.7"],
  ["control,output,count\n1,a,-3\n", {}, "needs a number from 0 on"],
  ["step,probe,a,b\n1,x,1,0\n2,y,0,1\n", {}, 'probe "x" is missing'],
])("%j is refused by name", (text, options, message) => {
  expect(() => read(text, options)).toThrow(message);
});
