import { unzlibSync } from "fflate";
import { snappyUncompress } from "hyparquet";
import { unpackBloscLz } from "./blosclz.ts";
import { unpackLz4 } from "./lz4.ts";
import type { UnpackZstd } from "./zstd.ts";

const HEAD = 16;
const [SHUFFLED, COPIED, BIT_SHUFFLED, WHOLE] = [1, 2, 4, 16];
/** From so many numbers on, and up to so many bytes in each, a block is packed in as many streams as a number has bytes. */
const [LEAST_SPLIT, MOST_SPLITS] = [128, 16];

/** What the first bytes of a chunk say of its size. */
export const sizeOfBlosc = (chunk: Uint8Array): number => {
  if (chunk.length < HEAD) throw new Error(`${chunk.length} bytes of blosc: needs at least ${HEAD}`);
  return wordAt(chunk, 4);
};

/**
 * Unpacks a chunk of Blosc 1. Throws an Error where it is damaged: the usual decoder for browsers then gives what lay in its memory before.
 * [c-blosc, README_CHUNK_FORMAT.rst and blosc.c]
 */
export const unpackBlosc = (chunk: Uint8Array, unpackZstd: UnpackZstd): Uint8Array => {
  const size = sizeOfBlosc(chunk);
  const [flags, width, blockSize, packed] = [chunk[2], Math.max(1, chunk[3]), wordAt(chunk, 8), wordAt(chunk, 12)];
  const damaged = (what: string): Error => new Error(`blosc: ${what}: was it damaged?`);
  if (packed !== chunk.length) throw damaged(`${packed} bytes, of which there are ${chunk.length}`);
  if (flags & COPIED) {
    if (chunk.length !== HEAD + size) throw damaged(`${size} bytes copied, of which there are ${chunk.length - HEAD}`);
    return chunk.slice(HEAD);
  }
  const blocks = Math.ceil(size / blockSize);
  if (size > 0 && !(blockSize > 0 && HEAD + 4 * blocks <= chunk.length))
    throw damaged(`${size} bytes in blocks of ${blockSize}`);
  const unpack = codecs[flags >> 5]?.(unpackZstd);
  if (!unpack) throw damaged(`packed by codec ${flags >> 5}`);
  const out = new Uint8Array(size);
  for (let block = 0; block < size / blockSize; block++) {
    const length = Math.min(blockSize, size - block * blockSize);
    const isSplit =
      !(flags & WHOLE) && width <= MOST_SPLITS && length === blockSize && blockSize / width >= LEAST_SPLIT;
    const streams = isSplit ? width : 1;
    const part = Math.floor(length / streams);
    const bytes = new Uint8Array(length);
    let at = wordAt(chunk, HEAD + 4 * block);
    for (let stream = 0; stream < streams; stream++) {
      const count = at + 4 <= chunk.length ? wordAt(chunk, at) : -1;
      at += 4;
      if (!(at >= HEAD && count >= 0 && at + count <= chunk.length)) throw damaged(`a block at byte ${at}`);
      const stored = chunk.subarray(at, at + count);
      const given = count === part ? stored : unpack(stored, part);
      if (given.length !== part) throw damaged(`a block of ${given.length} bytes: needs ${part}`);
      bytes.set(given, stream * part);
      at += count;
    }
    const order = flags & SHUFFLED && width > 1 ? unshuffled : flags & BIT_SHUFFLED ? bitUnshuffled : undefined;
    out.set(order ? order(bytes, width) : bytes, block * blockSize);
  }
  return out;
};

type Unpack = (bytes: Uint8Array, size: number) => Uint8Array;

/** By the number of their format: what unpacks a stream into so many bytes. */
const codecs: { readonly [format: number]: (zstd: UnpackZstd) => Unpack } = {
  0: () => unpackBloscLz,
  1: () => unpackLz4,
  2: () => (bytes, size) => {
    const out = new Uint8Array(size);
    snappyUncompress(bytes, out);
    return out;
  },
  3: () => (bytes, size) => unzlibSync(bytes, { out: new Uint8Array(size) }),
  4: zstd => zstd,
};

/** The bytes of each number stand side by side again: first there were all first bytes, then all second ones. */
const unshuffled = (bytes: Uint8Array, width: number): Uint8Array => {
  const out = bytes.slice();
  const count = Math.floor(bytes.length / width);
  for (let byte = 0; byte < width; byte++)
    for (let i = 0; i < count; i++) out[i * width + byte] = bytes[byte * count + i];
  return out;
};

/** The same with bits, where there are eight numbers or a multiple. */
const bitUnshuffled = (bytes: Uint8Array, width: number): Uint8Array => {
  const out = bytes.slice();
  const count = Math.floor(bytes.length / width);
  if (count % 8 !== 0) return out;
  out.fill(0, 0, count * width);
  for (let bit = 0; bit < 8 * width; bit++)
    for (let i = 0; i < count; i++) {
      const value = (bytes[(bit * count) / 8 + (i >> 3)] >> (i & 7)) & 1;
      out[i * width + (bit >> 3)] |= value << (bit & 7);
    }
  return out;
};

const wordAt = (bytes: Uint8Array, at: number): number =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at, true);
