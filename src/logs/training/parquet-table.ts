import type { FileMetaData } from "hyparquet";
import { LandauError } from "../../errors.ts";
import { unpackLz4 } from "../../formats/lz4.ts";
import { pageHeads } from "../../formats/parquet-pages.ts";
import { checkValues } from "../../formats/parquet-values.ts";
import { zstdDecoder } from "../../formats/zstd.ts";
import { type LogTable, logTable, MOST_COLUMNS } from "./log-table.ts";
import { columnsOf, DATES, rangeIndexOf } from "./parquet-columns.ts";

/** Most rows, and bytes of the columns unpacked. */
const MOST_ROWS = 200_000_000;
const MOST_BYTES = 4_000_000_000;
/** Values of one page. */
const MOST_IN_PAGE = 1 << 24;
/** Bytes that one byte can be unpacked to: dictionaries and zstd go far. */
const LARGEST_RATIO = 100_000;

/** The columns of a Parquet file; nested ones are noted. Nulls are no values, and NaN is one. Throws a LandauError of kind "input" that names the file and the column. */
export const readParquetTable = async (bytes: Uint8Array, fileName: string, notes: string[]): Promise<LogTable> => {
  const [{ parquetMetadata, parquetRead }, { compressors }, unpackZstd] = await Promise.all([
    import("hyparquet"),
    import("hyparquet-compressors"),
    zstdDecoder(),
  ]);
  const bad = (why: string, cause?: unknown): LandauError => new LandauError("input", `${fileName}: ${why}`, { cause });
  // Its readers want a buffer of its own.
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  const metadata = attempt(
    () => parquetMetadata(file),
    error =>
      bad(`the metadata at its end, byte ${bytes.length}, cannot be read: ${error.message}: was the file cut?`, error),
  );
  const rows = Number(metadata.num_rows);
  const unpacked = metadata.row_groups.reduce(
    (sum, group) =>
      sum + group.columns.reduce((all, { meta_data }) => all + Number(meta_data?.total_uncompressed_size ?? 0), 0),
    0,
  );
  if (!(rows >= 0 && rows <= MOST_ROWS)) throw bad(`${rows} rows: needs at most ${MOST_ROWS}`);
  if (!(unpacked >= 0 && unpacked <= MOST_BYTES && unpacked <= LARGEST_RATIO * bytes.length + 65_536))
    throw bad(`its metadata say ${unpacked} bytes unpacked, of ${bytes.length}: was the file damaged?`);
  if (metadata.row_groups.some(({ num_rows }) => Number(num_rows) < 0 || Number(num_rows) > rows))
    throw bad("a group of rows has more rows than the file");
  const { flat, nested, bytes: binary, schema } = columnsOf(metadata.schema);
  if (nested.length > 0) notes.push(`${fileName}: ${nested.slice(0, 12).join(", ")} nested, not used`);
  if (binary.length > 0)
    notes.push(`${fileName}: ${binary.slice(0, 12).join(", ")} of bytes that are no text, not used`);
  if (![...flat.map(({ name }) => name), ...nested, ...binary].every(name => typeof name === "string"))
    throw bad("a column without a name: was the file damaged?");
  const columns = metadata.schema.length - 1;
  if (columns <= 0 || columns > MOST_COLUMNS) throw bad(`${columns} columns: needs 1 to ${MOST_COLUMNS}`);
  const table = logTable();
  const limited = Object.fromEntries(
    Object.entries({ ...compressors, ZSTD: unpackZstd, LZ4_RAW: unpackLz4 }).map(([name, unpack]) => [
      name,
      (input: Uint8Array, length: number) => {
        if (!(length >= 0 && length <= MOST_BYTES && length <= LARGEST_RATIO * input.length + 65_536))
          throw new Error(`a page of ${length} bytes of ${input.length}`);
        return unpack!(input, length);
      },
    ]),
  );
  checkPages(bytes, metadata, limited, bad);
  for (const { name, cellOf, isDate } of flat) {
    const column = table.column(name);
    if (isDate) table.columns[column].dates = true;
    try {
      await parquetRead({
        file,
        metadata: { ...metadata, schema },
        columns: [name],
        parsers: DATES,
        compressors: limited,
        onChunk: ({ columnData, rowStart }) => {
          for (let i = 0; i < columnData.length && rowStart + i < rows; i++) {
            const cell = cellOf(columnData[i] as unknown);
            if (cell === undefined) continue;
            table.seek(rowStart + i);
            if (typeof cell === "number") table.number(column, cell);
            else table.word(column, cell);
          }
        },
      });
    } catch (cause) {
      throw bad(`column ${JSON.stringify(name)}: ${(cause as Error).message}`, cause);
    }
  }
  putIndex(table, metadata, rows);
  table.seek(rows);
  return table;
};

type Unpack = { readonly [codec: string]: (bytes: Uint8Array, length: number) => Uint8Array };

/** Throws where the pages of a column say more values than its group has rows, or than they hold, or lie outside the file: memory is taken by what they say. */
const checkPages = (
  bytes: Uint8Array,
  { row_groups, schema }: FileMetaData,
  unpack: Unpack,
  bad: (why: string, cause?: unknown) => LandauError,
): void => {
  const optional = new Set(schema.flatMap(each => (each.repetition_type === "REQUIRED" ? [] : [each.name])));
  for (const { columns, num_rows } of row_groups)
    for (const { meta_data } of columns) {
      if (!meta_data) throw bad("a column without metadata");
      const name = meta_data.path_in_schema.join("/");
      const from = Number(meta_data.dictionary_page_offset || meta_data.data_page_offset);
      const to = from + Number(meta_data.total_compressed_size);
      if (!(from >= 0 && to >= from && to <= bytes.length))
        throw bad(`column ${name}: bytes ${from} to ${to}: the file has ${bytes.length}`);
      const isFlat = meta_data.path_in_schema.length === 1;
      const unpacked = (page: Uint8Array, length: number): Uint8Array =>
        meta_data.codec === "UNCOMPRESSED" ? page : (unpack[meta_data.codec]?.(page, length) ?? new Uint8Array(0));
      let sum = 0;
      try {
        for (const page of pageHeads(bytes.subarray(from, to))) {
          const { kind, values } = page;
          const inColumn = Math.min(MOST_IN_PAGE, Number(isFlat ? num_rows : meta_data.num_values));
          const most = kind === "dictionary" ? page.unpacked * 8 : inColumn;
          if (!(values >= 0 && values <= most)) throw new Error(`a page of ${values} values: at most ${most} can be`);
          if (kind !== "data") continue;
          sum += values;
          if (isFlat) checkValues(page, optional.has(name), unpacked);
        }
      } catch (cause) {
        throw bad(`column ${name}: byte ${from}: ${(cause as Error).message}`, cause);
      }
      if (isFlat && sum > Number(num_rows)) throw bad(`column ${name}: ${sum} values in ${num_rows} rows`);
    }
};

const putIndex = (table: LogTable, metadata: FileMetaData, rows: number): void => {
  const index = rangeIndexOf(metadata);
  if (!index || table.columns.some(({ name }) => name === index.name)) return;
  const column = table.column(index.name);
  for (let row = 0; row < rows; row++) {
    table.seek(row);
    table.number(column, index.start + row * index.step);
  }
};

const attempt = <T>(of: () => T, refuse: (error: Error) => LandauError): T => {
  try {
    return of();
  } catch (error) {
    throw refuse(error as Error);
  }
};
