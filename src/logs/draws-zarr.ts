import type { JsonObject } from "../contracts/json.ts";
import { LandauError } from "../errors.ts";
import type { NpzMember } from "../formats/npz.ts";
import { isDevinterpStore, readDevinterpStore } from "./devinterp-store.ts";
import type { DrawOptions, DrawTable } from "./draws.ts";
import { drawsOfArrays } from "./draws-of-arrays.ts";
import { guardedZarr, openZarrArray, type StoredArray, type ZarrStore, zarrFault } from "./zarr-arrays.ts";

/** Numbers of one array that are held. */
const MOST_NUMBERS = 50_000_000;

/**
 * Draws from a Zarr store, version 2 or 3: of devinterp 2; of ArviZ, its groups posterior and sample_stats; or of arrays chains x draws (x the shape of what is
 * drawn). Throws a LandauError of kind "input" that names the store and the array.
 * @param paths Of the arrays, beginning with "/"
 */
export const readDrawsZarr = async (
  store: ZarrStore,
  paths: readonly string[],
  fileName: string,
  options: DrawOptions = {},
): Promise<DrawTable> => {
  const opened: StoredArray[] = [];
  for (const path of paths) {
    try {
      opened.push(await openZarrArray(store, path as `/${string}`));
    } catch (cause) {
      throw new LandauError("input", `${fileName}: array ${path.slice(1)}: ${zarrFault(cause)}`, { cause });
    }
  }
  const attributes = await attributesOf(store);
  if (isDevinterpStore(attributes, opened)) return readDevinterpStore(attributes, opened, fileName, options);
  const groups = opened.filter(({ path }) => /(^|\/)(posterior|sample_stats)\/[^/]+$/.test(path));
  const used = (groups.length > 0 ? groups : opened).filter(({ array }) => /^(float|int|uint|bool)/.test(array.dtype));
  if (used.length === 0) throw new LandauError("input", `${fileName}: no array of numbers: needs chains x draws`);
  const members: NpzMember[] = [];
  for (const each of used) {
    const { shape } = each.array;
    // An axis by itself says where the others stand.
    if (each.axes?.length === 1 && each.path.endsWith(each.axes[0])) continue;
    const numbers = shape.reduce((product, side) => product * side, 1);
    if (numbers > MOST_NUMBERS)
      throw new LandauError(
        "input",
        `${fileName}: array ${each.path}: ${numbers} numbers: needs at most ${MOST_NUMBERS}`,
      );
    const { data, stride } = await wholeArray(each, fileName);
    members.push({
      name: each.path.replace(/^.*\//, ""),
      view: inOrder({ shape, strides: stride, integer: !/^float/.test(each.array.dtype), at: data }, each.axes),
    });
  }
  return drawsOfArrays(members, fileName, options);
};

/** Those of the group at the root, of version 3 or 2; none where there is no such group. */
const attributesOf = async (store: ZarrStore): Promise<JsonObject> => {
  for (const key of ["/zarr.json", "/.zattrs"] as const) {
    const bytes = await store.get(key);
    if (!bytes) continue;
    try {
      const json = JSON.parse(new TextDecoder().decode(bytes)) as JsonObject;
      const found = key === "/zarr.json" ? json.attributes : json;
      return typeof found === "object" && found !== null && !Array.isArray(found) ? (found as JsonObject) : {};
    } catch {
      return {};
    }
  }
  return {};
};

const wholeArray = async ({ path, array }: StoredArray, fileName: string) => {
  const zarr = await guardedZarr();
  try {
    const { data, stride } = await zarr.get(array);
    const numbers = data as unknown as ArrayLike<number | bigint | boolean> & { get?(index: number): boolean };
    const at = (place: number): number => Number(numbers.get ? numbers.get(place) : numbers[place]);
    return { data: at, stride };
  } catch (cause) {
    throw new LandauError("input", `${fileName}: array ${path}: ${zarrFault(cause)}`, { cause });
  }
};

/** Chains first, then draws, where the axes are named otherwise. */
const inOrder = <View extends { readonly shape: readonly number[]; readonly strides: readonly number[] }>(
  view: View,
  axes: readonly string[] | undefined,
): View => {
  if (axes?.[0] !== "draw" || axes[1] !== "chain") return view;
  const swapped = ([a, b, ...rest]: readonly number[]) => [b, a, ...rest];
  return { ...view, shape: swapped(view.shape), strides: swapped(view.strides) };
};
