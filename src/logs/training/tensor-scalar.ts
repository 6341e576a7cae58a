import { fixed, type ProtoReader, part, signedVarint, skipValue, varint } from "../../formats/protobuf.ts";
import { bfloatToNumber, halfToNumber } from "../../formats/short-floats.ts";

/** Types of numbers by TensorFlow's code: how a number lies in `tensor_content`. */
const CONTENT: { readonly [type: number]: readonly [size: number, read: (view: DataView, at: number) => number] } = {
  1: [4, (view, at) => view.getFloat32(at, true)],
  2: [8, (view, at) => view.getFloat64(at, true)],
  3: [4, (view, at) => view.getInt32(at, true)],
  4: [1, (view, at) => view.getUint8(at)],
  5: [2, (view, at) => view.getInt16(at, true)],
  6: [1, (view, at) => view.getInt8(at)],
  9: [8, (view, at) => Number(view.getBigInt64(at, true))],
  10: [1, (view, at) => view.getUint8(at)],
  14: [2, (view, at) => bfloatToNumber(view.getUint16(at, true))],
  17: [2, (view, at) => view.getUint16(at, true)],
  19: [2, (view, at) => halfToNumber(view.getUint16(at, true))],
  22: [4, (view, at) => view.getUint32(at, true)],
  23: [8, (view, at) => Number(view.getBigUint64(at, true))],
};
const HALF = 19;
const BFLOAT = 14;

/** The number that a tensor without axes, or with one entry, holds; undefined for any other tensor.  [tensor.proto of TensorFlow] */
export const tensorScalar = (reader: ProtoReader): number | undefined => {
  let type = 0;
  let entries = 1;
  let value: number | undefined;
  let content: ProtoReader | undefined;
  while (reader.at < reader.to) {
    const key = varint(reader);
    const field = key >>> 3;
    if (key === 0x08) type = varint(reader);
    else if (key === 0x12) entries = entriesOf(part(reader));
    else if (key === 0x22) content = part(reader);
    else if (field === 5 || field === 6 || INTEGERS.includes(field)) {
      const inner = (key & 7) === 2 ? part(reader) : reader;
      if (inner !== reader && inner.at === inner.to) continue;
      if (field === 5) value = fixed(inner, 4);
      else if (field === 6) value = fixed(inner, 8);
      else value = signedVarint(inner);
    } else skipValue(reader, key);
  }
  if (entries !== 1 || !Object.hasOwn(CONTENT, type)) return undefined;
  if (content && content.to > content.at) {
    const [size, read] = CONTENT[type];
    return content.to - content.at === size ? read(content.view, content.at) : undefined;
  }
  // Zeros at the end, and so a single one, need not be written.
  value ??= 0;
  return type === HALF ? halfToNumber(value) : type === BFLOAT ? bfloatToNumber(value) : value;
};

/** int_val, int64_val, bool_val, half_val, uint32_val, uint64_val. */
const INTEGERS = [7, 10, 11, 13, 16, 17];

const entriesOf = (shape: ProtoReader): number => {
  let entries = 1;
  while (shape.at < shape.to) {
    const key = varint(shape);
    if (key !== 0x12) {
      skipValue(shape, key);
      continue;
    }
    const axis = part(shape);
    let size = 0;
    while (axis.at < axis.to) {
      const inner = varint(axis);
      if (inner === 0x08) size = varint(axis);
      else skipValue(axis, inner);
    }
    entries *= size;
  }
  return entries;
};
