import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { readDrawsNetcdf } from "../../src/logs/draws-netcdf.ts";
import { readDrawsZarr } from "../../src/logs/draws-zarr.ts";

const netcdf = new Uint8Array(readFileSync(resolve(import.meta.dirname, "fixtures/netcdf-root.nc")));

/** The same bytes with some of them put in wherever others stand. */
const replaced = (bytes: Uint8Array, from: readonly number[], to: readonly number[]): Uint8Array => {
  const out = bytes.slice();
  for (let at = 0; at + from.length <= bytes.length; at++)
    if (from.every((byte, i) => bytes[at + i] === byte)) out.set(to, at);
  return out;
};

test("a netCDF file that says more numbers than it can hold is refused before memory is taken", async () => {
  expect((await readDrawsNetcdf(netcdf, "a.nc")).draws).toBe(4);
  const wide = replaced(netcdf, [2, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0], [2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8]);
  await expect(readDrawsNetcdf(wide, "a.nc")).rejects.toThrow(
    "a.nc: netCDF that cannot be read: mu: 268435456 numbers: needs at most 1000000 in 6208 bytes",
  );
});

test("what the reader of netCDF throws as a text is said", async () => {
  const cut = netcdf.subarray(0, 3000);
  await expect(readDrawsNetcdf(cut, "a.nc")).rejects.toThrow(/^a\.nc: netCDF that cannot be read: (?!undefined)/);
});

test("of a store of devinterp, a chain that was never begun has no baseline", async () => {
  const array = (shape: readonly number[], chunk: readonly number[]) => ({
    ...{ zarr_format: 3, node_type: "array", shape, data_type: "float64", fill_value: "NaN", attributes: {} },
    chunk_grid: { name: "regular", configuration: { chunk_shape: chunk } },
    chunk_key_encoding: { name: "default", configuration: { separator: "/" } },
    codecs: [{ name: "bytes", configuration: { endian: "little" } }],
  });
  const sampler = { n_beta: 10, lr: { toString: 1 }, batch_size: 4 };
  const json = (value: object) => new TextEncoder().encode(JSON.stringify(value));
  const numbers = (...values: readonly number[]) => new Uint8Array(Float64Array.from(values).buffer);
  const files = new Map<string, Uint8Array>([
    ["/zarr.json", json({ zarr_format: 3, node_type: "group", attributes: { metadata: { config: { sampler } } } })],
    ["/sampling_loss/zarr.json", json(array([2, 6, 1], [1, 6, 1]))],
    ["/sampling_loss/c/0/0/0", numbers(1, 2, 3, 4, 5, 6)],
    ["/init_loss/zarr.json", json(array([2], [1]))],
  ]);
  const read = () => readDrawsZarr({ get: async key => files.get(key) }, ["/sampling_loss", "/init_loss"], "a.zarr");
  await expect(read()).rejects.toThrow("a.zarr: array init_loss: no finite loss");
  files.set("/init_loss/c/0", numbers(0.5));
  const { losses } = await read();
  expect(losses).toMatchObject({ nBeta: 10, baseline: 0.5, baselineError: 0 });
  expect(losses?.settings).not.toContain("lr");
  expect(losses?.chains.map(chain => chain.every(Number.isNaN))).toEqual([false, true]);
});
