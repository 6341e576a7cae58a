/** Files of arrays and tables: bytes in and out. What cannot be read throws a LandauError that names the file, the place and the value. */

export type { NamedArray, NamedArrays } from "../contracts/protocol.ts";
export { type ForeignArray, readArrays } from "../formats/arrays.ts";
export { type CsvOptions, type CsvRow, type CsvTable, readCsv } from "../formats/csv.ts";
export { csvText } from "../formats/csv-text.ts";
export { readNpy } from "../formats/npy.ts";
export { type NpzArray, readNpz } from "../formats/npz.ts";
export { packNpy } from "../formats/pack-npy.ts";
export { packNpz } from "../formats/pack-npz.ts";
export { type ParquetColumn, type ParquetType, packParquet } from "../formats/pack-parquet.ts";
export { packZarr, type ZarrArray, type ZarrGroup } from "../formats/pack-zarr.ts";
export { readSafetensors, type Tensor } from "../formats/safetensors.ts";
export { readZip } from "../formats/zip.ts";
