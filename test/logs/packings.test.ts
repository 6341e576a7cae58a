import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gzipSync } from "fflate";
import { expect, test } from "vitest";
import { sizeOfZstd, zstdDecoder } from "../../src/formats/zstd.ts";
import { zarrFolder } from "../../src/lab/node/zarr-folder.ts";
import { drawsOf } from "../../src/logs/draws-csv.ts";
import { readDrawsNetcdf } from "../../src/logs/draws-netcdf.ts";
import { parquetDraws } from "../../src/logs/draws-parquet.ts";
import { readDrawsZarr } from "../../src/logs/draws-zarr.ts";
import { rangeIndexOf } from "../../src/logs/training/parquet-columns.ts";
import { readParquetTable } from "../../src/logs/training/parquet-table.ts";
import { placeOfRange } from "../../src/logs/zarr-arrays.ts";

const fixtures = resolve(import.meta.dirname, "fixtures");
const file = (...path: readonly string[]): Uint8Array => new Uint8Array(readFileSync(join(fixtures, ...path)));

test.each(["snappy", "gzip", "brotli", "lz4", "zstd"])("Parquet packed by %s gives the same table", async packing => {
  const { columns } = await readParquetTable(file("packed", `${packing}.parquet`), "a.parquet", []);
  expect(columns.map(({ name }) => name)).toEqual(["step", "loss", "run"]);
  expect(Array.from(columns[0].numbers.all())).toEqual([1, 2, 3, 4]);
  expect(Array.from(columns[1].numbers.all())).toEqual([0.5, 0.25, 0.125]);
  expect(columns[2].words?.texts).toEqual(["a", "b"]);
});

test("an index of pandas that is a rule holds for the rows that it was made for", () => {
  const rule = (index: object, rows: number) =>
    rangeIndexOf({
      version: 2,
      schema: [],
      row_groups: [],
      metadata_length: 0,
      num_rows: BigInt(rows),
      key_value_metadata: [{ key: "pandas", value: JSON.stringify({ index_columns: [{ kind: "range", ...index }] }) }],
    });
  const steps = { name: "step", start: 5, stop: 35, step: 10 };
  expect(rule(steps, 3)).toEqual({ name: "step", start: 5, step: 10 });
  expect(rule({ ...steps, stop: 34 }, 3)).toEqual({ name: "step", start: 5, step: 10 });
  for (const rows of [2, 4]) expect(rule(steps, rows)).toBeUndefined();
  expect(rule({ name: null, start: 0, stop: 3, step: 1 }, 3)).toBeUndefined();
  expect(rule({ name: null, start: 0, stop: 30, step: 10 }, 3)?.name).toBe("__index_level_0__");
  expect(rule({ ...steps, step: 0 }, 3)).toBeUndefined();
});

test("draws in Parquet: an index of pandas is no quantity, and what is not read is noted", async () => {
  const drawn = drawsOf([await parquetDraws(file("training", "pandas-index.parquet"), "a.parquet")], {});
  expect(drawn.quantities.map(({ name }) => name)).toEqual(["loss"]);
  expect(drawn.notes).toContain("column __index_level_0__, an index of pandas, is left out");
  const types = drawsOf([await parquetDraws(file("training", "arrow-types.parquet"), "a.parquet")], {});
  expect(types.notes).toContain("a.parquet: raw of bytes that are no text, not used");
});

test.each(["blosc-lz4", "blosc-zstd", "blosc-zlib", "lz4", "zlib", "gzip", "zstd"])(
  "Zarr packed by %s gives the same draws",
  async packing => {
    const files = new Map([".zarray", ".zattrs", "0.0"].map(name => [name, file("packed/packed.zarr", packing, name)]));
    const store = { get: async (key: string) => files.get(key.slice(3)) };
    const { quantities } = await readDrawsZarr(store, ["/x"], "a.zarr");
    expect(quantities.map(({ chains }) => chains.map(chain => Array.from(chain)))).toEqual([
      [0, 1].map(chain => Array.from({ length: 32 }, (_, draw) => chain + draw / 8)),
    ]);
  },
);

const packed = [0, 1].map(chain => Array.from({ length: 32 }, (_, draw) => chain + draw / 8));

test("draws in shards: read by ranges from a folder, and cut from whole files; a shard that breaks off is refused", async () => {
  const { store, arrays } = await zarrFolder(join(fixtures, "packed", "shards.zarr"));
  const wanted = [packed, packed.map((chain, c) => chain.map((x, draw) => (c === 0 && draw >= 24 ? 0 : x)))];
  for (const one of [store, { get: store.get }]) {
    const { quantities } = await readDrawsZarr(one, arrays, "shards.zarr");
    expect(quantities.map(({ name }) => name)).toEqual(["x", "y"]);
    expect(quantities.map(({ chains }) => chains.map(chain => Array.from(chain)))).toEqual(wanted);
  }
  const short = {
    get: async (key: `/${string}`) => {
      const bytes = await store.get(key);
      return key.includes("/c/") ? bytes?.slice(-68) : bytes;
    },
  };
  await expect(readDrawsZarr(short, arrays, "shards.zarr")).rejects.toThrow("shards.zarr: array x: ");
});

test("a range lies in its bytes, or is refused", () => {
  expect(placeOfRange({ offset: 3, length: 4 }, 7)).toEqual({ from: 3, to: 7 });
  expect(placeOfRange({ suffixLength: 4 }, 7)).toEqual({ from: 3, to: 7 });
  for (const range of [
    { offset: 4, length: 4 },
    { offset: -1, length: 2 },
    { offset: 2, length: -1 },
    { suffixLength: 8 },
  ])
    expect(() => placeOfRange(range, 7)).toThrow(/bytes -?\d+ to \d+ of a shard of 7/);
  expect(() => placeOfRange({ offset: Number.NaN, length: 1 }, 7)).toThrow("of a shard of 7");
});

test("netCDF packed by zstd, and by a filter that is not read", async () => {
  const bytes = file("packed", "zstd.nc");
  const { quantities } = await readDrawsNetcdf(bytes, "zstd.nc");
  expect(quantities.map(({ name, chains }) => [name, chains.map(chain => Array.from(chain))])).toContainEqual([
    "x",
    packed,
  ]);
  // The number of the filter, 32015, in its message of the pipeline.
  const at = Buffer.from(bytes).indexOf(Uint8Array.of(0x0f, 0x7d));
  await expect(readDrawsNetcdf(bytes.with(at, 0x01), "a.nc")).rejects.toThrow(
    "a.nc: packed by filter 32001 of HDF5, which is not read: needs zlib or zstd",
  );
});

/** 4 x 100 numbers, as Zarr packs them. */
const frame = file("arviz.zarr/posterior/loss/c/0/0");
/** A window of 4 kB and no size, in place of a size of two bytes and no window. */
const unsized = Uint8Array.from([...frame.subarray(0, 4), 0, 16, ...frame.subarray(7)]);

test("a frame of zstd that does not say its size is unpacked into the size that it has to have", async () => {
  const unpack = await zstdDecoder();
  expect([sizeOfZstd(frame), sizeOfZstd(unsized)]).toEqual([3200, undefined]);
  expect(unpack(unsized, 3200)).toEqual(unpack(frame, 3200));
  const files = new Map([
    ["/loss/zarr.json", file("arviz.zarr/posterior/loss/zarr.json")],
    ["/loss/c/0/0", frame],
  ]);
  const read = async () => (await readDrawsZarr({ get: async key => files.get(key) }, ["/loss"], "a.zarr")).quantities;
  const sized = await read();
  expect(sized[0].chains.map(({ length }) => length)).toEqual([100, 100, 100, 100]);
  files.set("/loss/c/0/0", unsized);
  expect(await read()).toEqual(sized);
});

test("a frame of another size, a damaged one, one that says too much and what is none are refused", async () => {
  const unpack = await zstdDecoder();
  for (const size of [3199, 3201]) expect(() => unpack(frame, size)).toThrow(`do not give the ${size}`);
  expect(() => unpack(frame.with(40, frame[40] ^ 255), 3200)).toThrow("zstd");
  expect(() => unpack(frame.subarray(0, 2000), 3200)).toThrow("do not give the 3200");
  expect(() => unpack(frame.subarray(0, 10), 32_768 * 10 + 1)).toThrow("327681 bytes from 10 of zstd: at most 327680");
  expect(() => unpack(new Uint8Array(20_000), 600_000_000)).toThrow("at most 500000000");
  expect(() => unpack(frame, Number.NaN)).toThrow("NaN bytes");
  expect(unpack(frame, 0)).toEqual(new Uint8Array(0));
  expect(() => sizeOfZstd(frame.subarray(1))).toThrow("no frame of zstd");
  expect(() => sizeOfZstd(Uint8Array.of(...frame.subarray(0, 4), 0xc0, 0, 1))).toThrow("no frame of zstd");
});

test("the size of a frame is said in one, two, four or eight bytes, or not at all", () => {
  const head = (...bytes: readonly number[]) => sizeOfZstd(Uint8Array.of(...frame.subarray(0, 4), ...bytes));
  expect(head(0x20, 7)).toBe(7);
  expect(head(0x21, 99, 7)).toBe(7);
  expect(head(0x00, 88, 1)).toBeUndefined();
  expect(head(0x40, 88, 1, 1)).toBe(0x101 + 256);
  expect(head(0x63, 1, 2, 3, 4, 1, 1)).toBe(0x101 + 256);
  expect(head(0xa0, 4, 3, 2, 1)).toBe(0x1020304);
  expect(head(0xc2, 88, 9, 9, 4, 3, 2, 1, 1, 0, 0, 0)).toBe(0x101020304);
});

test("a chunk of fewer numbers than it should have, or of more, is refused", async () => {
  const files = new Map([".zarray", ".zattrs", "0.0"].map(name => [name, file("packed/packed.zarr/gzip", name)]));
  for (const count of [63, 65, 0]) {
    files.set("0.0", gzipSync(new Uint8Array(8 * count)));
    const store = { get: async (key: string) => files.get(key.slice(3)) };
    await expect(readDrawsZarr(store, ["/x"], "a.zarr")).rejects.toThrow(`a chunk of ${count} numbers: needs 64`);
  }
});
