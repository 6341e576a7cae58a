import { sizeOfBlosc, unpackBlosc } from "../formats/blosc.ts";
import { unpackLz4 } from "../formats/lz4.ts";
import { sizeOfZstd, zstdDecoder } from "../formats/zstd.ts";

type Registry = typeof import("zarrita")["registry"];

/** Most bytes of one chunk, unpacked. */
export const LARGEST_CHUNK = 250_000_000;

const guarded = new WeakSet<Registry>();

/**
 * Takes the codecs that believe the size in front of their bytes only where it can be one. Damaged pieces of zstd are ones that zarrita's own codec may
 * never come back from: they are unpacked by another one, into the size of the chunk where they do not say their own.
 */
export const guardCodecs = (registry: Registry): void => {
  if (guarded.has(registry)) return;
  guarded.add(registry);
  const { zstd, blosc, lz4 } = Object.fromEntries(["zstd", "blosc", "lz4"].map(name => [name, registry.get(name)]));
  guard(registry, "zstd", zstd, async chunk => {
    const unpack = await zstdDecoder();
    return bytes => {
      const size = sizeOfZstd(bytes) ?? bytesOf(chunk);
      if (size === undefined) throw new Error(`a frame of zstd without a size, in chunks of ${chunk.dataType}`);
      return unpack(bytes, checked(size));
    };
  });
  guard(registry, "blosc", blosc, async () => {
    const unpack = await zstdDecoder();
    return bytes => {
      checked(sizeOfBlosc(bytes));
      return unpackBlosc(bytes, unpack);
    };
  });
  guardNumbers(registry);
  guard(registry, "lz4", lz4, () => bytes => unpackLz4(bytes.subarray(4), checked(wordAt(bytes, 0))));
};

/**
 * A chunk of fewer numbers than it should have would be read all the same, and filled up with zeros. The codec is changed itself: arrays of version 2 use it without
 * asking the registry.
 */
const guardNumbers = (registry: Registry): void => {
  const BytesCodec = registry.get("bytes")?.() as unknown as { readonly prototype: NumbersCodec } | undefined;
  if (!BytesCodec?.prototype) return;
  const { decode } = BytesCodec.prototype;
  BytesCodec.prototype.decode = function (bytes) {
    const chunk = decode.call(this, bytes);
    const numbers = chunk.shape.reduce((product, side) => product * side, 1);
    if (chunk.data.length !== numbers) throw new Error(`a chunk of ${chunk.data.length} numbers: needs ${numbers}`);
    return chunk;
  };
};

interface NumbersCodec {
  decode(bytes: Uint8Array): { readonly data: ArrayLike<unknown>; readonly shape: readonly number[] };
}

type Decode = (bytes: Uint8Array) => Uint8Array | Promise<Uint8Array>;

interface Codec {
  encode(bytes: Uint8Array): Uint8Array | Promise<Uint8Array>;
  readonly decode: Decode;
}

interface Chunk {
  readonly dataType: string;
  readonly shape: readonly number[];
}

const guard = (
  registry: Registry,
  name: string,
  own: ReturnType<Registry["get"]>,
  decoder: (chunk: Chunk) => Decode | Promise<Decode>,
): void => {
  if (!own) return;
  const load = async () => {
    const entry = await own();
    return {
      fromConfig(settings: never, chunk: Chunk) {
        const codec = entry.fromConfig(settings, chunk as never) as unknown as Codec;
        let decode: ReturnType<typeof decoder> | undefined;
        return {
          kind: "bytes_to_bytes" as const,
          encode: (bytes: Uint8Array) => codec.encode(bytes),
          async decode(bytes: Uint8Array) {
            decode ??= decoder(chunk);
            return (await decode)(bytes);
          },
        };
      },
    };
  };
  for (const each of [name, `numcodecs.${name}`]) registry.set(each, load as never);
};

const checked = (size: number): number => {
  if (size > LARGEST_CHUNK) throw new Error(`${size} bytes in a chunk: needs at most ${LARGEST_CHUNK}`);
  return size;
};

/** Bytes of the numbers of a chunk, before they are packed; undefined for what are no numbers. */
const bytesOf = ({ dataType, shape }: Chunk): number | undefined => {
  const bits = dataType === "bool" ? 8 : Number(/^(?:u?int|float)(\d+)$/.exec(dataType)?.[1]);
  return bits > 0 ? (bits / 8) * shape.reduce((product, side) => product * side, 1) : undefined;
};

/** A whole number of four bytes, the lowest first; 0 where they are not there. */
const wordAt = (bytes: Uint8Array, at: number): number =>
  bytes.length < at + 4 ? 0 : new DataView(bytes.buffer, bytes.byteOffset).getUint32(at, true);
