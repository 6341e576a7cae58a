import { expect, test } from "vitest";
import { readDrawsZarr } from "../../src/logs/draws-zarr.ts";
import { openZarrArray, type ZarrStore } from "../../src/logs/zarr-arrays.ts";

const storeOf = (files: { readonly [key: string]: object }): ZarrStore => ({
  get: async key => (key in files ? new TextEncoder().encode(JSON.stringify(files[key])) : undefined),
});
const array = {
  ...{ zarr_format: 3, node_type: "array", shape: [2, 8], data_type: "float64", fill_value: 0.5 },
  chunk_grid: { name: "regular", configuration: { chunk_shape: [2, 8] } },
  chunk_key_encoding: { name: "default", configuration: { separator: "/" } },
  codecs: [{ name: "bytes", configuration: { endian: "little" } }],
  attributes: {},
};
const chunks = (...chunk_shape: readonly number[]) => ({ name: "regular", configuration: { chunk_shape } });

test("an array of which no chunk is stored has its fill value", async () => {
  const { quantities } = await readDrawsZarr(storeOf({ "/mu/zarr.json": array }), ["/mu"], "a.zarr");
  expect(quantities.map(({ name, chains }) => [name, chains.map(chain => chain.join())])).toEqual([
    ["mu", ["0.5,0.5,0.5,0.5,0.5,0.5,0.5,0.5", "0.5,0.5,0.5,0.5,0.5,0.5,0.5,0.5"]],
  ]);
});

test.each<[string, object, string]>([
  ["no shape", { shape: undefined }, "its metadata: shape"],
  ["chunks of no numbers", { chunk_grid: chunks(2, 0) }, "its metadata: chunk_grid.configuration.chunk_shape.1"],
  ["chunks of other axes", { chunk_grid: chunks(2) }, "a shape of 2 axes and chunks of 1"],
  ["a chunk of many numbers", { chunk_grid: chunks(2, 2e9) }, "chunks of 2 x 2000000000 numbers"],
  ["many chunks", { shape: [2, 1e9], chunk_grid: chunks(1, 1) }, "2000000000 chunks"],
  ["two codecs that nobody knows", { codecs: [{ name: "zstt" }, { name: "bytez" }] }, 'codec "zstt" is unknown'],
])("an array with %s is refused before memory is taken", async (_, change, message) => {
  const store = storeOf({ "/mu/zarr.json": { ...array, ...change } });
  await expect(readDrawsZarr(store, ["/mu"], "a.zarr")).rejects.toThrow(`a.zarr: array mu: ${message}`);
});

test("version 2 is checked as well, and names of axes that are no names are none", async () => {
  const second = { zarr_format: 2, shape: [2, 8], chunks: [2, 8], dtype: "<f8", fill_value: 0, order: "C" };
  const store = (change: object, attributes: object = {}) =>
    storeOf({ "/mu/.zarray": { ...second, compressor: null, filters: null, ...change }, "/mu/.zattrs": attributes });
  expect((await openZarrArray(store({}), "/mu")).array.shape).toEqual([2, 8]);
  expect((await openZarrArray(store({}, { _ARRAY_DIMENSIONS: "chain" }), "/mu")).axes).toBeUndefined();
  expect((await openZarrArray(store({}, { _ARRAY_DIMENSIONS: ["draw", "chain"] }), "/mu")).axes).toEqual([
    "draw",
    "chain",
  ]);
  await expect(openZarrArray(store({ compressor: { id: "none" } }), "/mu")).rejects.toThrow('codec "none" is unknown');
  await expect(openZarrArray(store({ chunks: [2, 1e10] }), "/mu")).rejects.toThrow("chunks of 2 x 10000000000");
});
