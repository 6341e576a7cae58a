/** Values of a page that are written as runs: a value with how often it is repeated, or eights of values packed bit by bit. */
export interface Runs {
  /** Bits of a value. */
  readonly width: number;
  /** Values that the page has. */
  readonly values: number;
  /** Whether there may be fewer of them, since nulls are not among them. */
  readonly fewer?: boolean;
}

/**
 * Throws an Error where runs say more values than their page has, or more than their bytes hold: who reads them takes memory, and time, by what they say. Returns
 * where they end.  [Apache Parquet, encodings: RLE / bit-packing hybrid]
 */
export const checkRuns = (
  bytes: Uint8Array,
  { width, values, fewer = false }: Runs,
  from = 0,
  to = bytes.length,
): number => {
  if (width > 32) throw new Error(`runs of values of ${width} bits: needs at most 32`);
  let at = from;
  for (let seen = 0; seen < values && !(fewer && at >= to); ) {
    const [head, next] = varint(bytes, at, to);
    at = next;
    const isPacked = head % 2 === 1;
    const count = isPacked ? 8 * Math.floor(head / 2) : head / 2;
    // The last eight may go on behind the last value.
    if (count > values - seen + (isPacked ? 7 : 0))
      throw new Error(`a run of ${count} values in a page with ${values - seen} left`);
    seen += count;
    at += isPacked ? (count * width) / 8 : Math.ceil(width / 8);
    // Some writers leave out the bytes of packed values behind the last one.
    if (at > to + (isPacked ? width : 0)) throw new Error("a run that breaks off");
  }
  return at;
};

/** Throws an Error where differences of whole numbers are said to lie in more pieces than is usual by far.  [Apache Parquet, encodings: delta] */
export const checkDifferences = (bytes: Uint8Array, from = 0): void => {
  const [block, next] = varint(bytes, from, bytes.length);
  const [pieces] = varint(bytes, next, bytes.length);
  if (block > MOST_IN_BLOCK || pieces > MOST_IN_BLOCK || pieces === 0)
    throw new Error(`differences in blocks of ${block} with ${pieces} pieces: needs at most ${MOST_IN_BLOCK}`);
};

const MOST_IN_BLOCK = 1 << 20;

/** A number in pieces of seven bits, the lowest first, and where it ends; those above 32 bits are of no use here. */
const varint = (bytes: Uint8Array, from: number, to: number): [value: number, at: number] => {
  let value = 0;
  for (let at = from, factor = 1; at < to && factor <= 0x1000_0000; factor *= 128) {
    const next = bytes[at++];
    value += (next & 127) * factor;
    if (next < 128) {
      if (value >= 0x1_0000_0000) break;
      return [value, at];
    }
  }
  throw new Error("a run that breaks off");
};
