/** Where a reader of protobuf stands: the next byte, and the one behind the message. */
export interface ProtoReader {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  at: number;
  readonly to: number;
}

export const protoReader = (bytes: Uint8Array, view: DataView, from: number, to: number): ProtoReader => ({
  bytes,
  view,
  at: from,
  to,
});

/** What is no message of protobuf: a length or a number goes beyond the end. Caught by those who know the place. */
export class ProtoError extends Error {}

/** A number of up to 64 bits, the lower 53 exactly, as an unsigned one.  [Protocol Buffers, Encoding] */
export const varint = (reader: ProtoReader): number => {
  const { bytes, to } = reader;
  let { at } = reader;
  let low = 0;
  let factor = 1;
  for (let i = 0; i < 10; i++) {
    if (at >= to) throw new ProtoError("a number goes on behind its end");
    const byte = bytes[at++];
    low += (byte & 0x7f) * factor;
    if (byte < 0x80) {
      reader.at = at;
      return low;
    }
    factor *= 128;
  }
  throw new ProtoError("a number of more than 10 bytes");
};

/** The same as a signed number of 64 bits, as steps and integers are. */
export const signedVarint = (reader: ProtoReader): number => {
  const { at } = reader;
  const value = varint(reader);
  // Negative numbers have ten bytes.
  if (reader.at - at < 10) return value;
  let bits = 0n;
  for (let i = reader.at - 1; i >= at; i--) bits = (bits << 7n) | BigInt(reader.bytes[i] & 0x7f);
  return Number(BigInt.asIntN(64, bits));
};

/** The end of a part of a given length that begins here. */
export const partEnd = (reader: ProtoReader): number => {
  const length = varint(reader);
  if (length > reader.to - reader.at) throw new ProtoError(`${length} bytes go on behind their end`);
  return reader.at + length;
};

/** A message inside, which the reader is behind then. */
export const part = (reader: ProtoReader): ProtoReader => {
  const to = partEnd(reader);
  const inner = { bytes: reader.bytes, view: reader.view, at: reader.at, to };
  reader.at = to;
  return inner;
};

export const fixed = (reader: ProtoReader, size: 4 | 8): number => {
  if (reader.at + size > reader.to) throw new ProtoError("a number goes on behind its end");
  const { at } = reader;
  reader.at += size;
  return size === 4 ? reader.view.getFloat32(at, true) : reader.view.getFloat64(at, true);
};

const UTF8 = new TextDecoder();
export const textPart = (reader: ProtoReader): string => {
  const to = partEnd(reader);
  const text = UTF8.decode(reader.bytes.subarray(reader.at, to));
  reader.at = to;
  return text;
};

/** Passes over the value of a field whose key was read. */
export const skipValue = (reader: ProtoReader, key: number): void => {
  const wire = key & 7;
  if (wire === 0) varint(reader);
  else if (wire === 1) reader.at += 8;
  else if (wire === 2) reader.at = partEnd(reader);
  else if (wire === 5) reader.at += 4;
  else throw new ProtoError(`a value of kind ${wire}`);
  if (reader.at > reader.to) throw new ProtoError("a number goes on behind its end");
};
