import type { DataType, Array as ZarrArray } from "zarrita";
import * as z from "zod";
import { guardCodecs, LARGEST_CHUNK } from "./zarr-codecs.ts";

/** A Zarr store: keys begin with "/". */
export interface ZarrStore {
  get(key: `/${string}`): Promise<Uint8Array | undefined>;
  /** Some of the bytes, for what lies in shards; cut from all of them where a store has no way of its own. */
  getRange?(key: `/${string}`, range: ByteRange): Promise<Uint8Array | undefined>;
}

export type ByteRange = { readonly offset: number; readonly length: number } | { readonly suffixLength: number };

/** First and last byte, exclusive, of a range in so many bytes. Throws an Error for one that goes beyond. */
export const placeOfRange = (range: ByteRange, size: number): { from: number; to: number } => {
  const from = "offset" in range ? range.offset : size - range.suffixLength;
  const to = "offset" in range ? from + range.length : size;
  if (!(from >= 0 && to >= from && to <= size)) throw new Error(`bytes ${from} to ${to} of a shard of ${size}`);
  return { from, to };
};

const withRanges = (store: ZarrStore): ZarrStore => ({
  get: key => store.get(key),
  getRange: async (key, range) => {
    if (store.getRange) return store.getRange(key, range);
    const bytes = await store.get(key);
    if (!bytes) return undefined;
    const { from, to } = placeOfRange(range, bytes.length);
    return bytes.subarray(from, to);
  },
});

/** An array of a store with its name, path and axes. */
export interface StoredArray {
  readonly path: string;
  readonly array: ZarrArray<DataType, ZarrStore>;
  /** Names of the axes, where the store has them. */
  readonly axes: readonly string[] | undefined;
}

/** Pieces that one array lies in. */
const MOST_CHUNKS = 1_000_000;

/** zarrita, with codecs that come back from damaged bytes. */
export const guardedZarr = async (): Promise<typeof import("zarrita")> => {
  const zarr = await import("zarrita");
  guardCodecs(zarr.registry);
  return zarr;
};

/**
 * Opens an array of version 3 or 2. Its metadata are looked at before: zarrita believes them, and takes memory by what they say. Throws an Error that does not
 * name the array.
 * @param path Begins with "/"
 */
export const openZarrArray = async (store: ZarrStore, path: `/${string}`): Promise<StoredArray> => {
  const zarr = await guardedZarr();
  const known = (name: string): boolean => zarr.registry.has(name);
  const place = zarr.root(withRanges(store)).resolve(path);
  const third = await store.get(`${slashed(path)}zarr.json`);
  const bytes = third ?? (await store.get(`${slashed(path)}.zarray`));
  if (!bytes) throw new Error("there is no such array");
  if (third) checkLayout(layoutOf(version3, bytes), known);
  else checkLayout(layoutOf(version2, bytes), known);
  const array = await (third ? zarr.open.v3 : zarr.open.v2)(place, { kind: "array" });
  return { path: path.slice(1), array, axes: axesOf(array) };
};

/** What is wrong with an array: zarrita says which codec failed, and its cause why. */
export const zarrFault = (error: unknown): string => {
  const { message, cause } = error as Error;
  return cause instanceof Error ? `${message}: ${cause.message}` : message;
};

const slashed = (path: `/${string}`): `/${string}` => (path.endsWith("/") ? path : `${path}/`);

/** What the metadata say of where the numbers lie. */
interface Layout {
  readonly shape: readonly number[];
  readonly chunks: readonly number[];
  readonly codecs: readonly NamedCodec[];
}

interface NamedCodec {
  readonly name: string;
  readonly configuration?: unknown;
}

const sides = z.array(z.int().min(0)).max(32);
const pieces = z.array(z.int().min(1)).max(32);
const codec = z.object({ name: z.string(), configuration: z.unknown().optional() });
const version3 = z
  .object({
    node_type: z.literal("array"),
    shape: sides,
    chunk_grid: z.object({ configuration: z.object({ chunk_shape: pieces }) }),
    codecs: z.array(codec).max(16),
  })
  .transform((of): Layout => ({ shape: of.shape, chunks: of.chunk_grid.configuration.chunk_shape, codecs: of.codecs }));
const numcodec = z.object({ id: z.string() }).transform(({ id }): NamedCodec => ({ name: id }));
const version2 = z
  .object({
    shape: sides,
    chunks: pieces,
    compressor: numcodec.nullish(),
    filters: z.array(numcodec).max(16).nullish(),
  })
  .transform(
    (of): Layout => ({
      shape: of.shape,
      chunks: of.chunks,
      codecs: [...(of.filters ?? []), ...(of.compressor ? [of.compressor] : [])],
    }),
  );
const shards = z.object({ chunk_shape: pieces, codecs: z.array(codec).max(16), index_codecs: z.array(codec).max(16) });

const layoutOf = (schema: z.ZodType<Layout>, bytes: Uint8Array): Layout => {
  const read = schema.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
  if (read.success) return read.data;
  const [{ path, message }] = read.error.issues;
  throw new Error(`its metadata: ${path.join(".") || "all"}: ${message}`);
};

const checkLayout = ({ shape, chunks, codecs }: Layout, known: (name: string) => boolean): void => {
  if (shape.length !== chunks.length)
    throw new Error(`a shape of ${shape.length} axes and chunks of ${chunks.length}: needs as many`);
  const count = shape.reduce((product, side, axis) => product * Math.ceil(side / chunks[axis]), 1);
  if (count > MOST_CHUNKS) throw new Error(`${count} chunks: needs at most ${MOST_CHUNKS}`);
  checkChunk(chunks);
  for (const { name, configuration } of codecs) {
    if (name !== "sharding_indexed") {
      if (!known(name) && !known(`numcodecs.${name}`)) throw new Error(`codec ${JSON.stringify(name)} is unknown`);
      continue;
    }
    const { data } = shards.safeParse(configuration);
    if (!data || data.chunk_shape.length !== shape.length)
      throw new Error("codec sharding_indexed: needs its settings");
    checkLayout({ shape: chunks, chunks: data.chunk_shape, codecs: data.codecs }, known);
    checkLayout({ shape: [], chunks: [], codecs: data.index_codecs }, known);
  }
};

/** Numbers have eight bytes at most. */
const checkChunk = (chunks: readonly number[]): void => {
  const numbers = chunks.reduce((product, side) => product * side, 1);
  if (8 * numbers > LARGEST_CHUNK)
    throw new Error(`chunks of ${chunks.join(" x ")} numbers: needs at most ${LARGEST_CHUNK / 8}`);
};

/** Version 3 names them itself; in version 2 xarray writes them as an attribute. */
const axesOf = (array: ZarrArray<DataType, ZarrStore>): readonly string[] | undefined => {
  const named: unknown =
    array.dimensionNames ?? (array.attrs as { _ARRAY_DIMENSIONS?: unknown } | null)?._ARRAY_DIMENSIONS;
  const isList = Array.isArray(named) && named.every(name => typeof name === "string");
  return isList && named.length === array.shape.length ? named : undefined;
};
