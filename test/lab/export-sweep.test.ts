import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { describe, expect, test } from "vitest";
import * as zarr from "zarrita";
import { number } from "../../src/contracts/field.ts";
import type { RunRecord } from "../../src/contracts/protocol.ts";
import { exportCsv } from "../../src/lab/export-csv.ts";
import { exportParquet } from "../../src/lab/export-parquet.ts";
import { exportZarr } from "../../src/lab/export-zarr.ts";
import type { ExportedRun, ExportedSystem } from "../../src/lab/record-tables.ts";
import { recordTable } from "../../src/lab/records.ts";

const settings = {
  ...{ xControl: "rate", xScale: "log", xFrom: 1, xTo: 100, columns: 3 },
  ...{ yControl: "decay", yScale: "linear", yFrom: 0, yTo: 1, rows: 2, seeds: 3 },
} as const;

/** Cells by place: the phase, the order parameter and the step of each run. */
const cells: readonly (readonly [
  x: number,
  y: number,
  runs: readonly (readonly [string, number | null, number | null])[],
])[] = [
  [
    1,
    0,
    [
      ["off", 0, null],
      ["off", 0.1, null],
      ["on", 0.5, 40],
    ],
  ],
  [
    10,
    0,
    [
      ["on", 0.5, 10],
      ["on", 0.7, 20],
      ["on", 0.9, 30],
    ],
  ],
  [100, 0, [["diverged", null, null]]],
  [
    10,
    1,
    [
      ["in transit", 0.25, 7],
      ["off", 0.75, null],
    ],
  ],
  [100, 1, [["on", 1, 5]]],
];
const records = cells.flatMap(([x, y, runs]) =>
  runs.map(
    ([label, order, reached], seed): RunRecord => ({
      ...{ kind: "cell", chain: 0, x, y, seed, label, order, loss: order === null ? null : 1 - order, steps: 50 },
      ...{ reached, decay: 2 * seed, never: null, note: "text" },
    }),
  ),
);

const system = {
  name: "toy",
  learner: { order: { label: "magnetisation" } },
  protocols: {
    sweep: {
      name: "sweep",
      summary: "",
      settings: {
        rate: number("learning rate", { default: 1, unit: "per step" }),
        decay: number("weight decay", { default: 0 }),
      },
      run: () => {},
    },
  },
} as unknown as ExportedSystem;
const origin = { id: "toy-run", seed: 7, contentHash: "abc" };

const runOf = (over: Partial<ExportedRun> = {}, all: readonly RunRecord[] = records): ExportedRun => ({
  ...recordTable(study => (study === "plane" ? all : [])),
  studies: [{ name: "plane", protocol: "sweep", settings }],
  verdicts: [],
  ...over,
});

const opened = async (run: ExportedRun) => {
  const files = await exportZarr(run, system, origin);
  const store = new Map(files.map(({ name, content }) => [name.replace("plane.zarr", ""), content] as const));
  const metadata = JSON.parse(new TextDecoder().decode(store.get("/zarr.json"))).consolidated_metadata.metadata;
  const read = async (name: string) => {
    const { data, shape } = await zarr.get(await zarr.open(zarr.root(store).resolve(name), { kind: "array" }));
    return { values: [...(data as Float64Array)], shape };
  };
  return { read, metadata, names: Object.keys(metadata) };
};

const near = (values: readonly number[], wanted: readonly number[]): void => {
  expect(values.map(value => Number(value.toFixed(13)))).toEqual(wanted.map(value => Number(value.toFixed(13))));
};

describe("zarr", () => {
  test("arrays lie over the controls, which name axes and coordinates, with their units", async () => {
    const { read, metadata } = await opened(runOf());
    expect(await read("rate")).toEqual({ values: [1, 10, 100], shape: [3] });
    expect(await read("decay")).toEqual({ values: [0, 1], shape: [2] });
    expect(await read("seed")).toEqual({ values: [0, 1, 2], shape: [3] });
    expect(metadata.rate.attributes).toEqual({
      long_name: "learning rate",
      units: "per step",
      axis: "X",
      scale: "log",
    });
    expect(metadata.decay.attributes).toMatchObject({ units: "1", axis: "Y" });
    expect(metadata.agreement.dimension_names).toEqual(["decay", "rate"]);
    expect(metadata.reached.dimension_names).toEqual(["seed", "decay", "rate"]);
    for (const [name, { attributes }] of Object.entries<{ attributes: object }>(metadata))
      expect("units" in attributes !== "flag_values" in attributes, name).toBe(true);
  });

  test("cells have the count, the phase and the agreement of their runs, and the mean of the order parameter with its error", async () => {
    const { read, metadata } = await opened(runOf());
    const { phases, flag_values, flag_meanings } = metadata.phase.attributes;
    expect([...phases].sort()).toEqual(["diverged", "in transit", "off", "on"]);
    expect(flag_values).toEqual([0, 1, 2, 3]);
    expect(flag_meanings.split(" ")).toEqual(phases.map((phase: string) => phase.replace(" ", "_")));
    expect(await read("count")).toEqual({ values: [3, 3, 1, 0, 2, 1], shape: [2, 3] });
    const named = (codes: readonly number[]) => codes.map(code => phases[code] ?? null);
    // Of two phases that are as frequent the first on the map.
    expect(named((await read("phase")).values)).toEqual(["off", "on", "diverged", null, "off", "on"]);
    expect((await read("agreement")).values).toEqual([2 / 3, 1, 1, Number.NaN, 0.5, 1]);
    const mean = (await read("orderMean")).values;
    near(mean, [0.2, 0.7, Number.NaN, Number.NaN, 0.5, 1]);
    const errors = (await read("orderStandardError")).values;
    // 0, 0.1, 0.5: squares of the distances sum to 0.14; 0.5, 0.7, 0.9: to 0.08; 0.25, 0.75: to 0.125.
    near(errors, [Math.sqrt(0.07 / 3), Math.sqrt(0.04 / 3), Number.NaN, Number.NaN, Math.sqrt(0.125 / 2), Number.NaN]);
    // Every cell has a reading, also the one without runs.
    expect(named((await read("reading")).values)).not.toContain(null);
    expect((await read("sure")).values.every(value => value > 0 && value <= 1)).toBe(true);
  });

  test("what single runs recorded lies over their seeds, what they lack is NaN, and text is left out", async () => {
    const { read, metadata, names } = await opened(runOf());
    const [none, seeds] = [Number.NaN, 3];
    const reached = (await read("reached")).values;
    expect(reached).toEqual([
      ...[none, 10, none, none, 7, 5],
      ...[none, 20, none, none, none, none],
      ...[40, 30, none, none, none, none],
    ]);
    expect(reached.length).toBe(seeds * 6);
    expect((await read("never")).values.every(Number.isNaN)).toBe(true);
    const labels = (await read("label")).values.map(code => metadata.label.attributes.phases[code] ?? null);
    expect(labels.slice(0, 6)).toEqual(["off", "on", "diverged", null, "in transit", "on"]);
    expect(names).not.toContain("note");
    expect(metadata.steps.attributes.units).toBe("steps");
    // A number that is called as the control of an axis is told apart from it.
    expect((await read("decayOfRun")).values.slice(0, 2)).toEqual([0, 0]);
  });

  test("a sweep of one control has arrays over that one; one that was made twice over has more seeds", async () => {
    const flat = records.filter(({ y }) => y === 0).map(record => ({ ...record, y: null }));
    const oneControl = { ...settings, yControl: "none" };
    const { read, metadata, names } = await opened(
      runOf({ studies: [{ name: "plane", protocol: "sweep", settings: oneControl }] }, flat),
    );
    expect(await read("count")).toEqual({ values: [3, 3, 1], shape: [3] });
    expect(metadata.label.dimension_names).toEqual(["seed", "rate"]);
    expect(names).not.toContain("decayOfRun");
    const twice = await opened(runOf({}, [...records, ...records.map(record => ({ ...record, chain: 1 }))]));
    expect((await twice.read("count")).values).toEqual([6, 6, 2, 0, 4, 2]);
    expect((await twice.read("seed")).values).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test("a run without a sweep is refused by name, with the formats that it has", async () => {
    for (const run of [runOf({ studies: [{ name: "plane", protocol: "train", settings: {} }] }), runOf({}, [])])
      await expect(exportZarr(run, system, origin)).rejects.toMatchObject({
        kind: "input",
        message: expect.stringMatching(/^run toy-run has no sweep, .*--to csv, parquet or npz$/),
      });
  });
});

describe("tables of a sweep", () => {
  test("parquet: a row a record, axes called by their controls, a type for every column and its meaning in the metadata", async () => {
    const [{ name, content }] = exportParquet(runOf(), system);
    expect(name).toBe("plane-cell.parquet");
    const file = content.slice().buffer;
    const { schema, key_value_metadata } = parquetMetadata(file);
    const types = Object.fromEntries(schema.slice(1).map(({ name, type }) => [name, type]));
    expect(types).toEqual({
      ...{
        chain: "INT64",
        rate: "DOUBLE",
        y: "DOUBLE",
        seed: "INT64",
        label: "BYTE_ARRAY",
        order: "DOUBLE",
        loss: "DOUBLE",
      },
      ...{ steps: "INT64", reached: "DOUBLE", decay: "DOUBLE", never: "DOUBLE", note: "BYTE_ARRAY" },
    });
    const rows = await parquetReadObjects({ file });
    expect(rows.map(({ rate, y, label, order, reached }) => [rate, y, label, order, reached])).toEqual(
      records.map(({ x, y, label, order, reached }) => [x, y, label, order, reached]),
    );
    const attributes = JSON.parse(key_value_metadata!.find(({ key }) => key === "PANDAS_ATTRS")!.value!);
    expect(attributes.columns.rate).toEqual({ meaning: "setting: learning rate", unit: "per step" });
    expect(attributes.columns.order).toEqual({ meaning: "order parameter: magnetisation" });
  });

  test("parquet: types are those of the names, also where a run has nothing else than null or whole numbers", () => {
    const typesOf = (all: readonly RunRecord[]) => {
      const [{ content }] = exportParquet(runOf({}, all), system);
      return parquetMetadata(content.slice().buffer).schema.map(({ name, type }) => [name, type]);
    };
    const bare = records.map(record => ({ ...record, label: null, order: 0, loss: 1, reached: null, note: "" }));
    expect(typesOf(bare)).toEqual(typesOf(records));
  });

  test("csv: the same names; a single control leaves no empty column", () => {
    const plain = records.map(({ decay: _, ...record }) => record as RunRecord);
    const [{ content }] = exportCsv(runOf({}, plain), system);
    expect(content.split("\r\n")[0]).toBe("chain,rate,decay,seed,label,order,loss,steps,reached,never,note");
    const oneControl = [{ name: "plane", protocol: "sweep", settings: { ...settings, yControl: "none" } }];
    const flat = plain.map(record => ({ ...record, y: null }));
    const [single] = exportCsv(runOf({ studies: oneControl }, flat), system);
    expect(single.content.split("\r\n")[0]).toBe("chain,rate,seed,label,order,loss,steps,reached,never,note");
  });
});
