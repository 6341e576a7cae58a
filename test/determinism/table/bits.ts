import { sha256Hex } from "../../../src/lab/canonical.ts";

/** A hash of bits by the name of what was computed. */
export type Table = { readonly [name: string]: string };

type Numbers = Float32Array | Float64Array | Int32Array | Uint32Array;

/** The first half of the SHA-256 of arrays behind one another. What bits a not-a-number has is left to the engine: here all have the same. */
export const hashBits = (...arrays: readonly Numbers[]): string => {
  const parts = arrays.map(canonicalBytes);
  const all = new Uint8Array(parts.reduce((size, { length }) => size + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return sha256Hex(all).slice(0, 32);
};

const canonicalBytes = (array: Numbers): Uint8Array => {
  const copy = array.slice();
  const words = new Uint32Array(copy.buffer);
  const width = copy.BYTES_PER_ELEMENT / 4;
  // The high word of a float64 is its second.
  for (let i = 0; i < copy.length; i++)
    if (Number.isNaN(copy[i])) words.set(width === 1 ? [0x7fc00000] : [0, 0x7ff80000], i * width);
  return new Uint8Array(copy.buffer);
};
