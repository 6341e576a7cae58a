import { readFileSync } from "node:fs";
import { join } from "node:path";
import { leveldbLog } from "../../../src/formats/leveldb-log.ts";
import { tfRecords } from "../../../src/formats/tf-records.ts";
import { readMlflowMetric } from "../../../src/logs/training/mlflow-lines.ts";
import type { TrainingLog } from "../../../src/logs/training/series.ts";
import type { LogFormat } from "../../../src/logs/training/sniff.ts";
import { readTrainingLog } from "../../../src/logs/training/training-log.ts";
import { readZarrSeries } from "../../../src/logs/training/zarr.ts";
import { tfRecordFile, wandbFile } from "../logs/framed.ts";
import { mutated } from "./mutated.ts";
import { bytesOf, changed, changedStore, changedZip, type FuzzedReader } from "./reader.ts";

const PACKINGS = ["snappy", "gzip", "brotli", "lz4", "zstd"];

/** The importers of training logs; `folder` holds the golden ones. */
export const trainingLogs = (folder: string): readonly FuzzedReader[] => {
  const file = (name: string): Uint8Array => new Uint8Array(readFileSync(join(folder, name)));
  const reader = (format: LogFormat | undefined) => async (bytes: Uint8Array, name: string) =>
    wordsOf(await readTrainingLog(pieces(bytes), { name, format }));

  const csv = [
    file("lightning-metrics.csv").subarray(0, 250),
    file("pandas-european.csv").subarray(0, 250),
    bytesOf('run,split,step,loss\na,train,1,"0.5"\na,test,1,NaN\nb,train,2,-inf\n# said\nrun,split,step,loss\n'),
    bytesOf("step\tloss\n1\t0,5\n2\t\n1\t0,25\n"),
  ];
  const jsonl = [
    file("python.jsonl").subarray(0, 330),
    bytesOf('{"step":1,"a":{"b":[1],"c":NaN}}\n{"a":"x\\"y","step":2,"t":null}\n'),
  ];
  const text = [
    file("printed-tqdm.log").subarray(0, 500),
    file("printed-lightgbm.log").subarray(300, 700),
    bytesOf(
      [1, 2, 3]
        .map(
          i =>
            `2026-01-01 10:00:0${i},1 - INFO - Epoch [${i}/3], Step [9/9] loss: 2,500.${i} (2.4)\nTrain Epoch: ${i} [6/9 (66%)]\tLoss: nan\n    ${i}: a=1e-3 b_c/d (e): ${i}ms\n`,
        )
        .join(""),
    ),
  ];
  const json = [
    bytesOf(
      '{"log_history":[{"step":1,"loss":2.5,"grad_norm":1},{"step":2,"loss":0.0,"grad_norm":NaN},{"step":3,"eval_loss":1}],"epoch":1}',
    ),
    bytesOf('{"loss":[1,2,NaN],"epoch":[1,2,3],"val":{"acc":[1,null]}}'),
    bytesOf('[{"step":1,"x":1},{"step":2,"x":"Infinity"}]'),
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
  const zarr = changedStore([
    ["/zarr.json", file("losses.zarr/zarr.json")],
    ["/sampling_loss/zarr.json", file("losses.zarr/sampling_loss/zarr.json")],
    ["/sampling_loss/c/0/0", file("losses.zarr/sampling_loss/c/0/0")],
    ["/sampling_loss/c/1/1", file("losses.zarr/sampling_loss/c/1/1")],
  ]);

  /** Changes one or two records and frames them anew, or the file itself. */
  const framed = (
    whole: readonly Uint8Array[],
    records: readonly (readonly Uint8Array[])[],
    frame: (records: readonly Uint8Array[]) => Uint8Array,
  ): Pick<FuzzedReader, "valid" | "input"> => ({
    valid: whole,
    input(next) {
      if (next() % 2 === 0) return mutated(whole[next() % whole.length], next);
      const some = [...records[next() % records.length]];
      for (let i = 0; i < 1 + (next() % 2); i++) {
        const at = next() % some.length;
        some[at] = mutated(some[at], next);
      }
      return frame(some);
    },
  });

  return [
    { name: "csv", ...changed(...csv), read: reader("csv") },
    { name: "jsonl", ...changed(...jsonl), read: reader("jsonl") },
    { name: "text", ...changed(...text), read: reader("text") },
    { name: "json", ...changed(...json), read: reader("json") },
    { name: "tensorboard", ...framed(events, eventRecords, tfRecordFile), read: reader("tensorboard") },
    { name: "wandb", ...framed([wandbFile(fewRecords)], [fewRecords], wandbFile), read: reader("wandb") },
    { name: "parquet", ...changed(file("pandas.parquet"), file("polars.parquet")), read: reader("parquet") },
    {
      name: "parquet-packed",
      ...changed(...PACKINGS.map(packing => file(`../packed/${packing}.parquet`))),
      read: reader("parquet"),
    },
    {
      name: "npz",
      ...changedZip(npz),
      read: reader("npz"),
    },
    {
      name: "zarr",
      ...zarr,
      async read(bytes, name) {
        const files = zarr.filesOf(bytes);
        const notes: string[] = [];
        await readZarrSeries(
          { get: async key => files.get(key) },
          ["/sampling_loss"],
          { run: "run", file: name },
          notes,
        );
        return notes;
      },
    },
    {
      name: "mlflow",
      ...changed(file("mlruns/1/grok/metrics/train/loss").subarray(0, 200)),
      read(bytes, name) {
        const notes: string[] = [];
        readMlflowMetric(bytes, { run: "run", name: "loss", file: name }, notes);
        return notes;
      },
    },
    {
      name: "sniffed",
      ...changed(...csv, ...jsonl, ...text, ...json, ...events, wandbFile(fewRecords), npz),
      read: reader(undefined),
    },
  ];
};

/** What is printed of a log. */
const wordsOf = ({ series, notes }: TrainingLog): string[] => [
  ...series.flatMap(({ run, name }) => [run, name]),
  ...notes,
];

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
