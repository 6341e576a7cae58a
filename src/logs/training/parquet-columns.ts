import type { FileMetaData, ParquetParsers, SchemaElement } from "hyparquet";

/** What a cell of a column stands for: a number, a word, or undefined for nothing. Dates are seconds since 1970, times of a day seconds since midnight. */
export type CellOf = (value: unknown) => number | string | undefined;

/** A column that holds one value a row. */
export interface FlatColumn {
  readonly name: string;
  readonly cellOf: CellOf;
  readonly isDate: boolean;
}

export interface Columns {
  readonly flat: readonly FlatColumn[];
  /** Names of those that are not read: of lists and structs, and of bytes that are no text. */
  readonly nested: readonly string[];
  readonly bytes: readonly string[];
  /** The schema for the reader, without what it would round or refuse: it gives decimals, intervals and the like as they are stored. */
  readonly schema: SchemaElement[];
}

/** The columns of a file, by its schema. */
export const columnsOf = (schema: readonly SchemaElement[]): Columns => {
  const flat: FlatColumn[] = [];
  const [nested, bytes]: [string[], string[]] = [[], []];
  const stored = [...schema];
  const passOver = (from: number): number => {
    let at = from + 1;
    for (let child = 0; child < (schema[from]?.num_children ?? 0) && at < schema.length; child++) at = passOver(at);
    return at;
  };
  for (let at = 1; at < schema.length; at = passOver(at)) {
    const element = schema[at];
    const { name, type, num_children, repetition_type } = element;
    if (num_children || repetition_type === "REPEATED") {
      nested.push(name);
      continue;
    }
    const kind = kindOf(element);
    if (kind === "decimal" || kind === "stored")
      stored[at] = { name, type, type_length: element.type_length, repetition_type };
    // Half floats and identities have their own readers.
    if (type === "FIXED_LEN_BYTE_ARRAY" && kind !== "decimal" && kind !== "FLOAT16" && kind !== "UUID")
      bytes.push(name);
    else flat.push({ name, cellOf: cellsOf(element, kind), isDate: kind === "date" });
  }
  return { flat, nested, bytes, schema: stored };
};

const kindOf = ({ converted_type: converted, logical_type: logical, type }: SchemaElement): string => {
  if (converted === "DECIMAL" || logical?.type === "DECIMAL") return "decimal";
  if (/^TIME_/.test(converted ?? "") || logical?.type === "TIME") return "time";
  if (/^(DATE|TIMESTAMP)/.test(converted ?? logical?.type ?? "") || (type === "INT96" && !converted)) return "date";
  if (/^(JSON|BSON|INTERVAL)$/.test(converted ?? "") || /^GEO/.test(logical?.type ?? "")) return "stored";
  return logical?.type ?? "";
};

const cellsOf = (element: SchemaElement, kind: string): CellOf => {
  const { converted_type: converted, logical_type: logical } = element;
  if (kind === "decimal") return decimalCell(element.scale ?? (logical?.type === "DECIMAL" ? logical.scale : 0));
  if (kind === "time") {
    const unit = logical?.type === "TIME" ? logical.unit : converted === "TIME_MILLIS" ? "MILLIS" : "MICROS";
    const perSecond = PER_SECOND[unit];
    return value => (value === null || value === undefined ? undefined : Number(value) / perSecond);
  }
  // Where the reader keeps the sign of a number that has none.
  if (converted === "UINT_64" || (logical?.type === "INTEGER" && logical.bitWidth === 64 && !logical.isSigned))
    return value => (typeof value === "bigint" ? Number(BigInt.asUintN(64, value)) : plainCell(value));
  return plainCell;
};

const plainCell: CellOf = value => {
  if (typeof value === "number" || typeof value === "string") return value;
  if (typeof value === "bigint") return Number(value);
  return typeof value === "boolean" ? Number(value) : undefined;
};

const PER_SECOND = { MILLIS: 1e3, MICROS: 1e6, NANOS: 1e9 };

/** Bytes of a decimal: 32 have the 76 digits that Arrow has at most. What is longer is damaged. */
const MOST_BYTES = 64;

/** The float nearest to a decimal: the reader multiplies by a power of ten, which makes 1.9999999999999998 of 2.00000. */
const decimalCell = (scale: number): CellOf => {
  return value => {
    const digits =
      value instanceof Uint8Array && value.length <= MOST_BYTES
        ? signedOf(value)
        : typeof value === "number" || typeof value === "bigint"
          ? value
          : undefined;
    return digits === undefined ? undefined : Number(`${digits}e${-scale}`);
  };
};

/** Bytes as a number in the two's complement, the largest first. */
const signedOf = (bytes: Uint8Array): bigint => {
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte);
  return BigInt.asIntN(8 * bytes.length, value);
};

/** Dates as seconds since 1970, with all digits that they have. */
export const DATES: Partial<ParquetParsers> = {
  timestampFromMilliseconds: millis => Number(millis) / 1e3,
  timestampFromMicroseconds: micros => Number(micros) / 1e6,
  timestampFromNanoseconds: nanos => Number(nanos) / 1e9,
  dateFromDays: days => days * 86_400,
};

/** An index that pandas has put down as a rule, and not as a column: start, start + step, ... */
export interface RangeIndex {
  readonly name: string;
  readonly start: number;
  readonly step: number;
}

/**
 * The index of a table of pandas that is no column, of as many rows as the file has. Since pandas 3 `set_index("step")` makes one of evenly spaced numbers.
 * Without a name it has the one that pandas gives to its columns. Undefined where there is none, and for one that counts the rows and has no name.
 */
export const rangeIndexOf = ({ key_value_metadata, num_rows }: FileMetaData): RangeIndex | undefined => {
  const text = key_value_metadata?.find(({ key }) => key === "pandas")?.value;
  let found: unknown;
  try {
    found = JSON.parse(text ?? "{}").index_columns?.[0];
  } catch {
    return undefined;
  }
  if (typeof found !== "object" || found === null) return undefined;
  const { kind, name, start, stop, step } = found as { readonly [key: string]: unknown };
  if (kind !== "range" || typeof start !== "number" || typeof stop !== "number" || typeof step !== "number")
    return undefined;
  // Rows that were taken away by something else leave the rule as it was.
  if (step === 0 || Math.ceil((stop - start) / step) !== Number(num_rows)) return undefined;
  if (typeof name === "string") return { name, start, step };
  return start === 0 && step === 1 ? undefined : { name: "__index_level_0__", start, step };
};
