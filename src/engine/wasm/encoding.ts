/** Bytes of the WebAssembly binary format. */

export const unsigned = (value: number): number[] => {
  const bytes: number[] = [];
  let rest = value;
  do {
    const low = rest & 0x7f;
    rest = Math.floor(rest / 128);
    bytes.push(rest === 0 ? low : low | 0x80);
  } while (rest !== 0);
  return bytes;
};

export const signed = (value: number): number[] => {
  const bytes: number[] = [];
  let rest = value;
  while (true) {
    const low = rest & 0x7f;
    rest >>= 7;
    const isLast = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0);
    bytes.push(isLast ? low : low | 0x80);
    if (isLast) return bytes;
  }
};

export const text = (value: string): number[] => {
  const bytes = [...new TextEncoder().encode(value)];
  return [...unsigned(bytes.length), ...bytes];
};

/** Parts of code, one after the other. */
export type Bytes = ArrayLike<number>;

export const joined = (parts: readonly Bytes[]): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let end = 0;
  for (const part of parts) {
    bytes.set(part, end);
    end += part.length;
  }
  return bytes;
};

export const vector = (items: readonly Bytes[]): Bytes => joined([unsigned(items.length), ...items]);

export const section = (id: number, body: Bytes): Bytes => joined([[id], unsigned(body.length), body]);

const numberBytes = new DataView(new ArrayBuffer(8));

export const float32 = (value: number): number[] => {
  numberBytes.setFloat32(0, value, true);
  return [0, 1, 2, 3].map(i => numberBytes.getUint8(i));
};

export const float64 = (value: number): number[] => {
  numberBytes.setFloat64(0, value, true);
  return [0, 1, 2, 3, 4, 5, 6, 7].map(i => numberBytes.getUint8(i));
};
