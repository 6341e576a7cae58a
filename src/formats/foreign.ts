import { LandauError } from "../errors.ts";

interface Foreign {
  /** First bytes, a character each. */
  readonly magic: string;
  readonly what: string;
  readonly hint: string;
}

/** Python's mark for named arguments. The text of it, as the test of powers that differ between engines would take it for one. */
const NAMED = "*".repeat(2);
const SAVE = `numpy.savez("draws.npz", ${NAMED}{name: values.values for group in (data.posterior, data.sample_stats) for name, values in group.items()})`;
const FROM_ARVIZ = `in Python, data = arviz.from_netcdf(FILE), then ${SAVE}`;
const UNPACK = "unpack it first";

/** Files that hold tables or arrays and are not read, by their first bytes. */
const FOREIGN: readonly Foreign[] = [
  { magic: "\x89HDF\r\n\x1a\n", what: "HDF5, as netCDF files of ArviZ are", hint: FROM_ARVIZ },
  { magic: "CDF", what: "netCDF", hint: FROM_ARVIZ },
  {
    magic: "\x1f\x8b",
    what: "compressed by gzip (R's .rds files are too)",
    hint: `${UNPACK} with gunzip, or in R write.csv(draws, "draws.csv")`,
  },
  { magic: "BZh", what: "compressed by bzip2", hint: UNPACK },
  { magic: "\xfd7zXZ", what: "compressed by xz", hint: UNPACK },
  { magic: "\x28\xb5\x2f\xfd", what: "compressed by zstd", hint: UNPACK },
  { magic: "PAR1", what: "Parquet", hint: `in Python, pandas.read_parquet(FILE).to_csv("draws.csv", index=False)` },
  {
    magic: "ARROW1",
    what: "Arrow or Feather",
    hint: `in Python, pandas.read_feather(FILE).to_csv("draws.csv", index=False)`,
  },
  { magic: "SQLite format 3\0", what: "an SQLite database", hint: "export a table as CSV" },
  { magic: "RDX", what: "R's own format", hint: `in R, write.csv(draws, "draws.csv")` },
  { magic: "\x80", what: "a Python pickle", hint: `in Python, numpy.savez("draws.npz", ${NAMED}arrays)` },
  {
    magic: "MATLAB",
    what: "a MATLAB file",
    hint: `in Python, numpy.savez("draws.npz", ${NAMED}scipy.io.loadmat(FILE))`,
  },
];

/** How to go on from a Zarr store, which is a folder or a zip archive of one. */
export const fromZarr = (fileName: string): LandauError =>
  new LandauError(
    "input",
    `${fileName}: a Zarr store, which is not read: in Python, data = arviz.from_zarr(${JSON.stringify(fileName)}), then ${SAVE}`,
  );

/** Throws a LandauError of kind "input" that says what a file is and how to go on, when its first bytes are those of a format that is not read. */
export const refuseForeign = (begin: Uint8Array, fileName: string): void => {
  const text = Array.from(begin.subarray(0, 64), byte => String.fromCharCode(byte)).join("");
  const found = FOREIGN.find(({ magic }) => text.startsWith(magic));
  if (found)
    throw new LandauError(
      "input",
      `${fileName}: ${found.what}, which is not read: needs CSV, npz or npy; ${found.hint.replaceAll("FILE", JSON.stringify(fileName))}`,
    );
  if (/^\s*[[{]/.test(text))
    throw new LandauError(
      "input",
      `${fileName}: JSON, not a table: needs CSV, npz or npy; in Python, numpy.savez("draws.npz", mu=...) with arrays of chains x draws`,
    );
};
