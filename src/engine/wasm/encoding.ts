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

export const vector = (items: readonly (readonly number[])[]): number[] => [...unsigned(items.length), ...items.flat()];

export const section = (id: number, body: readonly number[]): number[] => [id, ...unsigned(body.length), ...body];

const numberBytes = new DataView(new ArrayBuffer(8));

export const float32 = (value: number): number[] => {
  numberBytes.setFloat32(0, value, true);
  return [0, 1, 2, 3].map(i => numberBytes.getUint8(i));
};

export const float64 = (value: number): number[] => {
  numberBytes.setFloat64(0, value, true);
  return [0, 1, 2, 3, 4, 5, 6, 7].map(i => numberBytes.getUint8(i));
};
