import type { DataType, Array as ZarrArray } from "zarrita";

/** A Zarr store: keys begin with "/". */
export interface ZarrStore {
  get(key: `/${string}`): Promise<Uint8Array | undefined>;
}

/** An array of a store with its name, path and axes. */
export interface StoredArray {
  readonly path: string;
  readonly array: ZarrArray<DataType, ZarrStore>;
  /** Names of the axes, where the store has them. */
  readonly axes: readonly string[] | undefined;
}

/** zarrita, with a codec for zstd that comes back from damaged bytes. */
export const guardedZarr = async (): Promise<typeof import("zarrita")> => {
  const zarr = await import("zarrita");
  guardZstd(zarr.registry);
  return zarr;
};

type Registry = typeof import("zarrita")["registry"];
const guarded = new WeakSet<Registry>();

/** Most bytes of one piece, unpacked. */
const LARGEST_CHUNK = 1_000_000_000;

/** Damaged pieces of zstd are ones that zarrita's own codec may never come back from: they are unpacked by another one. */
const guardZstd = (registry: Registry): void => {
  const own = registry.get("zstd");
  if (!own || guarded.has(registry)) return;
  guarded.add(registry);
  registry.set("zstd", async () => {
    const [entry, { decompressZstd }] = await Promise.all([own(), import("hyparquet-compressors")]);
    return {
      fromConfig(settings, meta) {
        const codec = entry.fromConfig(settings, meta) as { encode(bytes: Uint8Array): Uint8Array };
        return {
          kind: "bytes_to_bytes" as const,
          encode: bytes => codec.encode(bytes),
          decode(bytes) {
            if (contentSize(bytes) > LARGEST_CHUNK) throw new Error(`more than ${LARGEST_CHUNK} bytes in a chunk`);
            return decompressZstd(bytes);
          },
        };
      },
    };
  });
};

/** What the head of a frame says of its size, 0 for nothing.  [RFC 8878, 3.1.1.1] */
const contentSize = (bytes: Uint8Array): number => {
  if (bytes.length < 18) return 0;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const single = (bytes[4] >> 5) & 1;
  const at = 5 + (1 - single) + [0, 1, 2, 4][bytes[4] & 3];
  const kind = bytes[4] >> 6;
  if (kind === 0) return single ? bytes[at] : 0;
  if (kind === 1) return view.getUint16(at, true) + 256;
  return kind === 2 ? view.getUint32(at, true) : Number(view.getBigUint64(at, true));
};
