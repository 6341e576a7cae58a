import { type BasicType, type ColumnSource, parquetWriteBuffer } from "hyparquet-writer";
import { invalid } from "../errors.ts";

/** What the values of a column are, beside null for what is missing; a NaN is a number. */
export type ParquetType = "number" | "integer" | "text" | "truth";

export interface ParquetColumn {
  readonly name: string;
  /** Said, never guessed from the values: files of one kind of record have the same columns whatever they hold. */
  readonly type: ParquetType;
  readonly values: readonly (number | string | boolean | null)[];
}

const types: { readonly [type in ParquetType]: BasicType } = {
  number: "DOUBLE",
  integer: "INT64",
  text: "STRING",
  truth: "BOOLEAN",
};

/**
 * A Parquet file: float64, int64, UTF-8 and Boolean columns of one length, all of which may be null, with strings by key in its metadata. Equal columns
 * give equal bytes. Throws a LandauError of kind "input" for a value that is not of its column's type, columns of different lengths, and two of one name.
 */
export const packParquet = (
  columns: readonly ParquetColumn[],
  metadata: { readonly [key: string]: string } = {},
): Uint8Array => {
  columns.forEach(({ name, values }, i) => {
    if (values.length !== columns[0].values.length)
      throw invalid(`rows of column ${name}`, values.length, `${columns[0].values.length}, as the first column has`);
    if (columns.findIndex(other => other.name === name) < i) throw invalid("name of a column", name, "one of its own");
  });
  const bytes = parquetWriteBuffer({
    columnData: columns.map(sourceOf),
    kvMetadata: Object.entries(metadata).map(([key, value]) => ({ key, value })),
    createdBy: "landau",
  });
  return new Uint8Array(bytes);
};

const sourceOf = ({ name, type, values }: ParquetColumn): ColumnSource => {
  const wanted = { number: "number", integer: "number", text: "string", truth: "boolean" }[type];
  for (const value of values) {
    const isWrong = value !== null && (typeof value !== wanted || (type === "integer" && !Number.isSafeInteger(value)));
    if (isWrong) throw invalid(`a value of column ${name}`, value, `the type that it has: ${type}`);
  }
  const data = type === "integer" ? values.map(value => (value === null ? null : BigInt(value))) : [...values];
  // Its dictionaries know no -0.
  return { name, type: types[type], data, ...(type === "number" && { encoding: "PLAIN" as const }) };
};
