import { byteQueue } from "./byte-queue.ts";
import { maskedCrc32c } from "./crc32c.ts";

/** Takes the data of a record, bytes `from` up to `to`; `place` is where it begins in the file. */
export type TakeRecord = (bytes: Uint8Array, view: DataView, from: number, to: number, place: number) => void;

export interface TfRecords {
  push(bytes: Uint8Array): void;
  /** What is wrong with the file, undefined for nothing. */
  end(): { readonly damaged: string | undefined; readonly torn: number };
}

/** Length of a record, 8 bytes, and its checksum, 4. */
const HEAD = 12;
const FOOT = 4;

/**
 * The records of a TFRecord file, each with a checksum of its length and one of its data. A record whose data are damaged is passed over; behind a damaged
 * length nothing can be found. A last record that breaks off is that of a file which is still written.
 */
export const tfRecords = (fileName: string, take: TakeRecord): TfRecords => {
  let damaged: string | undefined;
  let skipped = 0;
  let firstSkipped = 0;
  let lost = false;
  const queue = byteQueue(fileName, (bytes, view) => {
    if (lost) return bytes.length;
    let at = 0;
    while (at + HEAD <= bytes.length) {
      const place = queue.place + at;
      const length = view.getUint32(at, true) + view.getUint32(at + 4, true) * 4294967296;
      if (maskedCrc32c(bytes, at, at + 8) !== view.getUint32(at + 8, true)) {
        damaged = `byte ${place}: the length of a record does not have its checksum: what follows is not read`;
        lost = true;
        return bytes.length;
      }
      const from = at + HEAD;
      const to = from + length;
      if (to + FOOT > bytes.length) break;
      if (maskedCrc32c(bytes, from, to) === view.getUint32(to, true)) take(bytes, view, from, to, place);
      else if (skipped++ === 0) firstSkipped = place;
      at = to + FOOT;
    }
    return at;
  });
  return {
    push: queue.push,
    end() {
      const torn = queue.end();
      const passed =
        skipped === 0
          ? undefined
          : `byte ${firstSkipped}: ${skipped === 1 ? "a record does" : `${skipped} records, the first of them here, do`} not have the checksum of the data: left out`;
      return { damaged: [passed, damaged].filter(Boolean).join("; ") || undefined, torn: lost ? 0 : torn };
    },
  };
};
