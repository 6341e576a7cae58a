import { LandauError } from "../errors.ts";

/** Takes a line: bytes from `from` up to `to`, without its line break; `ended` says whether there is one. `view` is of the same bytes. */
export type TakeLine = (
  bytes: Uint8Array,
  view: DataView,
  from: number,
  to: number,
  line: number,
  ended: boolean,
) => void;

/** Takes whole lines from `from` on, as many as it likes, each without a quote; undefined when it has not begun. */
export type TakeLines = (bytes: Uint8Array<ArrayBuffer>, from: number, line: number) => TakenLines | undefined;

export interface TakenLines {
  /** Where the line behind them begins. */
  readonly to: number;
  readonly lines: number;
}

export interface TextLines {
  /** The next bytes of the file, which are not kept. */
  push(bytes: Uint8Array): void;
  end(): void;
}

/** A longer line is no line of a table. */
const LONGEST_LINE = 100_000_000;
const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const QUOTE = 0x22;
const HASH = 0x23;
const SHORT = 64;

/**
 * Cuts text into lines, piece by piece, and leaves a byte-order mark out. With `quoted`, a line goes on where a quoted cell holds line breaks, but in comments, which begin with #.
 *
 * Throws a LandauError of kind "input" that names the file and the line, for a quote that does not end and for a line of more than 10^8 bytes.
 */
export const textLines = (fileName: string, quoted: boolean, takeLine: TakeLine, takeLines?: TakeLines): TextLines => {
  const bad = (why: string): LandauError => new LandauError("input", `${fileName}:${line}: ${why}`);
  /** What is not taken yet, the beginning of a line as a rule, and then the next piece. */
  let buffer = new Uint8Array(0);
  let held = 0;
  let begun = false;
  let line = 1;

  /** Takes whole lines, and the last one when the file ends; what is left is held back. */
  const take = (bytes: Uint8Array<ArrayBuffer>, last: boolean): number => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    let from = 0;
    // Where the next quote is, -1 where there is none; not looked for before a line is looked at.
    let quote = quoted ? -2 : -1;
    let short = false;
    while (from < bytes.length) {
      const taken = takeLines?.(bytes, from, line);
      if (taken) {
        from = taken.to;
        line += taken.lines;
        if (from === bytes.length) break;
      }
      let to: number = short ? lineEnd(bytes, from) : bytes.indexOf(LINE_FEED, from);
      short = to >= 0 && to - from < SHORT;
      if (quote !== -1 && quote < from) quote = bytes.indexOf(QUOTE, from);
      let lines = 1;
      if (quote >= 0 && (to < 0 || quote < to) && bytes[from] !== HASH) {
        let open = false;
        for (let begin = from; ; ) {
          const end = to < 0 ? bytes.length : to;
          for (let i = begin; i < end; i++) if (bytes[i] === QUOTE) open = !open;
          if (!open) break;
          if (to < 0) {
            if (last) throw bad("a quote begins here that does not end");
            break;
          }
          begin = to;
          to = bytes.indexOf(LINE_FEED, to + 1);
          lines++;
        }
      }
      const ended = to >= 0;
      if (!ended && !last) break;
      if (!ended) to = bytes.length;
      takeLine(bytes, view, from, to > from && bytes[to - 1] === RETURN ? to - 1 : to, line, ended);
      line += lines;
      from = to + 1;
    }
    return Math.min(from, bytes.length);
  };

  const push = (piece: Uint8Array, last = false): void => {
    if (held + piece.length > buffer.length) {
      const larger = new Uint8Array(held + piece.length);
      larger.set(buffer.subarray(0, held));
      buffer = larger;
    }
    buffer.set(piece, held);
    held += piece.length;
    let from = 0;
    if (!begun) {
      if (held < 3 && !last) return;
      begun = true;
      if (buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf) from = 3;
    }
    from += take(buffer.subarray(from, held), last);
    buffer.copyWithin(0, from, held);
    held -= from;
    if (held > LONGEST_LINE) throw bad(`a line of more than ${LONGEST_LINE} bytes: is it a table?`);
  };

  return { push: bytes => push(bytes), end: () => push(new Uint8Array(0), true) };
};

/** Where the next line feed is, -1 for nowhere, after a line so short that a call costs more than to look at it. */
const lineEnd = (bytes: Uint8Array, from: number): number => {
  const near = Math.min(from + SHORT, bytes.length);
  for (let at = from; at < near; at++) if (bytes[at] === LINE_FEED) return at;
  return near === bytes.length ? -1 : bytes.indexOf(LINE_FEED, near);
};

/** The text of bytes in UTF-8. Throws a LandauError of kind "input" that names the file and the line. */
export const utf8Text = (bytes: Uint8Array, fileName: string, line: number): string => {
  try {
    return UTF8.decode(bytes);
  } catch (cause) {
    const [a, b] = bytes;
    const mark = (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff);
    throw new LandauError(
      "input",
      `${fileName}: needs text in UTF-8: ${mark ? "it begins with the byte-order mark of UTF-16" : `line ${line} is not`}; save it as UTF-8`,
      { cause },
    );
  }
};

/** Throws a TypeError for bytes that are none. */
export const UTF8 = new TextDecoder("utf-8", { fatal: true });
