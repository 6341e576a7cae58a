import type { NamedArray } from "../contracts/protocol.ts";
import { LandauError } from "../errors.ts";
import { halfToNumber } from "./short-floats.ts";

type Read = (view: DataView, at: number, little: boolean) => number;

/** Kind and bytes of one number -> how it is read. */
const formats: { readonly [kind: string]: { readonly bytes: number; readonly read: Read } } = {
  f8: { bytes: 8, read: (view, at, little) => view.getFloat64(at, little) },
  f4: { bytes: 4, read: (view, at, little) => view.getFloat32(at, little) },
  f2: { bytes: 2, read: (view, at, little) => halfToNumber(view.getUint16(at, little)) },
  i8: { bytes: 8, read: (view, at, little) => Number(view.getBigInt64(at, little)) },
  i4: { bytes: 4, read: (view, at, little) => view.getInt32(at, little) },
  i2: { bytes: 2, read: (view, at, little) => view.getInt16(at, little) },
  i1: { bytes: 1, read: (view, at) => view.getInt8(at) },
  u8: { bytes: 8, read: (view, at, little) => Number(view.getBigUint64(at, little)) },
  u4: { bytes: 4, read: (view, at, little) => view.getUint32(at, little) },
  u2: { bytes: 2, read: (view, at, little) => view.getUint16(at, little) },
  u1: { bytes: 1, read: (view, at) => view.getUint8(at) },
  b1: { bytes: 1, read: (view, at) => view.getUint8(at) },
};

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
/** numpy's own is below 10 000. */
const LARGEST_HEADER = 65536;
/** numpy has 64 axes at most. */
const MOST_AXES = 64;

/**
 * An array in numpy's npy format, versions 1 to 3, as float64 in row-major order, and whether its numbers are integers; 64-bit integers beyond 2^53 are refused, as they would be
 * rounded.  [numpy.lib.format]
 *
 * Nothing in it is trusted; objects, which would be code, are refused with all else that is no number. Throws a LandauError of
 * kind "input" that names the file, the value and what was expected.
 */
export const readNpy = (bytes: Uint8Array, fileName: string): NamedArray & { readonly integer: boolean } => {
  const bad = (why: string): LandauError => new LandauError("input", `${fileName}: ${why}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 10 || MAGIC.some((byte, i) => bytes[i] !== byte)) throw bad("does not begin as an npy file does");
  const version = bytes[6];
  if (version < 1 || version > 3) throw bad(`npy version ${version}: needs 1, 2 or 3`);
  const lengthBytes = version === 1 ? 2 : 4;
  const begin = 8 + lengthBytes;
  if (bytes.length < begin) throw bad("ends inside its header");
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > LARGEST_HEADER) throw bad(`a header of ${length} bytes: needs at most ${LARGEST_HEADER}`);
  if (length > bytes.length - begin)
    throw bad(`a header of ${length} bytes: the file has ${bytes.length - begin} more`);
  const { format, little, shape, fortran } = readHeader(bytes.subarray(begin, begin + length), bad);
  const size = shape.reduce((product, extent) => product * extent, 1);
  const needed = size * format.bytes;
  const from = begin + length;
  if (needed !== bytes.length - from)
    throw bad(`shape (${shape.join(", ")}) needs ${needed} bytes: the file has ${bytes.length - from}`);
  const data = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    const value = format.read(view, from + i * format.bytes, little);
    if (Math.abs(value) > Number.MAX_SAFE_INTEGER && format.integer)
      throw bad(`entry ${i} is about ${value}: needs integers up to 2^53`);
    data[i] = value;
  }
  return { shape, data: fortran ? rowMajor(data, shape) : data, integer: format.integer };
};

interface Header {
  readonly format: { readonly bytes: number; readonly read: Read; readonly integer: boolean };
  readonly little: boolean;
  readonly shape: readonly number[];
  readonly fortran: boolean;
}

/** A Python dictionary of three known keys: nothing else is understood, and nothing is evaluated. */
const readHeader = (bytes: Uint8Array, bad: (why: string) => LandauError): Header => {
  const text = new TextDecoder("latin1").decode(bytes).trim();
  const shown = text.length > 120 ? `${text.slice(0, 117)}...` : text;
  const field = (key: string, value: string): string => {
    const found = new RegExp(`'${key}'\\s*:\\s*(${value})\\s*[,}]`).exec(text);
    if (!found) throw bad(`its header ${JSON.stringify(shown)} has no ${key} that an array of numbers has`);
    return found[1];
  };
  if (!/^\{.*\}$/s.test(text)) throw bad(`its header is ${JSON.stringify(shown)}: needs a dictionary`);
  // A list is a record of named fields.
  const descr = field("descr", "'[^']*'|\\[.*\\]").slice(1, -1);
  const [, order, kind] = /^([<>|=])([fiub]\d+)$/.exec(descr) ?? [];
  if (kind === undefined || !Object.hasOwn(formats, kind))
    throw bad(`numbers of type ${JSON.stringify(descr)}: needs floats of 16 to 64 bits, integers or booleans`);
  const fortran = field("fortran_order", "True|False") === "True";
  const shape = field("shape", "\\([\\d\\s,]*\\)")
    .slice(1, -1)
    .split(",")
    .map(part => part.trim())
    .filter(part => part !== "")
    .map(Number);
  if (shape.length > MOST_AXES) throw bad(`${shape.length} axes: needs at most ${MOST_AXES}`);
  if (!Number.isSafeInteger(shape.reduce((product, extent) => product * extent, 8)))
    throw bad(`shape (${shape.join(", ")}) is larger than any file`);
  return {
    format: { ...formats[kind], integer: kind[0] === "i" || kind[0] === "u" },
    little: order !== ">",
    shape,
    fortran,
  };
};

/** From column-major to row-major order. */
const rowMajor = (data: Float64Array, shape: readonly number[]): Float64Array => {
  const out = new Float64Array(data.length);
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((product, extent) => product * extent, 1));
  const index = new Array<number>(shape.length).fill(0);
  for (let i = 0; i < out.length; i++) {
    out[i] = data[index.reduce((sum, at, axis) => sum + at * strides[axis], 0)];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      if (++index[axis] < shape[axis]) break;
      index[axis] = 0;
    }
  }
  return out;
};
