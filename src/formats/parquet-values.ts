import type { PageHead } from "./parquet-pages.ts";
import { checkDifferences, checkRuns } from "./parquet-runs.ts";

/** Numbers of the encodings whose values say themselves how many they are.  [parquet.thrift, Encoding] */
const RUNS = 3;
const DICTIONARY = [2, 8];
const DIFFERENCES = [5, 6, 7];

/**
 * Throws an Error where the values of a page, or the levels before them, say more than the page has: who reads them takes memory, and time, by what they say.
 * @param isOptional Whether the column may have nulls; it is not nested
 * @param unpack Gives so many bytes of packed ones
 */
export const checkValues = (
  page: PageHead,
  isOptional: boolean,
  unpack: (bytes: Uint8Array, length: number) => Uint8Array,
): void => {
  const { bytes, values, encoding, levels, unpacked } = page;
  let rest: Uint8Array;
  let at = 0;
  if (levels) {
    const { repetition, definition, isPacked } = levels;
    const start = repetition + definition;
    if (!(repetition >= 0 && definition >= 0 && start <= bytes.length && start <= unpacked))
      throw new Error(`levels of ${repetition} and ${definition} bytes in a page of ${bytes.length}`);
    if (isOptional) checkRuns(bytes, { width: 1, values }, repetition, start);
    const body = bytes.subarray(start);
    rest = isPacked ? unpack(body, unpacked - start) : body;
  } else {
    rest = unpack(bytes, unpacked);
    if (isOptional) {
      checkRuns(rest, { width: 1, values }, 4, endOf(rest, 0));
      at = endOf(rest, 0);
    }
  }
  // Whoever reads them goes on to the end of the page, whatever their length says.
  if (encoding === RUNS) checkRuns(rest, { width: 1, values, fewer: true }, at + 4);
  else if (DICTIONARY.includes(encoding) && at < rest.length)
    checkRuns(rest, { width: rest[at], values, fewer: true }, at + 1);
  else if (DIFFERENCES.includes(encoding)) checkDifferences(rest, at);
};

/** Where runs end that stand behind their length in four bytes. */
const endOf = (bytes: Uint8Array, at: number): number => {
  const length = at + 4 <= bytes.length ? new DataView(bytes.buffer, bytes.byteOffset).getUint32(at, true) : 0;
  if (at + 4 + length > bytes.length) throw new Error(`${length} bytes of runs in a page of ${bytes.length}`);
  return at + 4 + length;
};
