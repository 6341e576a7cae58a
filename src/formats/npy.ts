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

/** An array whose numbers are read from the bytes when they are asked for. */
export interface NpyView {
  readonly shape: readonly number[];
  /** Whether its numbers are integers. */
  readonly integer: boolean;
  /** Distance of neighbours along each axis, in entries. */
  readonly strides: readonly number[];
  /** The entry at a distance from the first. 64-bit integers beyond 2^53 are refused, as they would be rounded. */
  at(place: number): number;
}

/**
 * An array in numpy's npy format, versions 1 to 3, in place.  [numpy.lib.format]
 *
 * Nothing in it is trusted; objects, which would be code, are refused with all else that is no number. Throws a LandauError of
 * kind "input" that names the file, the value and what was expected.
 */
export const viewNpy = (bytes: Uint8Array, fileName: string): NpyView => {
  const bad = (why: string): LandauError => new LandauError("input", `${fileName}: ${why}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!isNpy(bytes) || bytes.length < 10) throw bad("does not begin as an npy file does");
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
  const { read, bytes: width, integer } = format;
  return {
    shape,
    integer,
    strides: shape.map((_, axis) =>
      (fortran ? shape.slice(0, axis) : shape.slice(axis + 1)).reduce((product, extent) => product * extent, 1),
    ),
    at(place) {
      const value = read(view, from + place * width, little);
      if (integer && Math.abs(value) > Number.MAX_SAFE_INTEGER)
        throw bad(`entry ${place} is about ${value}: needs integers up to 2^53`);
      return value;
    },
  };
};

/** Whether bytes begin as an npy file does. */
export const isNpy = (bytes: Uint8Array): boolean => MAGIC.every((byte, i) => bytes[i] === byte);

/** The same as float64 in row-major order. */
export const readNpy = (bytes: Uint8Array, fileName: string): NamedArray & { readonly integer: boolean } => {
  const { shape, strides, integer, at } = viewNpy(bytes, fileName);
  const data = new Float64Array(shape.reduce((product, extent) => product * extent, 1));
  const index = new Array<number>(shape.length).fill(0);
  let place = 0;
  for (let i = 0; i < data.length; i++) {
    data[i] = at(place);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      place += strides[axis];
      if (++index[axis] < shape[axis]) break;
      place -= shape[axis] * strides[axis];
      index[axis] = 0;
    }
  }
  return { shape, data, integer };
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
    const found = new RegExp(`[ub]?(?:'${key}'|"${key}")\\s*:\\s*(${value})\\s*[,}]`).exec(text);
    if (!found) throw bad(`its header ${JSON.stringify(shown)} has no ${key} that an array of numbers has`);
    return found[1];
  };
  if (!/^\{.*\}$/s.test(text)) throw bad(`its header is ${JSON.stringify(shown)}: needs a dictionary`);
  // A list is a record of named fields.
  const descr = field("descr", `[ub]?'[^']*'|[ub]?"[^"]*"|\\[.*\\]`).replace(/^[ub]?["'[]|["'\]]$/g, "");
  const [, order, kind] = /^([<>|=])([fiub]\d+)$/.exec(descr) ?? [];
  if (kind === undefined || !Object.hasOwn(formats, kind))
    throw bad(
      `numbers of type ${JSON.stringify(descr)}: needs floats of 16 to 64 bits, integers or booleans${hintFor(descr)}`,
    );
  const fortran = field("fortran_order", "True|False") === "True";
  // Python 2 writes an L behind long integers.
  const shape = field("shape", "\\([\\dL\\s,]*\\)")
    .slice(1, -1)
    .split(",")
    .map(part => part.trim().replace(/L$/, ""))
    .filter(part => part !== "")
    .map(Number);
  if (shape.some(Number.isNaN))
    throw bad(`its header ${JSON.stringify(shown)} has no shape that an array of numbers has`);
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

/** What a type that is not read most likely is, and how to go on. numpy has no names for the short floats of ml_dtypes. */
const hintFor = (descr: string): string => {
  const as = (what: string, type = "float32") => `; ${what}: save x.astype(numpy.${type})`;
  if (/^[<>|=]?V2$/.test(descr) || descr === "bfloat16") return as("it is most likely bfloat16");
  if (/^[<>|=]?V1$|^[<>|=]?f1$/.test(descr)) return as("it is most likely a float of 8 bits");
  if (/^[<>|=]?f(12|16)$/.test(descr)) return as("it is a long double", "float64");
  if (/^[<>|=]?c\d+$/.test(descr)) return "; it is complex: save x.real and x.imag";
  return "";
};
