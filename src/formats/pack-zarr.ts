import type { JsonObject } from "../contracts/json.ts";
import { invalid } from "../errors.ts";

export interface ZarrArray {
  /** The name of each axis. */
  readonly dimensions: readonly string[];
  readonly shape: readonly number[];
  /** Row-major; float64, or int32. */
  readonly data: Float64Array<ArrayBuffer> | Int32Array<ArrayBuffer>;
  readonly attributes: JsonObject;
}

export interface ZarrGroup {
  readonly attributes: JsonObject;
  readonly arrays: { readonly [name: string]: ZarrArray };
}

/** Chunks, of three axes and more one for each entry of the first, little-endian and packed by Zstandard. */
const codecs = [
  { name: "bytes", configuration: { endian: "little" } },
  { name: "zstd", configuration: { level: 3, checksum: false } },
];

/**
 * A Zarr store of version 3 with one group: bytes by their path in the store. Its metadata are consolidated, as readers ask for. Equal groups give
 * equal bytes. Rejects with a LandauError of kind "input" for an array whose numbers or names of axes do not fit its shape.
 */
export const packZarr = async ({ attributes, arrays }: ZarrGroup): Promise<ReadonlyMap<string, Uint8Array>> => {
  const { create, root, set } = await import("zarrita");
  const store = new Map<string, Uint8Array>();
  const group = root(store);
  await create(group, { attributes });
  for (const [name, array] of Object.entries(arrays)) {
    const { dimensions, shape, data } = array;
    const size = shape.reduce((product, length) => product * length, 1);
    if (data.length !== size) throw invalid(`numbers of array ${name}`, data.length, `${size}, as its shape says`);
    if (dimensions.length !== shape.length)
      throw invalid(`dimensions of array ${name}`, dimensions, `${shape.length}, as its shape has`);
    const place = group.resolve(name);
    const options = {
      shape: [...shape],
      chunkShape: shape.length < 3 ? [...shape] : [1, ...shape.slice(1)],
      dimensionNames: [...dimensions],
      attributes: array.attributes,
      codecs,
    };
    const stride = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, length) => product * length, 1));
    // Without a value to fill with, readers refuse the store.
    if (data instanceof Float64Array) {
      const made = await create(place, { ...options, dtype: "float64", fillValue: Number.NaN });
      await set(made, null, { data, shape: [...shape], stride });
    } else {
      const made = await create(place, { ...options, dtype: "int32", fillValue: -1 });
      await set(made, null, { data, shape: [...shape], stride });
    }
  }
  return consolidated(store, Object.keys(arrays));
};

const METADATA = "zarr.json";

/** The store with the metadata of all arrays in those of the group, and paths that do not begin with "/". */
const consolidated = (
  store: ReadonlyMap<string, Uint8Array>,
  names: readonly string[],
): ReadonlyMap<string, Uint8Array> => {
  const read = (path: string): JsonObject => JSON.parse(new TextDecoder().decode(store.get(path)));
  const metadata = Object.fromEntries(names.map(name => [name, read(`/${name}/${METADATA}`)]));
  const whole = {
    ...read(`/${METADATA}`),
    consolidated_metadata: { kind: "inline", must_understand: false, metadata },
  };
  const files = new Map([...store].map(([path, bytes]) => [path.slice(1), bytes]));
  return files.set(METADATA, new TextEncoder().encode(`${JSON.stringify(whole, null, 2)}\n`));
};
