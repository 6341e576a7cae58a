import { LandauError } from "../../errors.ts";
import { guardedZarr, openZarrArray, type ZarrStore, zarrFault } from "../zarr-arrays.ts";
import type { RawSeries } from "./series.ts";

/** Numbers of one array that are read. */
const MOST_NUMBERS = 20_000_000;
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
  const zarr = await guardedZarr();
  const series: RawSeries[] = [];
  for (const path of paths) {
    const name = path.replace(/^\//, "");
    try {
      const { array } = await openZarrArray(store, path as `/${string}`);
      const { shape } = array;
      const length = shape[shape.length - 1] ?? 0;
      const chains = shape.length === 2 ? shape[0] : 1;
      const isSeries = (shape.length === 1 || shape.length === 2) && length > 2 && chains <= MOST_CHAINS;
      if (!isSeries || !/^(float|int|uint)/.test(array.dtype)) {
        notes.push(`${file}: ${name} (${shape.join(" x ") || "a number"}, ${array.dtype}) not used`);
        continue;
      }
      if (length * chains > MOST_NUMBERS) throw new Error(`${length * chains} numbers: needs at most ${MOST_NUMBERS}`);
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
      throw new LandauError("input", `${file}: array ${name}: ${zarrFault(cause)}`, { cause });
    }
  }
  return series;
};
