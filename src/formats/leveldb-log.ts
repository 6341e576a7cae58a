import { byteQueue } from "./byte-queue.ts";
import { crc32 } from "./crc32.ts";

export interface LogBlocks {
  push(bytes: Uint8Array): void;
  /** What is wrong with the file, undefined for nothing, and the bytes behind the last whole record. */
  end(): { readonly damaged: string | undefined; readonly torn: number };
}

const BLOCK = 32_768;
const HEAD = 7;
const FULL = 1;
const FIRST = 2;
const LAST = 4;
/** A record that is longer is none. */
const LONGEST = 1_000_000_000;

/**
 * The records of a log in the way of LevelDB, with the checksum of zip in place of Castagnoli's, as W&B writes it: blocks of 32 KiB with fragments of records,
 * each with its checksum, length and place in the record. `head` bytes before the first fragment belong to the first block. Behind a damaged fragment
 * reading goes on at the next block. [log_format.md of LevelDB]
 */
export const leveldbLog = (
  fileName: string,
  head: number,
  take: (bytes: Uint8Array, view: DataView, place: number) => void,
): LogBlocks => {
  const parts: Uint8Array[] = [];
  let partsLength = 0;
  let began = 0;
  let damages = 0;
  let firstDamage = 0;
  let open = false;
  const damage = (place: number): void => {
    if (damages++ === 0) firstDamage = place;
    parts.length = 0;
    partsLength = 0;
    open = false;
  };
  const whole = (bytes: Uint8Array, place: number): void => {
    take(bytes, new DataView(bytes.buffer, bytes.byteOffset, bytes.length), place);
  };
  const fragment = (kind: number, bytes: Uint8Array, place: number): void => {
    if (kind === FULL) {
      if (open) damage(began);
      whole(bytes, place);
      return;
    }
    if (kind === FIRST) {
      if (open) damage(began);
      [open, began] = [true, place];
    } else if (!open) {
      damage(place);
      return;
    }
    // The buffer that they lie in is used again.
    parts.push(bytes.slice());
    partsLength += bytes.length;
    if (partsLength > LONGEST) damage(began);
    if (kind !== LAST || !open) return;
    const record = new Uint8Array(partsLength);
    let at = 0;
    for (const each of parts) {
      record.set(each, at);
      at += each.length;
    }
    parts.length = 0;
    partsLength = 0;
    open = false;
    whole(record, began);
  };
  let headLeft = head;
  const queue = byteQueue(fileName, (bytes, view, last) => {
    let at = Math.min(headLeft, bytes.length);
    headLeft -= at;
    while (at < bytes.length) {
      const place = queue.place + at;
      const left = BLOCK - (place % BLOCK);
      if (left < HEAD) {
        if (at + left > bytes.length) return last ? bytes.length : at;
        at += left;
        continue;
      }
      if (at + HEAD > bytes.length) return at;
      const length = view.getUint16(at + 4, true);
      const kind = bytes[at + 6];
      const end = at + HEAD + length;
      const valid = kind >= FULL && kind <= LAST && HEAD + length <= left;
      if (valid && end > bytes.length) return at;
      if (valid && crc32(bytes.subarray(at + 6, end)) === view.getUint32(at, true)) {
        fragment(kind, bytes.subarray(at + HEAD, end), place);
        at = end;
        continue;
      }
      // What is left of the block is passed over. Zeros are room that was never written.
      if (at + left > bytes.length && !last) return at;
      const rest = bytes.subarray(at, Math.min(bytes.length, at + left));
      if (open || rest.some(byte => byte !== 0)) damage(place);
      at += rest.length;
    }
    return at;
  });
  return {
    push: queue.push,
    end() {
      const torn = queue.end() + partsLength;
      return {
        damaged:
          damages === 0
            ? undefined
            : `byte ${firstDamage}: ${damages === 1 ? "a piece of a record is" : `${damages} pieces of records, the first of them here, are`} damaged, left out`,
        torn,
      };
    },
  };
};
