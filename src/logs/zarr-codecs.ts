type Registry = typeof import("zarrita")["registry"];

/** Most bytes of one chunk, unpacked. */
export const LARGEST_CHUNK = 250_000_000;

const guarded = new WeakSet<Registry>();

/**
 * Takes the codecs that believe the size in front of their bytes only where it can be one. Damaged pieces of zstd are ones that zarrita's own codec may
 * never come back from: they are unpacked by another one.
 */
export const guardCodecs = (registry: Registry): void => {
  if (guarded.has(registry)) return;
  guarded.add(registry);
  const { zstd, blosc, lz4 } = Object.fromEntries(["zstd", "blosc", "lz4"].map(name => [name, registry.get(name)]));
  guard(registry, "zstd", zstd, zstdSize, async () => {
    const { decompressZstd } = await import("hyparquet-compressors");
    return bytes => decompressZstd(bytes);
  });
  guard(registry, "blosc", blosc, bytes => wordAt(bytes, 4));
  guard(registry, "lz4", lz4, bytes => wordAt(bytes, 0));
};

interface Codec {
  encode(bytes: Uint8Array): Uint8Array | Promise<Uint8Array>;
  decode(bytes: Uint8Array): Uint8Array | Promise<Uint8Array>;
}

const guard = (
  registry: Registry,
  name: string,
  own: ReturnType<Registry["get"]>,
  sizeOf: (bytes: Uint8Array) => number,
  other?: () => Promise<Codec["decode"]>,
): void => {
  if (!own) return;
  const load = async () => {
    const [entry, decode] = await Promise.all([own(), other?.()]);
    return {
      fromConfig(settings: never, meta: never) {
        const codec = entry.fromConfig(settings, meta) as unknown as Codec;
        return {
          kind: "bytes_to_bytes" as const,
          encode: (bytes: Uint8Array) => codec.encode(bytes),
          decode(bytes: Uint8Array) {
            const size = sizeOf(bytes);
            if (size > LARGEST_CHUNK) throw new Error(`${size} bytes in a chunk: needs at most ${LARGEST_CHUNK}`);
            return decode ? decode(bytes) : codec.decode(bytes);
          },
        };
      },
    };
  };
  for (const each of [name, `numcodecs.${name}`]) registry.set(each, load as never);
};

/** A whole number of four bytes, the lowest first; 0 where they are not there. */
const wordAt = (bytes: Uint8Array, at: number): number =>
  bytes.length < at + 4 ? 0 : new DataView(bytes.buffer, bytes.byteOffset).getUint32(at, true);

/** What the head of a frame says of its size, 0 for nothing.  [RFC 8878, 3.1.1.1] */
const zstdSize = (bytes: Uint8Array): number => {
  if (bytes.length < 18) return 0;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const single = (bytes[4] >> 5) & 1;
  const at = 5 + (1 - single) + [0, 1, 2, 4][bytes[4] & 3];
  const kind = bytes[4] >> 6;
  if (kind === 0) return single ? bytes[at] : 0;
  if (kind === 1) return view.getUint16(at, true) + 256;
  return kind === 2 ? view.getUint32(at, true) : Number(view.getBigUint64(at, true));
};
