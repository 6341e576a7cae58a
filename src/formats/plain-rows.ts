import { type RowReader, rowReader } from "../numerics/kernels/decimal-kernels.ts";
import type { TakenLines } from "./text-lines.ts";

/** Rows that are read one by one before it pays to make a kernel for them. */
export const FEW = 64;
/** Numbers that the kernel must find at a time to be worth the call. */
const WORTH = 32;
/** Calls that were not, one after the other, before the kernel is asked no more: where quotes or words stand once, they stand in every line, or in every other. */
const MOST_IN_VAIN = 16;

/** Where rows go: the first number of column c at `into[offset + c stride]`. */
export interface RowRoom {
  readonly into: Float64Array;
  readonly offset: number;
  readonly stride: number;
  /** Rows for which there is room, at least one. */
  readonly rows: number;
}

export interface PlainRowSettings {
  readonly width: number;
  /** The byte between two cells. */
  readonly separator: number;
  /** Cells may be empty where others of their row are not, and are NaN. */
  readonly blanks?: boolean;
  room(): RowRoom;
  /** Rows were read, one a line. */
  done(line: number, rows: number): void;
}

/** Takes lines that are nothing but decimals with a separator between them, many at a time, and leaves the first other one to others. */
export const plainRows = ({ width, separator, blanks, room, done }: PlainRowSettings) => {
  let kernel: RowReader | undefined = rowReader(width, separator, blanks);
  let inVain = 0;
  /** What the kernel holds: these bytes from one place up to another. */
  let held = { bytes: new Uint8Array(0), from: 0, to: 0 };

  const load = (bytes: Uint8Array<ArrayBuffer>, from: number, reader: RowReader): void => {
    held = { bytes, from, to: Math.min(from + reader.room, bytes.length) };
    reader.load(bytes.subarray(from, held.to));
  };

  return (bytes: Uint8Array<ArrayBuffer>, begin: number, line: number): TakenLines => {
    let from = begin;
    let lines = 0;
    if (!kernel) return { to: from, lines };
    if (held.bytes !== bytes || from >= held.to) load(bytes, from, kernel);
    for (;;) {
      const { into, offset, stride, rows } = room();
      const read = kernel.read(from - held.from, rows);
      if (read.rows > 0) {
        for (let column = 0; column < width; column++)
          into.set(kernel.column(column, read.rows), offset + column * stride);
        done(line + lines, read.rows);
        lines += read.rows;
        from = held.from + read.to;
      }
      if (read.stop === "other") break;
      if (read.stop === "full") continue;
      // What is left is no whole line, or one that is too long.
      if (held.to === bytes.length || from === held.from) break;
      load(bytes, from, kernel);
    }
    inVain = lines * width >= WORTH ? 0 : inVain + 1;
    if (inVain === MOST_IN_VAIN) kernel = undefined;
    return { to: from, lines };
  };
};
