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
    return bytes => unpack(bytes, checked(sizeOfZstd(bytes) ?? bytesOf(chunk)));
  });
  guard(registry, "blosc", blosc, async () => {
    const unpack = await zstdDecoder();
    return bytes => {
      checked(sizeOfBlosc(bytes));
      return unpackBlosc(bytes, unpack);
    };
  });
  guard(registry, "lz4", lz4, () => bytes => unpackLz4(bytes.subarray(4), checked(wordAt(bytes, 0))));
};

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

/** Bytes of the numbers of a chunk, before they are packed. */
const bytesOf = ({ dataType, shape }: Chunk): number => {
  const bits = dataType === "bool" ? 8 : Number(/^(?:u?int|float)(\d+)$/.exec(dataType)?.[1]);
  if (!(bits > 0)) throw new Error(`zstd that does not say its size, in chunks of ${dataType}: needs to say it`);
  return (bits / 8) * shape.reduce((product, side) => product * side, 1);
};

/** A whole number of four bytes, the lowest first; 0 where they are not there. */
const wordAt = (bytes: Uint8Array, at: number): number =>
  bytes.length < at + 4 ? 0 : new DataView(bytes.buffer, bytes.byteOffset).getUint32(at, true);
