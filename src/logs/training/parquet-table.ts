import type { FileMetaData, SchemaElement } from "hyparquet";
import { LandauError } from "../../errors.ts";
import { unpackLz4 } from "../../formats/lz4.ts";
import { pageHeads } from "../../formats/parquet-pages.ts";
import { checkValues } from "../../formats/parquet-values.ts";
import { zstdDecoder } from "../../formats/zstd.ts";
import { type LogTable, logTable, MOST_COLUMNS } from "./log-table.ts";

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
  const { names, nested } = leavesOf(metadata.schema);
  if (nested.length > 0) notes.push(`${fileName}: ${nested.slice(0, 12).join(", ")} nested, not used`);
  if (!names.every(name => typeof name === "string")) throw bad("a column without a name: was the file damaged?");
  if (names.length === 0 || names.length > MOST_COLUMNS)
    throw bad(`${names.length} columns: needs 1 to ${MOST_COLUMNS}`);
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
  for (const name of names) {
    const column = table.column(name);
    try {
      await parquetRead({
        file,
        metadata,
        columns: [name],
        compressors: limited,
        onChunk: ({ columnData, rowStart }) => {
          for (let i = 0; i < columnData.length && rowStart + i < rows; i++) {
            table.seek(rowStart + i);
            put(table, column, columnData[i] as unknown);
          }
        },
      });
    } catch (cause) {
      throw bad(`column ${JSON.stringify(name)}: ${(cause as Error).message}`, cause);
    }
  }
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

const put = (table: LogTable, column: number, value: unknown): void => {
  if (typeof value === "number") table.number(column, value);
  else if (typeof value === "bigint") table.number(column, Number(value));
  else if (typeof value === "boolean") table.number(column, value ? 1 : 0);
  else if (typeof value === "string") table.word(column, value);
  else if (value instanceof Date) table.number(column, value.getTime() / 1000);
};

/** Names of the columns that hold one value a row, and of the others. */
const leavesOf = (schema: readonly SchemaElement[]): { names: string[]; nested: string[] } => {
  const names: string[] = [];
  const nested: string[] = [];
  const passOver = (from: number): number => {
    let at = from + 1;
    for (let child = 0; child < (schema[from]?.num_children ?? 0) && at < schema.length; child++) at = passOver(at);
    return at;
  };
  for (let at = 1; at < schema.length; at = passOver(at)) {
    const { name, num_children, repetition_type } = schema[at];
    (num_children || repetition_type === "REPEATED" ? nested : names).push(name);
  }
  return { names, nested };
};

const attempt = <T>(of: () => T, refuse: (error: Error) => LandauError): T => {
  try {
    return of();
  } catch (error) {
    throw refuse(error as Error);
  }
};
