import { LandauError } from "../errors.ts";

/** Takes what is whole among bytes, of which `view` is too, and returns how many it took; the rest comes again with more behind it. */
export type TakeBytes = (bytes: Uint8Array, view: DataView, last: boolean) => number;

export interface ByteQueue {
  /** The next bytes of the file, which are not kept. */
  push(bytes: Uint8Array): void;
  /** Bytes that were not taken when the file ended. */
  end(): number;
  /** Place in the file of the first byte that comes next. */
  readonly place: number;
}

/** A record that is longer is none. */
const LONGEST = 1_000_000_000;

/** Hands the bytes of a file on, piece by piece, in one buffer. */
export const byteQueue = (fileName: string, take: TakeBytes): ByteQueue => {
  let buffer = new Uint8Array(0);
  let held = 0;
  let place = 0;
  const drain = (last: boolean): void => {
    const bytes = buffer.subarray(0, held);
    const taken = take(bytes, new DataView(bytes.buffer, bytes.byteOffset, bytes.length), last);
    buffer.copyWithin(0, taken, held);
    held -= taken;
    place += taken;
    if (held > LONGEST)
      throw new LandauError("input", `${fileName}: byte ${place}: a record of more than ${LONGEST} bytes`);
  };
  return {
    push(piece) {
      if (held + piece.length > buffer.length) {
        const larger = new Uint8Array(Math.max(held + piece.length, Math.min(2 * buffer.length, LONGEST)));
        larger.set(buffer.subarray(0, held));
        buffer = larger;
      }
      buffer.set(piece, held);
      held += piece.length;
      drain(false);
    },
    end() {
      drain(true);
      return held;
    },
    get place() {
      return place;
    },
  };
};
