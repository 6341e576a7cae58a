import { LandauError } from "../../errors.ts";
import type { RawSeries } from "./series.ts";

/** A Zarr store: keys begin with "/". */
export interface ZarrStore {
  get(key: `/${string}`): Promise<Uint8Array | undefined>;
}

/** Numbers of one array that are read, and pieces that it lies in. */
const MOST_NUMBERS = 20_000_000;
const MOST_CHUNKS = 100_000;
const MOST_CHAINS = 1000;

/**
 * Losses by draw from arrays of a Zarr store, version 3 or 2: a series for each chain of an array (chain, draw), as devinterp 2 stores them, or one of an
 * array with the draws alone. Draws that were never written, which the fill value NaN shows, are cut off at the end. Arrays of another form are noted.
 * @param paths Of the arrays, beginning with "/"
 */
export const readZarrSeries = async (
  store: ZarrStore,
  paths: readonly string[],
  { run, file }: { readonly run: string; readonly file: string },
  notes: string[],
): Promise<RawSeries[]> => {
  const zarr = await import("zarrita");
  guardZstd(zarr.registry);
  const root = zarr.root(store);
  const series: RawSeries[] = [];
  for (const path of paths) {
    const name = path.replace(/^\//, "");
    try {
      const array = await zarr.open(root.resolve(path), { kind: "array" });
      const { shape } = array;
      const length = shape[shape.length - 1] ?? 0;
      const chains = shape.length === 2 ? shape[0] : 1;
      const isSeries = (shape.length === 1 || shape.length === 2) && length > 2 && chains <= MOST_CHAINS;
      if (!isSeries || !/^(float|int|uint)/.test(array.dtype)) {
        notes.push(`${file}: ${name} (${shape.join(" x ") || "a number"}, ${array.dtype}) not used`);
        continue;
      }
      if (length * chains > MOST_NUMBERS) throw new Error(`${length * chains} numbers: needs at most ${MOST_NUMBERS}`);
      const chunks = shape.reduce((product, size, axis) => product * Math.ceil(size / (array.chunks[axis] || size)), 1);
      if (chunks > MOST_CHUNKS) throw new Error(`${chunks} chunks: needs at most ${MOST_CHUNKS}`);
      const { data, stride } = await zarr.get(array);
      const numbers = data as ArrayLike<number | bigint>;
      for (let chain = 0; chain < chains; chain++) {
        const [along, from] = shape.length === 1 ? [stride[0], 0] : [stride[1], chain * stride[0]];
        const all = Float64Array.from({ length }, (_, draw) => Number(numbers[from + draw * along]));
        let count = length;
        while (count > 0 && Number.isNaN(all[count - 1])) count--;
        const label = chains === 1 ? run : `${run} chain ${chain}`;
        if (count < length)
          notes.push(
            `${file}: ${name} of ${label}: the last ${length - count} of ${length} entries are NaN, as where none was written: left out`,
          );
        const value = all.subarray(0, count);
        series.push({
          run: label,
          name,
          step: Float64Array.from({ length: count }, (_, draw) => draw),
          time: undefined,
          value,
        });
      }
    } catch (cause) {
      throw new LandauError("input", `${file}: array ${name}: ${(cause as Error).message}`, { cause });
    }
  }
  return series;
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
