/** What the head of a page says. */
export interface PageHead {
  readonly kind: "data" | "dictionary" | "other";
  readonly values: number;
  readonly packed: number;
  readonly unpacked: number;
  /** The number of the encoding of its values. */
  readonly encoding: number;
  /** In version 2, bytes of levels, which lie before the values and are not packed; undefined in version 1, whose levels are the first of its unpacked bytes. */
  readonly levels?: { readonly repetition: number; readonly definition: number; readonly isPacked: boolean };
  /** Its bytes, as they lie in the file. */
  readonly bytes: Uint8Array;
}

/**
 * The heads of the pages that lie in bytes of a column, one after the other. Throws an Error for bytes that are no heads. [parquet.thrift of Apache Parquet,
 * in the compact protocol of Thrift]
 */
export function* pageHeads(bytes: Uint8Array): Generator<PageHead> {
  const reader = { bytes, at: 0 };
  while (reader.at < bytes.length - 1) {
    const found = new Map<string, number>();
    readStruct(reader, "", found, 0);
    const packed = found.get("3") ?? 0;
    if (!(packed >= 0 && packed <= bytes.length - reader.at))
      throw new Error(`a page of ${packed} bytes goes on behind its column`);
    const type = found.get("1") ?? -1;
    const { kind, field } = kinds[type] ?? { kind: "other", field: undefined };
    const count = field === undefined ? 0 : found.get(`${field}/1`);
    if (count === undefined) throw new Error(`a page of kind ${type} without its number of values`);
    const values = Math.max(count, found.get("8/3") ?? 0);
    const levels = type === 3 && {
      repetition: found.get("8/6") ?? 0,
      definition: found.get("8/5") ?? 0,
      isPacked: found.get("8/7") !== 0,
    };
    yield {
      ...{ kind, values, packed, unpacked: found.get("2") ?? 0 },
      encoding: found.get(type === 3 ? "8/4" : "5/2") ?? 0,
      ...(levels && { levels }),
      bytes: bytes.subarray(reader.at, reader.at + packed),
    };
    reader.at += packed;
  }
}

/** By the number of their type: what they are, and the field with the rest of their head. */
const kinds: { readonly [type: number]: { readonly kind: PageHead["kind"]; readonly field: number } } = {
  0: { kind: "data", field: 5 },
  2: { kind: "dictionary", field: 7 },
  3: { kind: "data", field: 8 },
};

interface Reader {
  readonly bytes: Uint8Array;
  at: number;
}

const STRUCT = 12;

/** Whole numbers of a struct by the places of their fields, such as "5/1". */
const readStruct = (reader: Reader, path: string, found: Map<string, number>, depth: number): void => {
  if (depth > 8) throw new Error("a head within heads");
  for (let field = 0; ; ) {
    const head = byte(reader);
    const type = head & 15;
    if (type === 0) return;
    field = head >> 4 ? field + (head >> 4) : zigzag(reader);
    readValue(reader, type, `${path}${field}`, found, depth);
  }
};

const readValue = (reader: Reader, type: number, path: string, found: Map<string, number>, depth: number): void => {
  // True and false are kinds of their own.
  if (type === 1 || type === 2) found.set(path, 2 - type);
  else if (type === 3) reader.at++;
  else if (type >= 4 && type <= 6) found.set(path, zigzag(reader));
  else if (type === 7) reader.at += 8;
  else if (type === 8) {
    const length = varint(reader);
    reader.at += length;
  } else if (type === STRUCT) readStruct(reader, `${path}/`, found, depth + 1);
  else throw new Error(`a field of kind ${type} in the head of a page`);
  if (reader.at > reader.bytes.length) throw new Error("the head of a page breaks off");
};

const byte = (reader: Reader): number => {
  if (reader.at >= reader.bytes.length) throw new Error("the head of a page breaks off");
  return reader.bytes[reader.at++];
};

const varint = (reader: Reader): number => {
  let value = 0;
  for (let factor = 1; ; factor *= 128) {
    const next = byte(reader);
    value += (next & 127) * factor;
    if (next < 128) return value;
    if (factor > 1e15) throw new Error("a number of more than 8 bytes in the head of a page");
  }
};

const zigzag = (reader: Reader): number => {
  const value = varint(reader);
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
};
