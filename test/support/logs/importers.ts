import { readFileSync } from "node:fs";
import { join } from "node:path";
import { zipSync } from "fflate";
import { leveldbLog } from "../../../src/formats/leveldb-log.ts";
import { tfRecords } from "../../../src/formats/tf-records.ts";
import { readZip } from "../../../src/formats/zip.ts";
import { readMlflowMetric } from "../../../src/logs/training/mlflow-lines.ts";
import type { LogFormat } from "../../../src/logs/training/sniff.ts";
import { readTrainingLog } from "../../../src/logs/training/training-log.ts";
import { readZarrSeries } from "../../../src/logs/training/zarr.ts";
import { tfRecordFile, wandbFile } from "./framed.ts";
import { mutated } from "./mutated.ts";

/** An importer with valid inputs to change. */
export interface Importer {
  readonly name: string;
  /** A changed input. Checksums are made right again in half of them, so that what they guard is reached. */
  input(next: () => number): Uint8Array;
  read(bytes: Uint8Array): Promise<unknown>;
}

/** The importers that read bytes; `folder` holds the golden logs. */
export const importers = (folder: string): readonly Importer[] => {
  const file = (name: string): Uint8Array => new Uint8Array(readFileSync(join(folder, name)));
  const text = (words: string): Uint8Array => new TextEncoder().encode(words);
  const one = (seeds: readonly Uint8Array[], next: () => number): Uint8Array => seeds[next() % seeds.length];
  const plain =
    (seeds: readonly Uint8Array[]) =>
    (next: () => number): Uint8Array =>
      mutated(one(seeds, next), next);
  const reader = (format: LogFormat | undefined) => (bytes: Uint8Array) =>
    readTrainingLog(pieces(bytes), { name: "fuzzed", format });

  const csv = [
    file("lightning-metrics.csv").subarray(0, 250),
    file("pandas-european.csv").subarray(0, 250),
    text('run,split,step,loss\na,train,1,"0.5"\na,test,1,NaN\nb,train,2,-inf\n# said\nrun,split,step,loss\n'),
    text("step\tloss\n1\t0,5\n2\t\n1\t0,25\n"),
  ];
  const jsonl = [
    file("python.jsonl").subarray(0, 330),
    text('{"step":1,"a":{"b":[1],"c":NaN}}\n{"a":"x\\"y","step":2,"t":null}\n'),
  ];
  const json = [
    text(
      '{"log_history":[{"step":1,"loss":2.5,"grad_norm":1},{"step":2,"loss":0.0,"grad_norm":NaN},{"step":3,"eval_loss":1}],"epoch":1}',
    ),
    text('{"loss":[1,2,NaN],"epoch":[1,2,3],"val":{"acc":[1,null]}}'),
    text('[{"step":1,"x":1},{"step":2,"x":"Infinity"}]'),
  ];
  const events = [
    "torch-tensor/events.out.tfevents.0",
    "tensorboardx/events.out.tfevents.0",
    "torch-purge/events.out.tfevents.1",
  ]
    .map(file)
    .map(bytes => bytes.subarray(0, 700));
  const eventRecords = events.map(bytes =>
    recordsOf(take => {
      const records = tfRecords("seed", (all, _, from, to) => take(all.slice(from, to)));
      records.push(bytes);
      records.end();
    }),
  );
  const wandb = file("wandb/run-abc123.wandb");
  const wandbRecords = recordsOf(take => {
    const blocks = leveldbLog("seed", 7, bytes => take(bytes.slice()));
    blocks.push(wandb);
    blocks.end();
  });
  const fewRecords = wandbRecords.filter((_, i) => i < 12 || i % 16 === 0).slice(0, 16);
  const npz = file("losses.npz");
  const members = [...readZip(npz, "seed")];
  const zarr = [
    ["/zarr.json", file("losses.zarr/zarr.json")],
    ["/sampling_loss/zarr.json", file("losses.zarr/sampling_loss/zarr.json")],
    ["/sampling_loss/c/0/0", file("losses.zarr/sampling_loss/c/0/0")],
    ["/sampling_loss/c/1/1", file("losses.zarr/sampling_loss/c/1/1")],
  ] as const;

  /** Changes one or two records and frames them anew, or the file itself. */
  const framed =
    (
      whole: readonly Uint8Array[],
      records: readonly (readonly Uint8Array[])[],
      frame: (records: readonly Uint8Array[]) => Uint8Array,
    ) =>
    (next: () => number): Uint8Array => {
      if (next() % 2 === 0) return mutated(one(whole, next), next);
      const changed = [...records[next() % records.length]];
      for (let i = 0; i < 1 + (next() % 2); i++) {
        const at = next() % changed.length;
        changed[at] = mutated(changed[at], next);
      }
      return frame(changed);
    };

  return [
    { name: "csv", input: plain(csv), read: reader("csv") },
    { name: "jsonl", input: plain(jsonl), read: reader("jsonl") },
    { name: "json", input: plain(json), read: reader("json") },
    { name: "tensorboard", input: framed(events, eventRecords, tfRecordFile), read: reader("tensorboard") },
    { name: "wandb", input: framed([wandbFile(fewRecords)], [fewRecords], wandbFile), read: reader("wandb") },
    { name: "parquet", input: plain([file("pandas.parquet"), file("polars.parquet")]), read: reader("parquet") },
    {
      name: "npz",
      input(next) {
        if (next() % 2 === 0) return mutated(npz, next);
        const changed = next() % members.length;
        return zipSync(
          Object.fromEntries(members.map(([name, bytes], i) => [name, i === changed ? mutated(bytes, next) : bytes])),
          { level: 0 },
        );
      },
      read: reader("npz"),
    },
    {
      name: "zarr",
      // Which entry is changed stands before it.
      input(next) {
        const entry = next() % zarr.length;
        return Uint8Array.of(entry, ...mutated(zarr[entry][1], next));
      },
      read(bytes) {
        const store = new Map<string, Uint8Array>(zarr);
        store.set(zarr[bytes[0]][0], bytes.subarray(1));
        const get = async (key: string): Promise<Uint8Array | undefined> => store.get(key);
        return readZarrSeries({ get }, ["/sampling_loss"], { run: "run", file: "fuzzed" }, []);
      },
    },
    {
      name: "mlflow",
      input: plain([file("mlruns/1/grok/metrics/train/loss").subarray(0, 200)]),
      read: async bytes => readMlflowMetric(bytes, { run: "run", name: "loss", file: "fuzzed" }, []),
    },
    {
      name: "sniffed",
      input: plain([...csv, ...jsonl, ...json, ...events, wandb.subarray(0, 600), npz]),
      read: reader(undefined),
    },
  ];
};

const recordsOf = (gather: (take: (record: Uint8Array) => void) => void): Uint8Array[] => {
  const records: Uint8Array[] = [];
  gather(record => records.push(record));
  return records;
};

/** In pieces of a size that depends on the length. */
async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  const size = 64 + (bytes.length % 701);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
