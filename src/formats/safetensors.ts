import type { NamedArray } from "../contracts/protocol.ts";
import { LandauError } from "../errors.ts";
import { findDuplicateKey } from "./duplicate-key.ts";
import { bfloatToNumber, halfToNumber } from "./short-floats.ts";

/** An array of a file of weights: row-major, with the name of its numbers' format in the file. */
export interface Tensor extends NamedArray {
  readonly dtype: string;
  readonly integer: boolean;
}

/** Bytes of one number, and how it is read. 64-bit integers beyond 2^53 are refused, as they would be rounded. */
const formats: {
  readonly [dtype: string]: { readonly bytes: number; read(view: DataView, at: number): number };
} = {
  BOOL: { bytes: 1, read: (view, at) => view.getUint8(at) },
  U8: { bytes: 1, read: (view, at) => view.getUint8(at) },
  I8: { bytes: 1, read: (view, at) => view.getInt8(at) },
  U16: { bytes: 2, read: (view, at) => view.getUint16(at, true) },
  I16: { bytes: 2, read: (view, at) => view.getInt16(at, true) },
  U32: { bytes: 4, read: (view, at) => view.getUint32(at, true) },
  I32: { bytes: 4, read: (view, at) => view.getInt32(at, true) },
  U64: { bytes: 8, read: (view, at) => Number(view.getBigUint64(at, true)) },
  I64: { bytes: 8, read: (view, at) => Number(view.getBigInt64(at, true)) },
  F16: { bytes: 2, read: (view, at) => halfToNumber(view.getUint16(at, true)) },
  BF16: { bytes: 2, read: (view, at) => bfloatToNumber(view.getUint16(at, true)) },
  F32: { bytes: 4, read: (view, at) => view.getFloat32(at, true) },
  F64: { bytes: 8, read: (view, at) => view.getFloat64(at, true) },
};

/** Headers of real files are far smaller; a larger one is a mistake or an attack. As in the format's reference implementation. */
const LARGEST_HEADER = 100_000_000;

/**
 * The arrays of a safetensors file by name: an unsigned 64-bit length, a header in JSON, the numbers.
 * [github.com/huggingface/safetensors, README, "Format"]
 *
 * Nothing in the file is trusted: the length, the header's form, every format, shape and offset are checked, arrays may not
 * overlap, and all bytes must belong to one. Throws a LandauError of kind "input" that names the file, the place, the value
 * and what was expected.
 */
export const readSafetensors = (bytes: Uint8Array, fileName: string): { readonly [name: string]: Tensor } => {
  const bad = (why: string): LandauError => new LandauError("input", `${fileName}: ${why}`);
  if (bytes.length < 8) throw bad(`${bytes.length} bytes: a safetensors file begins with 8 bytes of length`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getBigUint64(0, true);
  if (length > BigInt(Math.min(LARGEST_HEADER, bytes.length - 8)))
    throw bad(
      `byte 0: the header has ${length} bytes, but the file has ${bytes.length - 8} more. Is it a safetensors file?`,
    );
  const begin = 8 + Number(length);
  const header = parseHeader(bytes.subarray(8, begin), bad);
  const places = Object.entries(header)
    .filter(([name]) => name !== "__metadata__")
    .map(([name, entry]) => ({ name, ...checkedPlace(name, entry, bytes.length - begin, bad) }))
    .sort((a, b) => a.from - b.from || a.to - b.to);
  let end = 0;
  for (const { name, from, to } of places) {
    if (from < end) throw bad(`${name}: bytes ${from} to ${to} overlap those of another array, which end at ${end}`);
    if (from > end) throw bad(`${name}: bytes ${end} to ${from} before it belong to no array`);
    end = to;
  }
  if (end !== bytes.length - begin) throw bad(`${bytes.length - begin - end} bytes at the end belong to no array`);

  const tensors: [string, Tensor][] = places.map(({ name, dtype, shape, from, to }) => {
    const { bytes: width, read } = formats[dtype];
    const data = new Float64Array((to - from) / width);
    for (let i = 0; i < data.length; i++) {
      data[i] = read(view, begin + from + i * width);
      if (width === 8 && dtype !== "F64" && !Number.isSafeInteger(data[i]))
        throw bad(`${name}, entry ${i}: the integer ${data[i]} is too large to be held without rounding`);
    }
    return [name, { dtype, shape, data, integer: /^[UI]/.test(dtype) }];
  });
  // A name such as __proto__ is a name like any other.
  return Object.assign(Object.create(null), Object.fromEntries(tensors));
};

type Bad = (why: string) => LandauError;

const parseHeader = (bytes: Uint8Array, bad: Bad): object => {
  let text: string;
  let header: unknown;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    header = JSON.parse(text);
  } catch (cause) {
    throw bad(`the header is no JSON: ${(cause as Error).message}`);
  }
  if (!isRecord(header)) throw bad("the header is no JSON object");
  const twice = findDuplicateKey(text);
  if (twice) throw bad(`the header has ${JSON.stringify(twice.key)} twice`);
  return header;
};

const checkedPlace = (name: string, entry: unknown, available: number, bad: Bad) => {
  if (!isRecord(entry)) throw bad(`${name}: needs an object with dtype, shape and data_offsets`);
  const { dtype, shape, data_offsets: offsets } = entry;
  if (typeof dtype !== "string" || !Object.hasOwn(formats, dtype))
    throw bad(`${name}: dtype ${JSON.stringify(dtype)} is not one of ${Object.keys(formats).join(", ")}`);
  if (!isLengths(shape)) throw bad(`${name}: shape ${JSON.stringify(shape)} is no list of whole numbers from 0`);
  if (!isLengths(offsets) || offsets.length !== 2)
    throw bad(`${name}: data_offsets ${JSON.stringify(offsets)} are not two whole numbers from 0`);
  const [from, to] = offsets;
  if (from > to || to > available)
    throw bad(`${name}: data_offsets ${from} to ${to} must ascend and stay within the ${available} bytes of data`);
  const size = shape.reduce((product, length) => product * length, 1);
  if (size * formats[dtype].bytes !== to - from)
    throw bad(
      `${name}: ${to - from} bytes: ${dtype} of shape [${shape.join(", ")}] needs ${size * formats[dtype].bytes}`,
    );
  return { dtype, shape, from, to };
};

const isRecord = (value: unknown): value is { readonly [name: string]: unknown } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isLengths = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && value.every(length => Number.isSafeInteger(length) && length >= 0);
