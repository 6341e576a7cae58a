import type { NamedArray } from "../contracts/protocol.ts";

/** The magic string, then version 1.0. */
const BEGINNING = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0];
/** numpy asks that the numbers begin at a multiple of it. */
const ALIGNMENT = 8;

/** An npy file, as numpy reads it: little-endian float64 in row-major order.  [numpy.lib.format, version 1.0] */
export const packNpy = ({ shape, data }: NamedArray): Uint8Array => {
  const tuple = shape.length === 1 ? `${shape[0]},` : shape.join(",");
  const described = `{'descr':'<f8','fortran_order':False,'shape':(${tuple})}`;
  const unpadded = BEGINNING.length + 2 + described.length + 1;
  const header = `${described}${" ".repeat(ALIGNMENT - (unpadded % ALIGNMENT))}\n`;
  const begin = BEGINNING.length + 2 + header.length;
  const bytes = new Uint8Array(begin + 8 * data.length);
  const view = new DataView(bytes.buffer);
  bytes.set(BEGINNING);
  view.setUint16(BEGINNING.length, header.length, true);
  bytes.set(new TextEncoder().encode(header), BEGINNING.length + 2);
  for (let i = 0; i < data.length; i++) view.setFloat64(begin + 8 * i, data[i], true);
  return bytes;
};
