import type { FileHandle } from "node:fs/promises";
import { LandauError } from "../errors.ts";
import { cannotRead } from "../lab/node/files.ts";
import type { DrawOptions, DrawTable } from "../logs/draws.ts";
import type { NamedTable } from "../logs/sections.ts";
import { showWork } from "./progress/work-progress.ts";
import type { Terminal } from "./terminal.ts";

/** Bytes of a text file that are held at a time. */
const PIECE = 4_194_304;
/** Enough to tell what a file is. */
const BEGINNING = 4096;

/** Draws from files, told apart by their first bytes, whatever their names say. Text is read in pieces. */
export const readDraws = async (
  terminal: Pick<Terminal, "stderr" | "env">,
  paths: readonly string[],
  options: DrawOptions,
): Promise<DrawTable> => {
  const kinds = await Promise.all(paths.map(kindOf));
  const binary = kinds.find(kind => kind !== "text");
  if (binary !== undefined) {
    if (paths.length > 1)
      throw new LandauError(
        "input",
        `${paths.length} files, one of them ${binary}: needs a single ${binary} file, or CSV files`,
      );
    return binaryReaders[binary](paths[0], options);
  }
  const { drawsOf } = await import("../logs/draws-csv.ts");
  const tables: NamedTable[] = [];
  for (const path of paths) tables.push(await readTable(terminal, path));
  return drawsOf(tables, options);
};

type Binary = "npz" | "npy" | "Zarr" | "netCDF" | "Parquet";

const bytesOf = async (path: string): Promise<Uint8Array> => {
  const { readFile } = await import("node:fs/promises");
  return new Uint8Array(await readFile(path));
};

const readNpz = async (path: string, options: DrawOptions): Promise<DrawTable> =>
  (await import("../logs/draws-npz.ts")).readDrawsNpz(await bytesOf(path), path, options);

const binaryReaders: { readonly [kind in Binary]: (path: string, options: DrawOptions) => Promise<DrawTable> } = {
  npz: readNpz,
  npy: readNpz,
  async Zarr(path, options) {
    const [{ zarrFolder }, { readDrawsZarr }] = await Promise.all([
      import("../lab/node/zarr-folder.ts"),
      import("../logs/draws-zarr.ts"),
    ]);
    const { store, arrays } = await zarrFolder(path);
    return readDrawsZarr(store, arrays, path, options);
  },
  netCDF: async (path, options) =>
    (await import("../logs/draws-netcdf.ts")).readDrawsNetcdf(await bytesOf(path), path, options),
  async Parquet(path, options) {
    const [{ parquetDraws }, { drawsOf }] = await Promise.all([
      import("../logs/draws-parquet.ts"),
      import("../logs/draws-csv.ts"),
    ]);
    return drawsOf([await parquetDraws(await bytesOf(path), path)], options);
  },
};

const HDF5 = "\x89HDF\r\n\x1a\n";

const kindOf = (path: string): Promise<Binary | "text"> =>
  reading(path, async file => {
    const [{ isNpy }, { refuseOtherFiles }] = await Promise.all([
      import("../formats/npy.ts"),
      import("../logs/other-tables.ts"),
    ]);
    if ((await file.stat()).isDirectory()) {
      const [{ readdir }, { isZarr }] = await Promise.all([
        import("node:fs/promises"),
        import("../lab/node/zarr-folder.ts"),
      ]);
      if (isZarr(await readdir(path, { withFileTypes: true }))) return "Zarr";
      throw new LandauError("input", `${path}: a folder that is no Zarr store: needs a file of draws, or such a store`);
    }
    const buffer = new Uint8Array(BEGINNING);
    const begin = buffer.subarray(0, (await file.read(buffer, 0, BEGINNING, 0)).bytesRead);
    if (begin[0] === 0x50 && begin[1] === 0x4b) return "npz";
    if (isNpy(begin)) return "npy";
    const magic = String.fromCharCode(...begin.subarray(0, HDF5.length));
    if (magic === HDF5) return "netCDF";
    if (magic.startsWith("PAR1")) return "Parquet";
    refuseOtherFiles(path, begin);
    return "text";
  });

const MEGABYTE = 1e6;

const readTable = (terminal: Pick<Terminal, "stderr" | "env">, path: string): Promise<NamedTable> =>
  reading(path, async file => {
    const total = (await file.stat()).size / MEGABYTE;
    const shown = showWork(terminal, { what: `reading ${path}`, unit: "MB", total });
    const { columnReader } = await import("../formats/columns.ts");
    const reader = columnReader(path);
    const buffer = new Uint8Array(PIECE);
    try {
      for (let read = 0; ; ) {
        const { bytesRead } = await file.read(buffer, 0, PIECE, null);
        if (bytesRead === 0) return { name: path, table: reader.end() };
        reader.push(buffer.subarray(0, bytesRead));
        read += bytesRead;
        shown.update(read / MEGABYTE);
      }
    } finally {
      shown.stop();
    }
  });

const reading = async <T>(path: string, use: (file: FileHandle) => Promise<T>): Promise<T> => {
  const { open } = await import("node:fs/promises");
  const refuse = (cause: Error): never => {
    if (cause instanceof LandauError) throw cause;
    return cannotRead(path)(cause);
  };
  const file = await open(path, "r").catch(refuse);
  try {
    return await use(file).catch(refuse);
  } finally {
    await file.close();
  }
};
