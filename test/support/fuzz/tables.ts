import { readFileSync } from "node:fs";
import { join } from "node:path";
import { flatPoint } from "../../../src/experiments/point.ts";
import { readArrays } from "../../../src/formats/arrays.ts";
import { readCsv } from "../../../src/formats/csv.ts";
import { isNpy, readNpy } from "../../../src/formats/npy.ts";
import { packNpy } from "../../../src/formats/pack-npy.ts";
import { packNpz } from "../../../src/formats/pack-npz.ts";
import { readCapability } from "../../../src/logs/capability/read-capability.ts";
import type { DrawTable } from "../../../src/logs/draws.ts";
import { readDrawsCsv } from "../../../src/logs/draws-csv.ts";
import { readDrawsNpz } from "../../../src/logs/draws-npz.ts";
import { readOrderTable } from "../../../src/logs/order-table.ts";
import { refuseOtherFiles } from "../../../src/logs/other-tables.ts";
import { outputTable } from "../../../src/logs/outputs/output-table.ts";
import { outputsOfNpz } from "../../../src/logs/outputs/outputs-npz.ts";
import { outputsOfTables } from "../../../src/logs/outputs/outputs-of-table.ts";
import { tableOfBytes } from "../../../src/logs/table-of-bytes.ts";
import { mutated } from "./mutated.ts";
import { bytesOf, changed, changedZip, type FuzzedReader } from "./reader.ts";

/** The readers of arrays, draws, samples, outputs and capability tables; `fixtures` holds those of the tests. */
export const tables = (fixtures: string): readonly FuzzedReader[] => {
  const lines = readFileSync(join(fixtures, "cmdstan/chain_1.csv"), "utf8").split("\n");
  const header = lines.findIndex(line => line.startsWith("lp__"));
  // The comments before, in part, a few draws and the times.
  const stan = bytesOf([...lines.slice(0, 4), ...lines.slice(header, header + 6), ...lines.slice(-6)].join("\n"));
  const square = { shape: [2, 3], data: Float64Array.of(1, 2, 3, 4, 5, 6) };
  const arrays = packNpz({ a: square, b: { shape: [3], data: Float64Array.of(1, 2, 3) } });
  const npy = packNpy(square);
  const sampled = Float64Array.from({ length: 24 }, (_, i) => (i * 7) % 5);
  const draws = [packNpz({ mu: { shape: [2, 12], data: sampled } }), packNpy({ shape: [3, 8], data: sampled })];
  const outputs = packNpz({
    control: { shape: [2], data: Float64Array.of(1, 2) },
    probabilities: { shape: [2, 3], data: Float64Array.of(0.5, 0.25, 0.25, 0.1, 0.2, 0.7) },
  });
  return [
    {
      name: "table-csv",
      ...changed(bytesOf('a,b\n1,"x ""y"""\n2,\n'), bytesOf("a;b\n1;2\n")),
      read: words(readCsv),
    },
    { name: "safetensors", ...changed(...SAFETENSORS), read: words(readArrays) },
    {
      name: "weights",
      ...changed(WEIGHTS, packNpz({ w: square, b: { shape: [1], data: Float64Array.of(1) } })),
      read: (bytes, name) => [flatPoint(PARAMETERS, readArrays(bytes, name), name, "torch").join()],
    },
    { name: "arrays-npz", ...changedZip(arrays), read: words(readArrays) },
    { name: "npy", ...changed(npy), read: words(readNpy) },
    {
      name: "draws-csv",
      ...changed(
        bytesOf("chain,draw,mu,tau\n1,1,0.5,2\n1,2,0.6,3\n2,1,-0.5,2\n2,2,-0.6,4\n"),
        bytesOf('"","mu"\n"1",0.5\n"2",NaN\n'),
        bytesOf("1 2 3\n0.1 0.2 0.3\n-1e-3 inf 4\n"),
      ),
      read: (bytes, name) => drawn(readDrawsCsv([{ name, bytes }])),
    },
    {
      name: "draws-cmdstan",
      ...changed(stan),
      read: (bytes, name) => drawn(readDrawsCsv([{ name, bytes }])),
    },
    { name: "draws-npz", ...changed(...draws), read: (bytes, name) => drawn(readDrawsNpz(bytes, name)) },
    {
      name: "draws-sniffed",
      valid: draws,
      // netCDF, HDF5 and others that are refused among those that are read.
      input: next =>
        next() % 2 === 0 ? mutated(bytesOf(MAGICS[next() % MAGICS.length]), next) : changed(...draws).input(next),
      read(bytes, name) {
        if (isNpy(bytes) || (bytes[0] === 0x50 && bytes[1] === 0x4b)) return drawn(readDrawsNpz(bytes, name));
        refuseOtherFiles(name, bytes);
        return drawn(readDrawsCsv([{ name, bytes }]));
      },
    },
    {
      name: "order-table",
      ...changed(
        bytesOf("size,control,sample,direction,phase\n64,0.8,0.21 0.25,up,a\n64,0.9,0.06,down,b\n"),
        bytesOf("temperature,energy,m\n1.2,-288,1\n1.3,-280,0.5\n"),
      ),
      read(bytes, name) {
        const { control, notes, observations } = readOrderTable(bytes, name);
        return [control, ...notes, ...observations.map(each => JSON.stringify(each))];
      },
    },
    {
      name: "capability",
      ...changed(
        bytesOf(
          "task,model,seed,training_tokens,metric,score,n,length\na,m-40,0,40,exact_match,0,400,10\na,m-40,0,40,token_accuracy,0.5,400,10\na,m-80,0,80,exact_match,1,400,10\n",
        ),
        bytesOf('{"model":"a","size":"1B","exact_match":0.25}\n{"model":"b","size":"7e9","exact_match":0.5}\n'),
      ),
      async read(bytes, name) {
        const { notes, ...rest } = await readCapability(bytes, name);
        return [...notes, ...allWords(rest)];
      },
    },
    {
      name: "outputs",
      ...changed(
        bytesOf("temperature,energy\n1.2,-288\n1.2,-280\n1.4,-200\n1.4,-210\n"),
        bytesOf("step,output,count\n1,yes,3\n1,no,4\n2,yes,5\n2,no,1\n"),
        bytesOf('{"step":1,"a":0.5,"b":0.5}\n{"step":2,"a":0.25,"b":0.75}\n'),
      ),
      async read(bytes, name) {
        const notes: string[] = [];
        const found = outputsOfTables([outputTable(name, await tableOfBytes(bytes, name, notes))]);
        return [...notes, ...found.notes, found.control, ...(found.outcomes ?? [])];
      },
    },
    {
      name: "outputs-npz",
      ...changedZip(outputs),
      read(bytes, name) {
        const { notes, control, outcomes } = outputsOfNpz(bytes, name);
        return [...notes, control, ...(outcomes ?? [])];
      },
    },
  ];
};

const safetensors = (tensors: object): Uint8Array => {
  const json = bytesOf(JSON.stringify(tensors));
  const out = new Uint8Array(8 + json.length + 32);
  new DataView(out.buffer).setUint32(0, json.length, true);
  out.set(json, 8);
  return out;
};

const SAFETENSORS = [
  safetensors({
    w: { dtype: "F32", shape: [2, 3], data_offsets: [0, 24] },
    b: { dtype: "I64", shape: [1], data_offsets: [24, 32] },
  }),
  safetensors({ __metadata__: { a: "b" }, h: { dtype: "BF16", shape: [4, 4], data_offsets: [0, 32] } }),
];

const WEIGHTS = safetensors({
  w: { dtype: "F32", shape: [3, 2], data_offsets: [0, 24] },
  b: { dtype: "F64", shape: [1], data_offsets: [24, 32] },
});
const PARAMETERS = [
  { name: "w", shape: [2, 3], offset: 0 },
  { name: "b", shape: [1], offset: 6 },
];

const MAGICS = [
  "CDF\u0001",
  "HDF\r\n\u001a\n",
  "PAR1",
  "ARROW1",
  "SQLite format 3\0",
  "RDX3",
  "MATLAB 5.0",
  '{"step":1,"loss":2}',
  "a,b\n1,2\n3,4\n5,6\n7,8\n",
];

const words =
  (read: (bytes: Uint8Array, name: string) => unknown) =>
  (bytes: Uint8Array, name: string): string[] =>
    allWords(read(bytes, name));

/** All keys and texts of what was read; numbers are looked at. */
const allWords = (value: unknown, into: string[] = []): string[] => {
  if (typeof value === "string") into.push(value);
  else if (ArrayBuffer.isView(value)) into.push(String((value as Float64Array).length));
  else if (Array.isArray(value)) for (const each of value) allWords(each, into);
  else if (typeof value === "object" && value !== null)
    for (const [key, each] of Object.entries(value)) {
      into.push(key);
      allWords(each, into);
    }
  return into;
};

export const drawn = ({ quantities, notes }: DrawTable): string[] => [
  ...notes,
  ...quantities.flatMap(({ name, chains }) => [name, String(chains.reduce((sum, chain) => sum + chain.length, 0))]),
];
