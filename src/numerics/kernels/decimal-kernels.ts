import { decimals } from "./bytes.ts";
import { bytesOf, instantiate } from "./instantiate.ts";

interface DecimalKernels {
  readRows(
    from: number,
    to: number,
    separator: number,
    width: number,
    blanks: number,
    out: number,
    stride: number,
    most: number,
    tables: number,
    answer: number,
  ): number;
}

/** Why reading stopped: room, the end of the bytes, or something that is no plain row of decimals. */
export type Stop = "full" | "ended" | "other";

/** Reads rows of plain decimals from bytes that are copied in. */
export interface RowReader {
  /** Bytes that are held at a time. */
  readonly room: number;
  /** Rows that are held at a time. */
  readonly most: number;
  /** Takes the next bytes, at most `room`. */
  load(bytes: Uint8Array): void;
  /** Reads on from a place among the bytes: whole rows, at most as many as asked for. */
  read(from: number, rows: number): { readonly rows: number; readonly to: number; readonly stop: Stop };
  /** The numbers of a column in the rows that were read last. */
  column(column: number, rows: number): Float64Array;
}

/** Bytes and numbers that stay in the cache of a processor. */
const ROOM = 131_072;
const NUMBERS = 32_768;
const TABLES = 1024;
/** Bytes that may be read behind the end. */
const MARGIN = 64;
const PAGE = 65_536;
const STOPS: readonly Stop[] = ["full", "ended", "other"];

/**
 * For rows of `width` cells with one byte between them; undefined where they are too wide, or the engine knows no vectors. With `blanks`, cells may be empty where
 * others of their row are not, and are NaN.
 */
export const rowReader = (width: number, separator: number, blanks = false): RowReader | undefined => {
  // An odd number: columns a power of two apart would share the lines of the cache.
  const most = (Math.floor(NUMBERS / width) - 1) | 1;
  available ??= WebAssembly.validate(bytesOf(decimals, {}));
  if (most < 1 || !available) return undefined;
  const answerAt = TABLES;
  const bytesAt = answerAt + 64;
  const numbersAt = bytesAt + ROOM + MARGIN;
  const memory = new WebAssembly.Memory({ initial: Math.ceil((numbersAt + 8 * most * width) / PAGE) });
  const { buffer } = memory;
  writeTables(buffer);
  const bytes = new Uint8Array(buffer, bytesAt, ROOM);
  const numbers = new Float64Array(buffer, numbersAt, most * width);
  const answer = new Uint32Array(buffer, answerAt, 2);
  const { readRows } = instantiate<DecimalKernels>({ decimals }, memory);
  let held = 0;
  return {
    room: ROOM,
    most,
    load(next) {
      bytes.set(next);
      held = next.length;
    },
    read(from, rows) {
      const room = Math.min(rows, most);
      const [begin, end, empty] = [bytesAt + from, bytesAt + held, blanks ? 1 : 0];
      const count = readRows(begin, end, separator, width, empty, numbersAt, most, room, 0, answerAt);
      return { rows: count, to: answer[0] - bytesAt, stop: STOPS[answer[1]] };
    },
    column: (column, rows) => numbers.subarray(column * most, column * most + rows),
  };
};

let available: boolean | undefined;

/** 10^p and 10^-p in float64, 10^p and floor((10^18 - 1) / 10^p) in 64 bits, 32 of each. */
const writeTables = (buffer: ArrayBuffer): void => {
  const [floats, wholes] = [new Float64Array(buffer, 0, 64), new BigUint64Array(buffer, 512, 64)];
  for (let p = 0; p < 32; p++) {
    floats[p] = Number(`1e${p}`);
    floats[32 + p] = Number(`1e-${p}`);
    const power = BigInt(`1${"0".repeat(p)}`);
    wholes[p] = BigInt.asUintN(64, power);
    wholes[32 + p] = 999_999_999_999_999_999n / power;
  }
};
