import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packParquet } from "../../../src/formats/pack-parquet.ts";
import { drawsOf } from "../../../src/logs/draws-csv.ts";
import { readDrawsNetcdf } from "../../../src/logs/draws-netcdf.ts";
import { parquetDraws } from "../../../src/logs/draws-parquet.ts";
import { readDrawsZarr } from "../../../src/logs/draws-zarr.ts";
import { bytesOf, changed, changedStore, type FuzzedReader } from "./reader.ts";
import { drawn } from "./tables.ts";

/** Stores that hold draws: netCDF and Zarr as ArviZ writes them, Zarr of devinterp, Parquet. */
export const drawStores = (fixtures: string): readonly FuzzedReader[] => {
  const file = (name: string): Uint8Array => new Uint8Array(readFileSync(join(fixtures, name)));
  const files = (store: string, names: readonly string[]) =>
    changedStore(names.map(name => [`/${name}`, file(join(store, name))]));
  const zarr = (name: string, paths: readonly string[], store: ReturnType<typeof changedStore>): FuzzedReader => ({
    name,
    ...store,
    async read(bytes, fileName) {
      const found = store.filesOf(bytes);
      return drawn(await readDrawsZarr({ get: async key => found.get(key) }, paths, fileName));
    },
  });
  return [
    {
      name: "draws-netcdf",
      ...changed(file("netcdf-group.nc"), file("netcdf-root.nc")),
      read: async (bytes, name) => drawn(await readDrawsNetcdf(bytes, name)),
    },
    zarr(
      "draws-zarr",
      ["/posterior/loss", "/sample_stats/diverging"],
      files("arviz.zarr", [
        "zarr.json",
        "posterior/loss/zarr.json",
        "posterior/loss/c/0/0",
        "sample_stats/diverging/zarr.json",
      ]),
    ),
    zarr("draws-zarr-2", ["/posterior/mu"], changedStore(VERSION_2)),
    zarr(
      "draws-zarr-packed",
      PACKINGS.map(packing => `/${packing}`),
      files(
        "packed/packed.zarr",
        PACKINGS.flatMap(packing => [".zarray", ".zattrs", "0.0", "0.0"].map(name => `${packing}/${name}`)),
      ),
    ),
    zarr(
      "draws-devinterp",
      ["/sampling_loss", "/init_loss"],
      changedStore([
        ["/zarr.json", file("devinterp-2.zarr/zarr.json")],
        // A piece of each of two chains.
        ["/sampling_loss/zarr.json", shortened(file("devinterp-2.zarr/sampling_loss/zarr.json"), [2, 50])],
        ["/sampling_loss/c/0/0/0/0", file("devinterp-2.zarr/sampling_loss/c/0/0/0/0")],
        ["/sampling_loss/c/1/0/0/0", file("devinterp-2.zarr/sampling_loss/c/1/0/0/0")],
        ["/init_loss/zarr.json", shortened(file("devinterp-2.zarr/init_loss/zarr.json"), [2])],
        ["/init_loss/c/1/0", file("devinterp-2.zarr/init_loss/c/1/0")],
      ]),
    ),
    {
      name: "draws-parquet",
      ...changed(
        packParquet([
          { name: "chain", type: "integer", values: [1, 1, 2, 2] },
          { name: "draw", type: "integer", values: [1, 2, 1, 2] },
          { name: "mu", type: "number", values: [0.5, 0.25, -1, 1] },
        ]),
      ),
      read: async (bytes, name) => drawn(drawsOf([await parquetDraws(bytes, name)])),
    },
  ];
};

const PACKINGS = ["blosc-lz4", "blosc-zstd", "blosc-zlib", "lz4", "zlib", "gzip", "zstd"];

/** The metadata of an array of which the first axes are shorter. */
const shortened = (metadata: Uint8Array, sides: readonly number[]): Uint8Array => {
  const { shape, ...rest } = JSON.parse(new TextDecoder().decode(metadata));
  return bytesOf(JSON.stringify({ shape: [...sides, ...shape.slice(sides.length)], ...rest }));
};

/** A group of version 2 with one array of 2 x 4 numbers. */
const VERSION_2: readonly (readonly [string, Uint8Array])[] = [
  ["/.zgroup", bytesOf('{"zarr_format":2}')],
  ["/posterior/mu/.zattrs", bytesOf('{"_ARRAY_DIMENSIONS":["draw","chain"]}')],
  [
    "/posterior/mu/.zarray",
    bytesOf(
      '{"zarr_format":2,"shape":[4,2],"chunks":[4,2],"dtype":"<f8","compressor":null,"fill_value":"NaN","order":"C","filters":null}',
    ),
  ],
  ["/posterior/mu/0.0", new Uint8Array(Float64Array.of(0.5, 0.25, 1, 2, 3, -1, 0, 4).buffer)],
];
